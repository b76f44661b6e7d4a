"""What is remembered of each vehicle: how it is reached, and what it was last given and held."""

import hashlib
import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from gui.settings import Settings

if TYPE_CHECKING:
    from mcpp.link.upload import VehicleLoad


@dataclass(frozen=True, slots=True)
class Kept:
    """One vehicle.

    Attributes
    ----------
    link, system_id, autopilot
        Where it was reached, and what answered there.
    print, items
        Fingerprint of the last upload that was read back as planned, and its number of items;
        empty and 0 when there was none.
    """

    link: str = ""
    system_id: int | None = None
    autopilot: str = ""
    print: str = ""
    items: int = 0


def fingerprint(load: "VehicleLoad") -> str:
    """Make the same few letters of the same mission, fence and rally points."""
    items = (load.mission, load.fence, load.rally)
    return hashlib.sha256(repr(items).encode()).hexdigest()[:16]


class VehicleBook:
    """Keeps a record for each UAV id among the settings."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def of(self, uav: str) -> Kept:
        """Look a UAV up; what can not be read counts as not known."""
        try:
            return Kept(**json.loads(self._settings.get(f"vehicles/{uav}", "{}")))
        except (ValueError, TypeError):
            return Kept()

    def keep(self, uav: str, kept: Kept) -> None:
        """Remember what is known of a UAV."""
        self._settings.put(f"vehicles/{uav}", json.dumps(asdict(kept)))
