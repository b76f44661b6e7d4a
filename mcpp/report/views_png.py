"""Picture of how many photos see each point."""

import numpy as np

from mcpp.ground.views import Views
from mcpp.model import BoolArray
from mcpp.report.cells import Key

_UNSEEN_RGB = (59, 59, 59)
_SHORT_RGB = (213, 94, 0)
_FEW_RGB, _MANY_RGB = (222, 235, 247), (8, 69, 148)
_MOST_PIXELS = 2_000_000


def most_views(views: Views) -> int:
    """Count the views from which on all points have one colour: few have more."""
    inside = views.counts[views.inside]
    return int(np.percentile(inside, 98)) if len(inside) else 0


def views_png(views: Views, short: BoolArray, *, least: int = 0, opacity: float = 1.0) -> bytes:
    """Draw views: darker for more, orange where too few, grey where none; clear outside.

    Parameters
    ----------
    short
        Shape of `views.counts`: where there are too few.
    least
        Views that have the lightest colour.
    """
    from branca.utilities import write_png  # folium's own; slow to import

    step = max(1, int(np.ceil(np.sqrt(views.counts.size / _MOST_PIXELS))))
    cut = (slice(None, None, step), slice(None, None, step))
    counts, inside, few = views.counts[cut], views.inside[cut], short[cut]
    most = max(most_views(views), least + 1)
    part = np.clip((counts - least) / (most - least), 0.0, 1.0)[:, :, None]
    picture = np.zeros((*counts.shape, 4), dtype=np.uint8)
    shade = np.array(_FEW_RGB) + part * (np.array(_MANY_RGB) - np.array(_FEW_RGB))
    picture[:, :, :3] = np.round(shade)
    picture[few, :3] = _SHORT_RGB
    picture[inside & (counts == 0), :3] = _UNSEEN_RGB
    picture[inside, 3] = round(255 * opacity)
    png: bytes = write_png(picture, origin="lower")
    return png


def views_keys(views: Views, *, short: str, least: int | None = None) -> tuple[Key, ...]:
    """Say what the colours of `views_png` mean; `short` is what orange is called."""
    entries = [(_UNSEEN_RGB, "no photo"), (_SHORT_RGB, short)]
    if least is not None:
        entries.append((_FEW_RGB, f"{least} photos"))
    entries.append((_MANY_RGB, f"{max(most_views(views), least or 0)} photos and more"))
    return tuple(
        Key(kind="box", color="#{:02x}{:02x}{:02x}".format(*rgb), words=words)
        for rgb, words in entries
    )
