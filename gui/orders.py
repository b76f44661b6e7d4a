"""Orders to vehicles in the air: a pause is given at once, a recall is asked about once."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QMessageBox, QWidget

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

    def give(self, order: "Order", name: str = "") -> None:
        """Give an order to a vehicle, or to all where none is named."""
        if order == "return":
            self._ask(name)
        else:
            self._flight.order(order, name or None)

    def _ask(self, name: str) -> None:
        """Ask whether to recall. The question blocks nothing: a pause can be given meanwhile."""
        if self.question is not None:
            self.question.close()
        box = self.question = QMessageBox(self._window)
        box.setIcon(QMessageBox.Icon.Warning)
        box.setWindowTitle(tr("Recall"))
        box.setText(tr("Recall {0}?", name) if name else tr("Recall all vehicles?"))
        box.setInformativeText(self.way_words())
        yes = box.addButton(tr("Recall"), QMessageBox.ButtonRole.AcceptRole)
        box.addButton(tr("Do not recall"), QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(yes)
        yes.clicked.connect(lambda: self._flight.order("return", name or None))
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.finished.connect(self._forget)
        box.setModal(False)
        box.show()

    def _forget(self) -> None:
        self.question = None
        self._window.activateWindow()  # its keys are at hand again

    def way_words(self) -> str:
        """Say along which way vehicles come home."""
        return tr("Each returns by its autopilot's own way home, and lands.")
