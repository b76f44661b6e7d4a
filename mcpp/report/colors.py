"""Colours of the UAVs: distinct for colour-blind eyes too (Okabe and Ito, 2008), on light paper."""

UAV_COLORS = (
    "#0072B2",
    "#E69F00",
    "#009E73",
    "#CC79A7",
    "#56B4E9",
    "#D55E00",
    "#8F7700",
    "#5E3C99",
    "#00A6A6",
    "#A6761D",
)
"""Blue, orange, green, purple, sky and vermilion of the set, then four of our own."""

NO_FLY_COLOR = "#B3261E"
LIKELY_COLOR = "#7A3E9D"
CREW_COLOR = "#5B4B8A"


def uav_color(uav: int) -> str:
    """Colour of a UAV by its index, as ``#RRGGBB``; the colours repeat after ten."""
    return UAV_COLORS[uav % len(UAV_COLORS)]
