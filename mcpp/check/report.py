"""Does a plan keep its promises? Written apart from the planners, and from what they were given.

The check takes the mission in degrees, makes its own ground from it, reads routes and sorties as
they will be exported, and lists what it finds. `error` stops the export of a plan.
"""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace

import numpy as np
import shapely

from mcpp.check.crew import crew_findings, far_crew_findings
from mcpp.check.derived import check_heights, check_motion, derived_problem
from mcpp.check.division import (
    check_cells,
    check_connected,
    check_coverage,
    check_disjoint,
    check_shares,
    check_unflown,
)
from mcpp.check.figures import Measured, fleet_figures, measure, uav_figures
from mcpp.check.finding import search_figures, search_findings
from mcpp.check.flights import flight_findings
from mcpp.check.ground import Ground, ground_of
from mcpp.check.legs import (
    check_corridors,
    check_ends,
    check_place,
    check_times,
    consistent,
    flown_paths,
    sound,
)
from mcpp.check.limits import limit_findings
from mcpp.check.passes import pass_findings
from mcpp.check.pattern import pattern_findings
from mcpp.check.promise import Kept, measure_kept, promise_findings
from mcpp.check.sky import sky_findings
from mcpp.check.spots import spot_findings
from mcpp.model import NO_FIGURES, Finding, FleetFigures, Plan, Report, UavFigures
from mcpp.stops import heed


def check(plan: Plan) -> tuple[Finding, ...]:
    """List everything that is wrong or worth knowing about a plan.

    The errors, by `Finding.code`:

    - ``fleet``: routes, vehicles and UAVs of the mission do not match
    - ``coordinates``, ``arrays``: points that are no places, arrays that do not fit together
    - ``mission``, ``derived``, ``kind``, ``speeds``, ``heights``: what does not follow from the
      mission, see `mcpp.check.derived`
    - ``outside``, ``no-fly``, ``corridor``, ``ends``: where a UAV must not be
    - ``times``, ``endurance``: when it can not be
    - ``separation``, ``terrain``, ``too-high``, ``wind``: see `mcpp.check.flights`
    - ``labels``, ``grid``, ``cells-missed``, ``region-split``, ``regions-overlap``,
      ``outside-region``, ``unflown``: how the ground is divided and flown
    - ``crew``, ``launch-spots``: a launch point that mcpp chose or moved where it must not be
    - ``passes``: a structure that is not flown past at all heights
    - ``spacing``: lines too far apart, where mcpp itself chose the planner
    - ``pattern``, ``pattern-order``: a search pattern with legs that are not flown, or out of turn
    - ``self-check``: the two ways to measure coverage disagree

    The rest are warnings (``spacing``, ``direction``, ``views``, ``coverage-low``, ``dropped``,
    ``share``, ``no-route``, those on cameras and batteries) and notes.
    """
    _, findings, _ = _check(plan)
    return findings


def figures(plan: Plan) -> tuple[tuple[UavFigures, ...], FleetFigures]:
    """Measure a plan whose points are all numbers; the lower bounds are 0."""
    ground = ground_of(plan.mission, plan.origin_lon_lat_deg)
    heed("checking")
    kept = measure_kept(plan, ground)
    heed("checking")
    return uav_figures(plan, ground, kept.uavs), fleet_figures(
        plan, ground, measure(plan, ground), min_views=kept.min_views, kept=kept.fleet
    )


def make_report(
    plan: Plan, *, lower_bound_length_m: float = 0.0, lower_bound_finish_s: float = 0.0
) -> Report:
    """Check a plan and measure it.

    A plan with points that are no places, or for another fleet, has findings and no figures: its
    coverage and lengths are 0.
    """
    plan, findings, found = _check(plan)
    if found is None:
        fleet = replace(
            NO_FIGURES,
            lower_bound_length_m=lower_bound_length_m,
            lower_bound_finish_s=lower_bound_finish_s,
        )
        return Report(uavs=(), fleet=fleet, findings=findings)
    ground = ground_of(plan.mission, plan.origin_lon_lat_deg)
    measured, kept = found
    return Report(
        uavs=uav_figures(plan, ground, kept.uavs),
        fleet=fleet_figures(
            plan,
            ground,
            measured,
            lower_bound_length_m=lower_bound_length_m,
            lower_bound_finish_s=lower_bound_finish_s,
            min_views=kept.min_views,
            kept=kept.fleet,
        ),
        findings=findings,
        search=search_figures(plan, ground),
    )


