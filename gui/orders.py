"""Orders to vehicles in the air: a pause is given at once, a recall is asked about once."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from gui.engine_words import in_words
from gui.flight import Flight
from gui.i18n import tr

if TYPE_CHECKING:
    from gui.fleet_link import Order


class Orders(QObject):
    """Gives orders to one vehicle or to all."""

    def __init__(self, flight: Flight, window: QWidget) -> None:
        super().__init__(window)
        self._flight = flight
        self._window = window
        self.question: QMessageBox | None = None
        flight.answered.connect(self._on_answer)

    def give(self, order: "Order", name: str = "") -> None:
        """Give an order to a vehicle, or to all where none is named."""
        if order == "return":
            self._ask(name)
        else:
            self._flight.order(order, name or None)

    def _ask(self, name: str) -> None:
        """Ask whether to recall. The question blocks nothing: a pause can be given meanwhile."""
        words = tr("Recall {0}?", name) if name else tr("Recall all vehicles?")
        self._show(words, self.way_words(), tr("Recall"), "return", name)

    def _on_answer(self, name: str, problem: str) -> None:
        """Offer the straight way to a vehicle that can not come home along the planned one."""
        if problem and self._flight.was_recalled(name):
            self._show(
                tr("{0} is not on its way home. Let it fly straight?", name),
                tr("{0} The straight way may lead through no-fly zones.", in_words(problem)),
                tr("Fly straight home"),
                "rtl",
                name,
            )

    def _show(self, words: str, more: str, button: str, order: "Order", name: str) -> None:
        if self.question is not None:
            self.question.close()
        box = self.question = QMessageBox(self._window)
        box.setIcon(QMessageBox.Icon.Warning)
        box.setWindowTitle(tr("Recall"))
        box.setText(words)
        box.setInformativeText(more)
        yes = box.addButton(button, QMessageBox.ButtonRole.AcceptRole)
        box.addButton(tr("Do not recall"), QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(yes)
        yes.clicked.connect(lambda: self._flight.order(order, name or None))
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.finished.connect(lambda: self._forget(box))
        box.setModal(False)
        box.show()

    def _forget(self, box: QMessageBox) -> None:
        if self.question is box:
            self.question = None
        self._window.activateWindow()  # its keys are at hand again

    def way_words(self) -> str:
        """Say along which way vehicles come home."""
        return tr(
            "Each flies the planned way home, round the no-fly zones, and lands. Fly tells which."
        )
