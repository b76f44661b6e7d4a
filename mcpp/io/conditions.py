"""Conditions on a shape's attributes, as in ``crop=wheat`` or ``area_ha>2``."""

import operator
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase

from mcpp.errors import InputError

_FORM = re.compile(r"^\s*(?P<key>[^=!<>]+?)\s*(?P<sign>!=|<=|>=|=|<|>)\s*(?P<value>.*?)\s*$")
_ORDER: dict[str, Callable[[float, float], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition; a value may hold ``*`` and ``?`` with ``=`` and ``!=``."""

    text: str
    key: str
    sign: str
    value: str

    def holds(self, properties: Mapping[str, object]) -> bool:
        """Whether a shape with these attributes meets it; one without the attribute does not."""
        for name, found in properties.items():
            if name.casefold() == self.key.casefold():
                return self._holds_for(found)
        return False

    def _holds_for(self, found: object) -> bool:
        if self.sign in _ORDER:
            try:
                return _ORDER[self.sign](float(str(found)), float(self.value))
            except ValueError:
                return False
        alike = fnmatchcase(_plain(found).casefold(), self.value.casefold())
        return alike == (self.sign == "=")


def _plain(value: object) -> str:
    whole = isinstance(value, float) and value.is_integer()
    return str(int(value)) if whole and isinstance(value, float) else str(value)


def condition(text: str) -> Condition:
    """Read a condition.

    Raises
    ------
    InputError
        For what is none, and for an order against something that is no number.
    """
    form = _FORM.match(text)
    if form is None:
        msg = f"--where: {text!r} is no condition: give KEY=VALUE, or with !=, <, <=, > or >="
        raise InputError(msg)
    found = Condition(text, form["key"], form["sign"], form["value"])
    if found.sign in _ORDER:
        try:
            float(found.value)
        except ValueError:
            msg = f"--where: {text!r}: {found.value!r} is no number"
            raise InputError(msg) from None
    return found
