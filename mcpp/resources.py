"""Files that mcpp ships: databases, samples, pictures."""

from importlib.resources import files
from pathlib import Path

_CHECKOUT = Path(__file__).resolve().parents[1] / "assets"


def asset(name: str) -> Path:
    """Find a shipped file: installed as ``mcpp/assets``, or in the checkout's ``assets``.

    Parameters
    ----------
    name
        Path below the folder, with forward slashes, as in ``cameras.json``.

    Raises
    ------
    FileNotFoundError
        When there is none of that name: the installation is broken.
    """
    installed = Path(str(files("mcpp"))) / "assets" / name
    for path in (installed, _CHECKOUT / name):
        if path.exists():
            return path
    msg = f"{name} is not among the files of mcpp: install it again"
    raise FileNotFoundError(msg)
