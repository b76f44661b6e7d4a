"""Translations: whole, with all places for values, and at work."""

import ast
import itertools
import re
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication

import mcpp
import planners
from gui.engine_sentences import STAGES
from gui.engine_words import in_words, sentence_of
from gui.i18n import LANGUAGES, install_language, tr
from gui.messages import CATALOGUES, SOURCE, all_messages, messages_of, read_catalogue


@pytest.mark.parametrize("language", [code for code in LANGUAGES if code not in {"", "en"}])
def test_a_catalogue_holds_every_sentence_with_its_places(language):
    translated = read_catalogue(CATALOGUES / f"mcpp_{language}.ts")
    assert sorted(translated) == all_messages()
    for text, words in translated.items():
        places = re.compile(r"\{\w+(?:!r)?\}")
        assert sorted(places.findall(text)) == sorted(places.findall(words)), text
        assert text.count("&") == words.count("&"), text


def test_german_is_spoken_and_ends(qapp):
    translators = install_language(qapp, "de")
    assert translators
    assert tr("Draw the area first.") == "Zuerst das Gebiet zeichnen."
    assert tr("Change {0}", "x") == "x ändern"
    for translator in translators:
        QCoreApplication.removeTranslator(translator)
    assert tr("Draw the area first.") == "Draw the area first."


def test_english_needs_no_catalogue(qapp):
    assert install_language(qapp, "en") == []


def test_sentences_are_found_in_the_source():
    assert messages_of('tr("One", 1) + tr("Two") + other("Three")') == {"One", "Two"}


ENGINE = Path(mcpp.__file__).parent
MODULES = (
    *sorted((ENGINE / "check").glob("*.py")),
    ENGINE / "export" / "registry.py",
)


def template_of(node):
    """Give a string of the source with {0}, {1}, ... for its values; None for anything else."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        values = itertools.count()
        return "".join(
            str(part.value) if isinstance(part, ast.Constant) else f"{{{next(values)}}}"
            for part in node.values
        )
    return None


def sentences_of(path):
    """Find the messages and titles that a module of the engine gives."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.keyword | ast.Assign):
            continue
        name = node.arg if isinstance(node, ast.keyword) else getattr(node.targets[0], "id", "")
        sentence = template_of(node.value) if name in {"message", "title"} else None
        if sentence and len(sentence) > len("{0}: {1}"):
            yield sentence


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_every_finding_and_title_of_the_engine_can_be_translated(path):
    for sentence in sentences_of(path):
        said = re.sub(r"\{\d+\}", "7.5", sentence)
        assert sentence_of(said) is not None, sentence


def test_every_stage_of_every_planner_can_be_translated():
    stage = re.compile(r'(?:report|on)_progress\([^")]*"([a-z ]+)"', re.DOTALL)
    folders = (ENGINE, Path(planners.__file__).parent)
    found = {
        name
        for folder in folders
        for path in folder.rglob("*.py")
        for name in stage.findall(path.read_text(encoding="utf-8"))
    }
    assert len(found) > 5
    assert found <= set(STAGES)


def test_what_the_engine_says_is_put_into_german_with_its_values(qapp):
    translators = install_language(qapp, "de")
    try:
        said = "separation: at like heights never nearer than 161.2 m (a and b, at 65 s)"
        assert in_words(said) == (
            "Abstand: in ähnlicher Höhe nie näher als 161,2 m (a und b, nach 65 s)"
        )
        assert in_words("sprayer: UAVs never come near each other").startswith("sprayer: die")
        assert in_words("never said before") == "never said before"
    finally:
        for translator in translators:
            QCoreApplication.removeTranslator(translator)
    assert in_words(said) == said


def test_fields_are_named_as_in_the_forms(qapp):
    said = "uavs[1].start_lon_lat_deg: it lies in the no-fly zone 'yard': move it out"
    assert in_words(said).startswith("UAV 2, Launch point: it lies in")
    assert in_words("scan_distance_m: 40 m makes 3 cells of this area: give a larger one") == (
        "Line distance: 40 m makes 3 cells of this area: give a larger one"
    )
    translators = install_language(qapp, "de")
    try:
        assert in_words(said) == (
            "Drohne 2, Startpunkt: liegt in der Flugverbotszone 'yard': herausziehen"
        )
        assert in_words(
            "no_fly_zones, border_buffer_m: they leave no room to fly: make them smaller"
        )
    finally:
        for translator in translators:
            QCoreApplication.removeTranslator(translator)


def test_no_words_of_the_windows_stand_outside_the_catalogue():
    """Words that are set on a widget come from `tr`, or are no words."""
    setters = {"setText", "setToolTip", "setWindowTitle", "setPlaceholderText", "setTitle"}
    setters |= {"QLabel", "QPushButton", "QCheckBox", "label", "setAccessibleName", "setStatusTip"}
    allowed = {"{0}[*] - mcpp", "udp:127.0.0.1:14550"}
    bare = []
    for path in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            text = template_of(node.args[0])
            if name in setters and text and re.search(r"[A-Za-z]{2}", re.sub(r"\{\d+\}", "", text)):
                bare += [f"{path.name}: {text}"] if text not in allowed else []
    assert bare == []


def test_every_sentence_of_px4_s_events_is_translated():
    from mcpp.link.px4_events import _SENTENCES

    for form, words in _SENTENCES.values():
        del form
        shown = re.sub(r"\{\d[^}]*\}", "7", words)
        found = sentence_of(shown)
        assert found is not None, words
        assert re.sub(r"\{\d\}", "7", found[0]) == shown


def test_german_numbers_have_a_comma_and_are_read_with_it(qapp):
    from gui.units import Quantity, UnitSystem, area_text, number_text, parse_number, percent_text

    metric = UnitSystem.METRIC
    translators = install_language(qapp, "de")
    try:
        shown = number_text(0.0196, Quantity.GSD, metric)
        assert shown == "1,96"
        assert parse_number(shown, Quantity.GSD, metric) == pytest.approx(0.0196)
        assert area_text(548_400, metric) == "54,84 ha"
        assert percent_text(99.55, 2) == "99,55 %"
    finally:
        for translator in translators:
            QCoreApplication.removeTranslator(translator)
    assert number_text(0.0196, Quantity.GSD, metric) == "1.96"
