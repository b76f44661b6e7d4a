"""Where map pictures come from, and what their terms allow."""

import re
from dataclasses import dataclass
from typing import Any

import xyzservices.providers

from mcpp.errors import InputError

OFFERED = (
    "Esri.WorldImagery",
    "OpenStreetMap.Mapnik",
    "OpenTopoMap",
    "USGS.USImagery",
    "USGS.USTopo",
)
PREFETCH_ALLOWED = frozenset({"USGS.USImagery", "USGS.USTopo"})
"""Public domain, with no rule against fetching ahead. The others forbid it."""

_TERMS = {
    "Esri.WorldImagery": "https://www.esri.com/en-us/legal/terms/full-master-agreement",
    "OpenStreetMap.Mapnik": "https://operations.osmfoundation.org/policies/tiles/",
    "OpenTopoMap": "https://opentopomap.org/about",
    "USGS.USImagery": "https://www.usgs.gov/information-policies-and-instructions/copyrights-and-credits",
    "USGS.USTopo": "https://www.usgs.gov/information-policies-and-instructions/copyrights-and-credits",
}
"""Where each provider says what its pictures may be used for."""

_TITLES = {
    "OpenStreetMap.Mapnik": "OpenStreetMap",
    "Esri.WorldImagery": "Satellite (Esri World Imagery)",
    "OpenTopoMap": "OpenTopoMap",
    "USGS.USImagery": "USGS imagery (USA)",
    "USGS.USTopo": "USGS topographic (USA)",
}


@dataclass(frozen=True, slots=True)
class Provider:
    """A server of tiles.

    Attributes
    ----------
    template
        Address with ``{z}``, ``{x}`` and ``{y}``.
    prefetch
        Whether tiles may be fetched that nobody has looked at yet.
    terms
        Address of the provider's terms; empty for a user's own server.
    """

    id: str
    title: str
    template: str
    attribution: str
    max_zoom: int
    prefetch: bool = False
    terms: str = ""

    def url(self, zoom: int, x: int, y: int) -> str:
        """Address of a tile."""
        return self.template.format(z=zoom, x=x, y=y)


def offered() -> list[Provider]:
    """List the servers that need no key."""
    return [_from_xyz(name) for name in OFFERED]


def own_server(template: str) -> Provider:
    """Make a provider of a user's own server, whose terms are the user's own.

    Raises
    ------
    InputError
        When the address is no http address with ``{z}``, ``{x}`` and ``{y}``.
    """
    message = f"tile server {template!r}: expected http(s)://HOST/.../{{z}}/{{x}}/{{y}}.png"
    if not re.match(r"https?://[^/]+/", template) or not all(
        place in template for place in ("{z}", "{x}", "{y}")
    ):
        raise InputError(message)
    provider = Provider("own", "Own server", template, template.split("/")[2], 22, prefetch=True)
    try:
        provider.url(0, 0, 0)
    except (KeyError, IndexError, ValueError) as error:
        raise InputError(message) from error
    return provider


def _from_xyz(name: str) -> Provider:
    entry: Any = xyzservices.providers
    for part in name.split("."):
        entry = entry[part]
    # The builder fills all but the tile, which is put back as placeholders.
    built = str(entry.build_url(x="{x}", y="{y}", z="{z}", scale_factor=""))
    return Provider(
        id=name,
        title=_TITLES[name],
        template=built,
        attribution=str(entry["attribution"]),
        max_zoom=int(entry.get("max_zoom", 18)),
        prefetch=name in PREFETCH_ALLOWED,
        terms=_TERMS[name],
    )
