"""A small, guarded reader of XML: names without their prefixes, no entities, bounded size.

Prefixes are cut off and not resolved: programs write `gx:` without ever saying what it is, and
their files are read everywhere.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

from mcpp.errors import InputError

MOST_ELEMENTS = 2_000_000
DEEPEST = 200


@dataclass(slots=True)
class Element:
    """An element: its name without prefix, attributes, text and children."""

    name: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list["Element"] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The text directly inside it, without space around."""
        return "".join(self.texts).strip()

    def first(self, name: str) -> "Element | None":
        """Find the first child of a name."""
        return next((child for child in self.children if child.name == name), None)

    def text_of(self, name: str) -> str:
        """Return the text of the first child of a name; "" without one."""
        child = self.first(name)
        return child.text if child else ""

    def every(self, name: str) -> Iterator["Element"]:
        """Go over all elements of a name below this one, in the file's order."""
        waiting = list(reversed(self.children))
        while waiting:
            element = waiting.pop()
            if element.name == name:
                yield element
            waiting += reversed(element.children)


class _Builder:
    def __init__(self) -> None:
        self.root = Element("")
        self.open = [self.root]
        self.count = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.count += 1
        if self.count > MOST_ELEMENTS or len(self.open) > DEEPEST:
            raise _TooMuchError
        element = Element(name.rpartition(":")[2], attributes)
        self.open[-1].children.append(element)
        self.open.append(element)

    def end(self, _name: str) -> None:
        self.open.pop()

    def text(self, text: str) -> None:
        self.open[-1].texts.append(text)

    def entity(self, *_declaration: object) -> None:
        raise _EntityError


class _TooMuchError(Exception):
    """More elements, or deeper ones, than a map has."""


class _EntityError(Exception):
    """A declaration that could make little text very long, or name another file."""


def parse_xml(data: bytes, name: str) -> Element:
    """Parse XML into its root element.

    Raises
    ------
    InputError
        In one line with the place; also for what declares entities.
    """
    builder = _Builder()
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = builder.start
    parser.EndElementHandler = builder.end
    parser.CharacterDataHandler = builder.text
    parser.EntityDeclHandler = builder.entity
    try:
        parser.Parse(data.lstrip(b" \t\r\n"), True)
    except expat.ExpatError as error:
        reason = expat.ErrorString(error.code)
        msg = f"{name}: not XML: line {error.lineno}, column {error.offset + 1}: {reason}"
        raise InputError(msg) from None
    except _EntityError:
        msg = f"{name}: it declares entities, which are not read"
        raise InputError(msg) from None
    except _TooMuchError:
        msg = f"{name}: it has more than {MOST_ELEMENTS:,} elements, or nests deeper than {DEEPEST}"
        raise InputError(msg) from None
    except (ValueError, LookupError) as error:  # an encoding that Python does not know
        msg = f"{name}: not XML: {error}"
        raise InputError(msg) from None
    return builder.root.children[0]
