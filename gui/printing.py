"""A sheet of paper: a picture of the map over a few lines of words."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrintPreviewDialog
from PySide6.QtWidgets import QDialog, QWidget

WORDS_PART = 0.14
"""Of the sheet's height, for the words."""


def print_sheet(parent: QWidget, picture: QPixmap, words: str) -> bool:
    """Let the user choose a printer, and print; tell whether it was done."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    dialog = QPrintDialog(printer, parent)
    if dialog.exec() != QDialog.DialogCode.Accepted:
        return False
    paint_sheet(printer, picture, words)
    return True


def preview_sheet(parent: QWidget, picture: QPixmap, words: str) -> QPrintPreviewDialog:
    """Show the sheet as it will be printed, in a window that can print it."""
    dialog = QPrintPreviewDialog(parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.paintRequested.connect(lambda printer: paint_sheet(printer, picture, words))
    dialog.open()
    return dialog


def paint_sheet(printer: QPrinter, picture: QPixmap, words: str) -> None:
    """Paint the picture as large as the sheet allows, and the words under it."""
    painter = QPainter(printer)
    sheet = QRectF(printer.pageLayout().paintRectPixels(printer.resolution()))
    sheet.moveTo(0, 0)
    room = sheet.adjusted(0, 0, 0, -sheet.height() * WORDS_PART)
    size = picture.size().toSizeF().scaled(room.size(), Qt.AspectRatioMode.KeepAspectRatio)
    place = QRectF((room.width() - size.width()) / 2, 0, size.width(), size.height())
    painter.drawPixmap(place, picture, QRectF(picture.rect()))
    below = QRectF(0, place.bottom() + 20, sheet.width(), sheet.height() * WORDS_PART)
    painter.drawText(below, Qt.TextFlag.TextWordWrap, words)
    painter.end()
