"""What follows for each UAV from camera, height and overlaps, while they are being chosen."""

from collections.abc import Sequence

from PySide6.QtCore import QObject

from gui import engine
from gui.engine_words import in_words
from gui.i18n import tr
from gui.models.results import Row, RowsModel
from gui.session import Session
from gui.settings import Settings
from gui.theme import uav_colour
from gui.units import Quantity, value_text
from mcpp.model import Uav


class PhotoRowsModel(RowsModel):
    """One row a UAV; photos are counted in the shown plan or draft where it fits the mission."""

    def __init__(self, session: Session, settings: Settings, parent: QObject | None = None) -> None:
        super().__init__(session, settings, parent)
        session.mission_changed.connect(self.refresh)

    def titles(self) -> Sequence[str]:
        return (
            tr("UAV"),
            tr("GSD"),
            tr("Lines"),
            tr("Photo each"),
            tr("Photos"),
            tr("Speed up to"),
        )

    def make_rows(self) -> list[Row]:
        mission = self._session.mission
        return [self._row(index, uav) for index, uav in enumerate(mission.uavs)]

    def _row(self, index: int, uav: Uav) -> Row:
        figures = engine.photo_figures(self._session.mission, uav)
        colour = uav_colour(index)
        if isinstance(figures, str):
            words = in_words(figures)
            return Row((uav.id, "?", "?", "?", "?", "?"), colour, words)
        length, speed, gsd = Quantity.LENGTH, Quantity.SPEED, Quantity.GSD
        limit = figures.speed_limit_m_s
        cells = (
            uav.id,
            self._text(figures.gsd_m, gsd),
            self._text(figures.spacing_m, length),
            self._text(figures.trigger_distance_m, length),
            self._photos(index),
            "-" if limit is None or limit > 1e3 else self._text(limit, speed),
        )
        kept = "-" if figures.sidelap is None else f"{100 * figures.sidelap:.0f} %"
        tip = tr(
            "{0}: at {1}, side overlap {2}, surveys at {3}",
            uav.id,
            self._text(figures.height_m, length),
            kept,
            self._text(figures.speed_m_s, speed),
        )
        return Row(cells, colour, tip)

    def _photos(self, index: int) -> str:
        plan = self._session.plan
        if plan is None or not self._session.fits or index >= len(plan.problem.vehicles):
            return "-"
        return str(engine.count_photos(plan, index))

    def _text(self, value: float | None, quantity: Quantity) -> str:
        if value is None:
            return "-"
        decimals = 2 if quantity is Quantity.GSD else 1
        return value_text(
            round(value, 4 if quantity is Quantity.GSD else decimals), quantity, self.units
        )
