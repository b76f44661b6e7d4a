"""Translations: whole, with all places for values, and at work."""

import re

import pytest
from PySide6.QtCore import QCoreApplication

from gui.i18n import LANGUAGES, install_language, tr
from gui.messages import CATALOGUES, all_messages, messages_of, read_catalogue


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
