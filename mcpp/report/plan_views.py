"""Picture of how many planned photos see each point, for the report of a plan."""

import base64
from dataclasses import dataclass

import numpy as np

from mcpp.check.ground import ground_of
from mcpp.check.photos import photos_of
from mcpp.check.promise import wanted_views
from mcpp.ground.views import count_views
from mcpp.model import Plan
from mcpp.report.cells import Key
from mcpp.report.views_png import views_keys, views_png

_SAMPLES = 60_000


@dataclass(frozen=True, slots=True)
class ViewsFigure:
    """A picture, north at its top, and what its colours mean."""

    png_base64: str
    keys: tuple[Key, ...]


def views_figure(plan: Plan) -> ViewsFigure | None:
    """Draw the views of a plan; None where no photos are taken."""
    wanted = wanted_views(plan)
    photos = photos_of(plan) if wanted is not None and plan.sorties else None
    if wanted is None or photos is None or not len(photos.uav):
        return None
    target = ground_of(plan.mission, plan.origin_lon_lat_deg).target
    step = float(np.sqrt(target.area / _SAMPLES))
    views = count_views(photos.footprints_m, target, step_m=step)
    short = views.inside & (views.counts < wanted)
    png = views_png(views, short, least=wanted)
    return ViewsFigure(
        base64.b64encode(png).decode("ascii"),
        views_keys(views, short=f"fewer than {wanted} photos", least=wanted),
    )
