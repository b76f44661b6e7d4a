"""Words for the reader: one function to translate them, and the languages that are shipped.

All words stand in one context, so that the same English sentence has one translation. The
catalogues are Qt Linguist files in ``assets/translations``; `gui.messages` renews them.
"""

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from gui.engine import asset_path

CONTEXT = "mcpp"
LANGUAGES = {"": "System", "en": "English", "de": "Deutsch"}


def tr(text: str, *values: object) -> str:
    """Translate `text` and put `values` in the places of ``{0}``, ``{1}``, ..."""
    translated = QCoreApplication.translate(CONTEXT, text)
    return translated.format(*values) if values else translated


def later(text: str) -> str:
    """Mark a sentence that `tr` will get later on, so that the catalogues hold it."""
    return text


def install_language(app: QCoreApplication, language: str) -> list[QTranslator]:
    """Install the catalogues of `language`, or of the system where it is empty.

    Returns
    -------
    list of QTranslator
        To be kept for as long as the words are wanted. Empty for English.
    """
    code = language or QLocale.system().name()[:2]
    if code == "en" or code not in LANGUAGES:
        return []
    installed: list[QTranslator] = []
    for name, directory in (
        (f"mcpp_{code}", asset_path("translations")),
        (f"qtbase_{code}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)),
    ):
        translator = QTranslator(app)
        if translator.load(name, str(directory)):
            app.installTranslator(translator)
            installed.append(translator)
    return installed
