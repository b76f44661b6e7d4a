"""What a UAV needs for its ground, measured on its flights."""

from collections.abc import Sequence

import numpy as np

from mcpp.model import LegKind, Sortie, Vehicle
from mcpp.problem.finish import FinishModel


def measured_model(vehicle: Vehicle, sorties: Sequence[Sortie], share: float) -> FinishModel:
    """Tell from the flights of one UAV how its end would follow from its share of the ground.

    Parameters
    ----------
    sorties
        Its own, in their order; none where it stays on the ground.
    share
        Of the ground, that they survey.
    """
    if not sorties or share <= 0:
        return FinishModel(vehicle=vehicle, whole_s=1e-6, once_s=0.0, again_s=0.0)
    work_s = air_s = 0.0
    for sortie in sorties:
        at_work = (sortie.kind == LegKind.SURVEY) | (sortie.kind == LegKind.CONNECT)
        work_s += float(np.diff(sortie.time_s)[at_work].sum())
        air_s += float(sortie.time_s[-1] - sortie.time_s[0])
    way_s = (air_s - work_s) / len(sorties)
    again_s = way_s
    if len(sorties) == 1:  # where one tour is cut, both of its ends lie anywhere in the region
        places = sorties[0].xyz_m[:, :2]
        across_m = float(np.hypot(*np.ptp(places, axis=0))) / np.sqrt(2)
        again_s += across_m / vehicle.transit_speed_m_s
    return FinishModel(
        vehicle=vehicle,
        whole_s=max(work_s, 1e-6) / share,
        once_s=way_s,
        again_s=min(again_s, 0.9 * vehicle.endurance_s),
        wait_s=float(sorties[0].time_s[0]),
    )
