"""Renew the translators' catalogues: ``python -m gui.messages`` after words have changed.

It finds each ``tr("...")`` and ``later("...")`` in the source, adds what is new to each
``assets/translations/*.ts``, keeps what is translated, drops what is no longer used, and compiles
the catalogues with Qt's lrelease.
"""

import ast
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

SOURCE = Path(__file__).parent
CATALOGUES = SOURCE.parent / "assets" / "translations"
CONTEXT = "mcpp"


def messages_of(text: str) -> set[str]:
    """Find the sentences that a module gives to `tr`, now or later."""
    return {
        node.args[0].value
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in {"tr", "later"}
        and node.args
        and isinstance(node.args[0], ast.Constant)
        and isinstance(node.args[0].value, str)
    }


def all_messages() -> list[str]:
    """Find the sentences of all modules, sorted."""
    found: set[str] = set()
    for path in sorted(SOURCE.rglob("*.py")):
        found |= messages_of(path.read_text(encoding="utf-8"))
    return sorted(found)


def read_catalogue(path: Path) -> dict[str, str]:
    """Read the translations of a catalogue."""
    if not path.exists():
        return {}
    found = {}
    for message in ET.parse(path).getroot().iter("message"):
        translation = message.find("translation")
        if translation is not None and translation.text:
            found[message.findtext("source", "")] = translation.text
    return found


def write_catalogue(path: Path, language: str, translated: dict[str, str]) -> int:
    """Write a catalogue of all sentences; count those that still lack their translation."""
    root = ET.Element("TS", version="2.1", language=language, sourcelanguage="en")
    context = ET.SubElement(root, "context")
    ET.SubElement(context, "name").text = CONTEXT
    missing = 0
    for text in all_messages():
        message = ET.SubElement(context, "message")
        ET.SubElement(message, "source").text = text
        translation = ET.SubElement(message, "translation")
        if text in translated:
            translation.text = translated[text]
        else:
            translation.set("type", "unfinished")
            missing += 1
    ET.indent(root, " ")
    words = ET.tostring(root, encoding="unicode")
    head = '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n'
    path.write_text(f"{head}{words}\n", encoding="utf-8")
    return missing


def main() -> int:
    """Renew and compile all catalogues."""
    for path in sorted(CATALOGUES.glob("mcpp_*.ts")):
        language = path.stem.removeprefix("mcpp_")
        missing = write_catalogue(path, language, read_catalogue(path))
        sys.stderr.write(f"{path.name}: {missing} to be translated\n")
        subprocess.run(
            ["pyside6-lrelease", "-silent", str(path), "-qm", str(path.with_suffix(".qm"))],
            check=True,
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
