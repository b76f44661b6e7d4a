"""Where mcpp keeps what can be made or loaded again."""

import os
import sys
from pathlib import Path


def cache_home() -> Path:
    """Folder for what can be made again: MCPP_CACHE_DIR, or that of the system.

    Raises
    ------
    RuntimeError
        Where the user has no home.
    """
    own = os.environ.get("MCPP_CACHE_DIR")
    if own:
        return Path(own)
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA") or str(Path.home() / "AppData" / "Local")
    elif sys.platform == "darwin":
        base = str(Path.home() / "Library" / "Caches")
    else:
        base = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    return Path(base) / "mcpp"
