"""What tells an airspace file from a file of ground: its zones must never be taken for an area."""

from typing import Any

_ED318_TYPES = {"PROHIBITED", "REQ_AUTHORIZATION", "REQ_AUTHORISATION", "CONDITIONAL"}
_LOOKED_AT = 50


def _facts(value: Any) -> list[dict[str, Any]]:
    features = value.get("features") if isinstance(value, dict) else None
    rows = features[:_LOOKED_AT] if isinstance(features, list) else []
    return [row for row in rows if isinstance(row, dict)]


def airspace_kind(value: Any) -> str | None:
    """Name the airspace format of parsed JSON; None when it is none."""
    rows = _facts(value)
    if any("restriction" in r and isinstance(r.get("geometry"), list) for r in rows):
        return "ED-269"
    facts = [r["properties"] for r in rows if isinstance(r.get("properties"), dict)]
    for row in facts:
        kind = row.get("type")
        if "identifier" in row and isinstance(kind, str) and kind in _ED318_TYPES:
            return "ED-318"
        if "icaoClass" in row and "upperLimit" in row:
            return "OpenAIP"
        if "CEILING" in row and ("UNIT" in row or "APT1_ICAO" in row):
            return "FAA UAS facility map"
    return None


def is_openair(text: str) -> bool:
    """Whether text is OpenAir: lines of AC and AN, with V, DP, DC, DA or DB."""
    lines = {line[:3].upper() for line in text.splitlines()[:2000]}
    return "AC " in lines and bool(lines & {"DP ", "DC ", "DA ", "DB ", "V X"})