def _check(
    plan: Plan,
) -> tuple[Plan, tuple[Finding, ...], tuple[Measured, Kept] | None]:
    """Check a plan; give it back with the problem that its mission has, as far as there is one."""
    findings = list(_check_fleet(plan))
    if findings:
        return plan, tuple(findings), None
    problem, differing = derived_problem(plan)
    findings += differing
    if plan.edited:
        message = "digest: the plan file is not as mcpp wrote it: plan its mission again"
        findings.append(Finding(level="error", code="edited", message=message))
    if problem is None:
        with suppress(shapely.errors.GEOSException):  # what the mission calls its ground is none
            findings += _places(plan, ground_of(plan.mission, plan.origin_lon_lat_deg))
        return plan, tuple(findings), None
    plan = replace(plan, problem=problem)
    ground = ground_of(plan.mission, plan.origin_lon_lat_deg)
    findings += _places(plan, ground)
    findings += _check_corridors_and_sorties(plan, ground)
    if any(finding.code in {"coordinates", "arrays"} for finding in findings):
        return plan, tuple(findings), None
    for rule in (check_cells, check_connected, check_disjoint, check_unflown):
        heed("checking")
        findings += rule(plan, ground)
    if not any(finding.code == "labels" for finding in findings):
        findings += check_shares(plan, ground)
    measured = measure(plan, ground)
    findings += check_coverage(plan, ground, measured)
    kept = measure_kept(plan, ground)
    findings += promise_findings(plan, ground, kept)
    findings += pass_findings(plan, ground)
    if not any(finding.code == "kind" for finding in findings):
        findings += flight_findings(plan)
        findings += limit_findings(plan, ground)
        findings += spot_findings(plan, ground)
        findings += crew_findings(plan)
        findings += far_crew_findings(plan, ground)
        findings += sky_findings(plan)
    findings += search_findings(plan, ground)
    findings += pattern_findings(plan, ground)
    return plan, tuple(findings), (measured, kept)


def _places(plan: Plan, ground: Ground) -> Iterator[Finding]:
    for path in flown_paths(plan, ground):
        if isinstance(path, Finding):
            yield path
        else:
            yield from check_place(plan, ground, path)


def _check_corridors_and_sorties(plan: Plan, ground: Ground) -> Iterator[Finding]:
    yield from check_corridors(plan, ground)
    ended_s = [0.0] * len(plan.mission.uavs)
    for sortie in plan.sorties:
        numbers_only = consistent(sortie) and sound(sortie.xyz_m)
        if not (numbers_only and np.isfinite(sortie.time_s).all()):
            continue  # `flown_paths` has named it
        name = f"sortie {sortie.number} of {plan.mission.uavs[sortie.uav].id}"
        yield from check_ends(plan, ground, sortie, name)
        yield from check_times(plan, sortie, name, ended_s[sortie.uav])
        vehicle = plan.problem.vehicles[sortie.uav]
        yield from check_motion(plan, sortie, vehicle, name)
        yield from check_heights(plan, sortie, vehicle, name)
        ended_s[sortie.uav] = float(sortie.time_s[-1])


def _begun_wrong(plan: Plan) -> list[str]:
    """Say which UAVs in the air have no flight that brings them down, or fly though lost."""
    if plan.begun is None:
        airborne = sorted({sortie.uav for sortie in plan.sorties if sortie.airborne})
        return [f"UAV {uav} begins in the air, and no one knows where" for uav in airborne]
    begun, wrong = plan.begun, []
    if not len(begun.at_m) == len(begun.battery_s) == len(plan.mission.uavs):
        return ["it does not say where each UAV is"]
    for uav, at_m in enumerate(begun.at_m):
        own = sorted((s for s in plan.sorties if s.uav == uav), key=lambda s: s.number)
        name = plan.mission.uavs[uav].id
        in_air = [sortie.airborne for sortie in own]
        if uav in begun.lost:
            wrong += [f"{name} is lost and flies"] if own else []
        elif at_m is not None and in_air[:1] != [True]:
            wrong.append(f"{name} is in the air, and no flight begins there")
        elif any(in_air[1 if at_m is not None else 0 :]):
            wrong.append(f"{name} begins a flight in the air where it is not")
    return wrong


def _check_fleet(plan: Plan) -> Iterator[Finding]:
    """One vehicle and one route per UAV of the mission: none is lost on the way."""
    wanted = list(range(len(plan.mission.uavs)))
    wrong = []
    if [vehicle.id for vehicle in plan.problem.vehicles] != [u.id for u in plan.mission.uavs]:
        wrong.append("its vehicles are not the UAVs of the mission")
    if [route.uav for route in plan.solution.routes] != wanted:
        wrong.append("it needs one route for each UAV, in their order")
    if any(sortie.uav not in wanted for sortie in plan.sorties):
        wrong.append("a sortie belongs to no UAV")
    wrong += _begun_wrong(plan)
    for name, items in (("regions", plan.solution.regions), ("corridors", plan.problem.corridors)):
        if items and len(items) != len(wanted):
            wrong.append(f"it has {len(items)} {name} for {len(wanted)} UAVs")
    if wrong:
        yield Finding(level="error", code="fleet", message=f"the plan: {'; '.join(wrong)}")
