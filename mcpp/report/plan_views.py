"""Picture of how many planned photos see each point, for the report of a plan."""

import base64
import io

import numpy as np

from mcpp.check.ground import ground_of
from mcpp.check.photos import photos_of
from mcpp.check.promise import wanted_views
from mcpp.ground.views import Views, count_views
from mcpp.model import Plan

_SAMPLES = 60_000
_UNSEEN = (59, 59, 59)
_SHORT = (213, 94, 0)
_FEW, _MANY = (222, 235, 247), (8, 69, 148)


def views_figure(plan: Plan) -> str:
    """Draw the views of a plan as a picture with its key, HTML; nothing where none are taken."""
    wanted = wanted_views(plan)
    photos = photos_of(plan) if wanted is not None and plan.sorties else None
    if wanted is None or photos is None or not len(photos.uav):
        return ""
    target = ground_of(plan.mission, plan.origin_lon_lat_deg).target
    step = float(np.sqrt(target.area / _SAMPLES))
    views = count_views(photos.footprints_m, target, step_m=step)
    data = base64.b64encode(_png(views, wanted)).decode("ascii")
    most = int(np.percentile(views.counts[views.inside], 98))
    key = " ".join(
        f'<span><svg width="14" height="12"><rect width="14" height="12" rx="2"'
        f' fill="rgb{colour}"/></svg>{words}</span>'
        for colour, words in (
            (_UNSEEN, "no photo"),
            (_SHORT, f"fewer than {wanted} photos"),
            (_FEW, f"{wanted} photos"),
            (_MANY, f"{max(most, wanted)} and more"),
        )
    )
    return (
        f'<img class="views" alt="Photos that see each point, north at the top" '
        f'style="max-width:100%;width:640px;image-rendering:pixelated" '
        f'src="data:image/png;base64,{data}"><div class="legend">{key}</div>'
    )


def _png(views: Views, wanted: int) -> bytes:
    from matplotlib.image import imsave

    counts, inside = views.counts, views.inside
    most = max(float(np.percentile(counts[inside], 98)), wanted + 1.0)
    part = np.clip((counts - wanted) / (most - wanted), 0.0, 1.0)[:, :, None]
    picture = np.zeros((*counts.shape, 4), dtype=np.uint8)
    picture[:, :, :3] = np.round(np.array(_FEW) + part * (np.array(_MANY) - np.array(_FEW)))
    picture[inside & (counts < wanted), :3] = _SHORT
    picture[inside & (counts == 0), :3] = _UNSEEN
    picture[inside, 3] = 255
    buffer = io.BytesIO()
    imsave(buffer, picture[::-1], format="png", metadata={"Software": "mcpp"})
    return buffer.getvalue()
