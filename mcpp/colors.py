"""Colours of the UAVs: distinct for colour-blind eyes too (Okabe and Ito, 2008), on white paper."""

UAV_COLORS = (
    "#0072B2",
    "#D55E00",
    "#009E73",
    "#CC79A7",
    "#56B4E9",
    "#E69F00",
    "#7A6A00",
    "#4B2E83",
    "#8C510A",
    "#00504B",
)
"""Blue, vermilion, green, purple, sky and orange of the set, then four darker ones of our own."""

NO_FLY_COLOR = "#B2182B"


def uav_color(uav: int) -> str:
    """Colour of a UAV by its index, as ``#RRGGBB``; the colours repeat after ten."""
    return UAV_COLORS[uav % len(UAV_COLORS)]
