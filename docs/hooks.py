"""Gives the documentation site the pictures that README shows too."""

from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

PICTURES = Path(__file__).resolve().parent.parent / "assets" / "pictures"


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the pictures of `assets/`."""
    for path in sorted(PICTURES.glob("*.png")):
        name = f"pictures/{path.name}"
        files.append(File.generated(config, name, abs_src_path=str(path)))
    return files
