"""``python -m gui [FILE]`` and ``mcpp-gui``."""

import os
import re
import sys
from pathlib import Path

USAGE = "usage: mcpp-gui [FILE]"

PACKAGES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libOpenGL.so.0": "libopengl0",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libbrotlidec.so.1": "libbrotli1",
    "libX11.so.6": "libx11-6",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxcb.so.1": "libxcb1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}
"""Debian's package of each library that Qt loads (tried on a bare Debian 12)."""

_XCB = tuple(name for name in PACKAGES if name.startswith(("libxcb", "libxkbcommon-x11")))


def missing_words(error: ImportError) -> str:
    """Say in one line what to install when Qt can not be loaded."""
    text = str(error)
    library = re.search(r"(lib[\w.+-]+\.so[.\d]*)", text)
    if library is not None:
        package = PACKAGES.get(library.group(1))
        if package is not None:
            return f"mcpp-gui: {library.group(1)} is missing: sudo apt install {package}"
        return f"mcpp-gui: the system library {library.group(1)} is missing: install its package"
    if "PySide6" in text or "xyzservices" in text:
        return f"mcpp-gui: {text}: pip install 'mcpp-planner[gui]'"
    return f"mcpp-gui: {text}"


def display_words() -> str:
    """Say in one line why no window can be opened; empty when one can."""
    if sys.platform != "linux" or os.environ.get("QT_QPA_PLATFORM"):
        return ""
    if os.environ.get("WAYLAND_DISPLAY"):
        return ""
    if not os.environ.get("DISPLAY"):
        return "mcpp-gui: there is no display (DISPLAY is not set): use the command mcpp instead"
    missing = [name for name in _XCB if not _loads(name)]
    if missing:
        packages = " ".join(sorted({PACKAGES[name] for name in missing}))
        return f"mcpp-gui: {', '.join(missing)} missing: sudo apt install {packages}"
    if not _x_answers():
        return f"mcpp-gui: the display {os.environ['DISPLAY']} does not answer: check DISPLAY"
    return ""


def _loads(library: str) -> bool:
    """Whether a library is there; Qt itself names the wrong one (xcb-cursor0) or ends."""
    import ctypes

    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def _x_answers() -> bool:
    """Whether the X server of DISPLAY can be reached; Qt would abort the process if not."""
    import ctypes

    xcb = ctypes.CDLL("libxcb.so.1")
    xcb.xcb_connect.restype = ctypes.c_void_p
    connection = ctypes.c_void_p(xcb.xcb_connect(None, None))
    failed = bool(xcb.xcb_connection_has_error(connection))
    xcb.xcb_disconnect(connection)
    return not failed


def main(arguments: list[str] | None = None) -> int:
    """Start the desktop app."""
    given = sys.argv[1:] if arguments is None else arguments
    if len(given) > 1 or any(word.startswith("-") for word in given):
        wanted = given in (["-h"], ["--help"])
        stream = sys.stdout if wanted else sys.stderr
        stream.write(USAGE + "\n")
        return 0 if wanted else 2
    words = display_words()
    if words:
        sys.stderr.write(words + "\n")
        return 1
    try:
        from gui.app import run
    except ImportError as error:
        sys.stderr.write(missing_words(error) + "\n")
        return 1
    return run(Path(given[0]) if given else None)


if __name__ == "__main__":
    sys.exit(main())
