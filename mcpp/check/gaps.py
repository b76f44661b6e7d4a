"""Ground that a plan leaves uncovered."""

import shapely
from shapely import MultiPolygon

from mcpp.ground.shapes import polygons_of
from mcpp.model import LegKind, Plan
from mcpp.model.runs import leg_runs


def gaps_m(plan: Plan) -> MultiPolygon:
    """Ground that no survey leg comes near enough to, in metres; specks below 1 m2 are left out."""
    seen = [
        shapely.union_all(
            [
                shapely.LineString(sortie.xyz_m[first : last + 1, :2])
                for kind, first, last in leg_runs(sortie)
                if kind == LegKind.SURVEY
            ]
        ).buffer(plan.problem.vehicles[sortie.uav].reach_m)
        for sortie in plan.sorties
    ]
    left = plan.problem.ground.difference(shapely.union_all(seen))
    return MultiPolygon([part for part in polygons_of(left) if part.area >= 1.0])
