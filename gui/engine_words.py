"""Sentences of the planning engine in the user's language.

The engine below the windows speaks English and knows nothing of languages. Here stand the sentences
that windows show often, with {0}, {1}, ... where values are; `in_words` finds the one that a text
was made of and translates it. What is not found is shown as it is.
"""

import re
from functools import cache

from gui.engine_sentences import SENTENCES
from gui.i18n import tr
from gui.units import decimal

_NUMBER = re.compile(r"-?\d+\.\d+")
_ALONG_FIELD = re.compile(r"\b(corridors|structures)\[(\d+)\]\.(\w+)")
_CREW_FIELD = re.compile(r"\bcrew_area\[(\d+)\](?:\.\w+)?")
_UAV_FIELD = re.compile(r"\buavs\[(\d+)\]\.(\w+)")
_FIELD = re.compile(
    r"\b(?:no_fly_zones|crew_area|(?:flight|search|probability)\.\w+"
    r"|\w+_(?:m|m_s|s|deg|percent))\b"
)


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    """Those with the most letters of their own first: they fit the closest."""
    ranked = sorted(SENTENCES, key=lambda text: -len(re.sub(r"\{\d\}", "", text)))
    return tuple((_pattern(text), text) for text in ranked)


def _pattern(text: str) -> re.Pattern[str]:
    pieces = [re.escape(piece) for piece in re.split(r"\{\d\}", text)]
    return re.compile("(.+?)".join(pieces))


def sentence_of(text: str) -> tuple[str, tuple[str, ...]] | None:
    """Find the sentence and the values that a text was made of."""
    for pattern, sentence in _patterns():
        found = pattern.fullmatch(text)
        if found:
            return sentence, found.groups()
    return None


def in_words(text: str) -> str:
    """Translate what the engine says, and name fields as the forms do.

    What is not known is given as it is.
    """
    return _translated(_with_titles(text))


def _with_titles(text: str) -> str:
    """Put the titles of the forms in place of names as in mission files."""
    text = _UAV_FIELD.sub(_uav_title, text)
    text = _ALONG_FIELD.sub(_along_title, text)
    text = _CREW_FIELD.sub(_crew_title, text)
    return _FIELD.sub(_title, text)


def _along_title(found: re.Match[str]) -> str:
    what = tr("Corridor") if found[1] == "corridors" else tr("Structure")
    return f"{what} {int(found[2]) + 1}, {_titles().get(found[3], found[3])}"


def _crew_title(found: re.Match[str]) -> str:
    return f"{tr('Ground for the crew')} {int(found[1]) + 1}"


def _title(found: re.Match[str]) -> str:
    titles, name = _titles(), found[0]
    return titles.get(name, titles.get(name.rpartition(".")[2], name))


def _uav_title(found: re.Match[str]) -> str:
    return f"{tr('UAV')} {int(found[1]) + 1}, {_titles().get(found[2], found[2])}"


def _titles() -> dict[str, str]:
    from gui import fields as all_of

    fields = (
        *all_of.structure_fields(),
        *all_of.likely_fields(),
        *all_of.uav_fields(),
        *all_of.mission_fields(),
        *all_of.corridor_fields(),
        *all_of.line_fields(),
        *all_of.flight_fields(),
        *all_of.photo_fields(),
        *all_of.seldom_fields(),
        *all_of.ground_fields(),
    )
    titles = {field.key: field.title for field in fields}
    titles |= {f"search.{field.key}": field.title for field in all_of.pattern_fields()}
    lists = {"no_fly_zones": tr("No-fly zones"), "crew_area": tr("Ground for the crew")}
    return {**titles, **lists, "terrain": tr("Ground heights")}


def _translated(text: str) -> str:
    found = sentence_of(text)
    if found is not None:
        sentence, values = found
        return tr(sentence, *(_value(value) for value in values))
    for mark in ("; ", ": "):
        head, sign, tail = text.partition(mark)
        if sign:
            return f"{_translated(head)}{sign}{_translated(tail)}"
    return text


def _value(text: str) -> str:
    """Write a value as the reader does: numbers with their decimal sign, words translated."""
    return decimal(text) if _NUMBER.fullmatch(text) else _translated(text)
