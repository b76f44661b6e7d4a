"""Why UAVs do not land together: the limit of each that lands early, and what lifting it brings.

Told from the flights themselves: how long each UAV works, its ways, its waits, its batteries. What
would come of another battery, or of launch points farther apart, is foretold from that, not
planned.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from mcpp.check.figures import shares_given
from mcpp.check.ground import Ground
from mcpp.clock import minutes
from mcpp.flight.measured import measured_model
from mcpp.model import Finding, FloatArray, LegKind, Plan, Sortie, Vehicle
from mcpp.problem.finish import FinishModel, finish_together_s

TOGETHER = 0.03
"""Landing times that differ by no more than this part of the latest are called equal."""
_MOST_TOLD = 4
"""More UAVs than these that land early are told of in one line."""
_LONGER = 4.0
"""How many times as long a battery is foretold with, where one is full."""
_A_LITTLE = 1.1
"""Times its ground that a UAV with a full battery is foretold to land too late with."""
_FULL = 0.08
"""A battery with no more room than this part of it counts as full."""


def early_findings(plan: Plan, ground: Ground) -> Iterator[Finding]:
    """Name the limit of each UAV that lands well before the last."""
    flown = _flown(plan, ground)
    ends_s, last_s = flown.ends_s, float(flown.ends_s.max())
    early = [i for i in range(len(ends_s)) if ends_s[i] < (1 - TOGETHER) * last_s]
    if not early:
        return
    if all(uav.share is not None for uav in plan.mission.uavs):
        together_s = finish_together_s(flown.models)
        yield _note(
            f"the fleet lands at {minutes(last_s)} with the shares that were asked; with shares of "
            f"its own it would land at about {minutes(min(together_s, last_s))}"
        )
        return
    resting = [i for i in early if all(sortie.uav != i for sortie in plan.sorties)]
    for i in resting:
        ids = ", ".join(plan.mission.uavs[j].id for j in flown.beside[i])
        words = "no division that was tried lets the fleet land earlier with it"
        if ids:
            words = (
                f"it shares its launch point with {ids}, and with one more to take turns there the "
                f"fleet would land later; {flown.apart_words()}"
            )
        uav = plan.mission.uavs[i].id
        yield _note(f"{uav} stays on the ground: {words}", uav)
    early = [i for i in early if i not in resting]
    if len(early) > _MOST_TOLD:
        yield _note(_of_many(flown, early))
        return
    for i in early:
        before = f"{plan.mission.uavs[i].id} lands {minutes(last_s - float(ends_s[i]))}"
        yield _note(f"{before} before the last: {flown.reason(i)[1]}", plan.mission.uavs[i].id)


def _of_many(flown: "_Flown", early: Sequence[int]) -> str:
    last_s = float(flown.ends_s.max())
    by_s = sorted(last_s - float(flown.ends_s[i]) for i in early)
    counts: dict[str, int] = {}
    for i in early:
        kind = flown.reason(i)[0]
        counts[kind] = counts.get(kind, 0) + 1
    reasons = ", ".join(f"{count} {kind}" for kind, count in counts.items())
    return (
        f"{len(early)} of {len(flown.ends_s)} UAVs land {minutes(by_s[0])} to {minutes(by_s[-1])} "
        f"before the last: {reasons}"
    )


@dataclass(frozen=True, slots=True, eq=False)
class _Flown:
    """What the flights of a plan tell of each UAV.

    Attributes
    ----------
    shares, ends_s, waits_s, line_s
        Shape (n,): of the ground, the landing for good, the waits for others before take-offs, and
        the time of its longest survey line.
    beside
        Others from whose launch point its own is no farther than they have to keep.
    """

    plan: Plan
    models: tuple[FinishModel, ...]
    shares: FloatArray
    ends_s: FloatArray
    waits_s: FloatArray
    line_s: FloatArray
    beside: tuple[tuple[int, ...], ...]

    def reason(self, i: int) -> tuple[str, str]:
        """Name what keeps a UAV from more: for a count of many, and in full."""
        last = int(np.argmax(self.ends_s))
        gap_s = float(self.ends_s[last] - self.ends_s[i])
        ids = [uav.id for uav in self.plan.mission.uavs]
        share = float(self.shares[i])
        full = self.models[i].full(share, within=_FULL)
        if full and self.models[i].finish_s(_A_LITTLE * share) > self.ends_s[last]:
            return "with full batteries", self._full_words(i)
        later = [j for j in self.beside[i] if self.ends_s[j] > self.ends_s[i]]
        if later:
            return "that take turns at a launch point", (
                f"it shares its launch point with {', '.join(ids[j] for j in later)}, and they "
                f"land there one after another; {self.apart_words()}"
            )
        if self.waits_s[last] > gap_s / 2:
            return "while the last had to wait", (
                f"{ids[last]}, which lands last, waits {minutes(float(self.waits_s[last]))} before "
                "its take-off until the ways of others are clear"
            )
        if gap_s < self.line_s[i]:
            return "with less left than a survey line", (
                f"that is less than one more survey line takes it, {minutes(float(self.line_s[i]))}"
            )
        return "without a limit of their own", (
            "no limit of its own keeps it from more, but no other division that was tried lets "
            "the fleet land earlier; planning with --effort best may"
        )

    def apart_words(self) -> str:
        """Say what launch points apart would bring."""
        free = [replace(model, wait_s=0.0) for model in self.models]
        lands_s = min(finish_together_s(free), float(self.ends_s.max()))
        flight = self.plan.mission.flight
        apart = "with spots of their own (--spots)"
        if flight.launch_spots == "apart":  # no room was found for them
            apart = f"{flight.separation_m:g} m apart"
        return f"{apart} the fleet would land at about {minutes(lands_s)}"

    def _full_words(self, i: int) -> str:
        share = float(self.shares[i])
        flights = self.models[i].flights(share)
        words = "its battery is" if flights == 1 else f"its {flights} batteries are"
        return (
            f"{words} full at {100 * share:.0f} % of the ground, and one more flight would end "
            f"later than all; {_lifted(self.models, i, float(self.ends_s.max()))}"
        )


def _flown(plan: Plan, ground: Ground) -> _Flown:
    shares = np.asarray(shares_given(plan, ground))
    count = len(plan.mission.uavs)
    own = [[s for s in plan.sorties if s.uav == i] for i in range(count)]
    waits_s, line_s, ends_s = np.zeros(count), np.zeros(count), np.zeros(count)
    for i, (sorties, vehicle) in enumerate(zip(own, plan.problem.vehicles, strict=True)):
        waits_s[i] = _waits_s(sorties, vehicle)
    for sortie in plan.sorties:
        on = sortie.kind == LegKind.SURVEY
        longest_s = float(np.diff(sortie.time_s)[on].max(initial=0.0))
        line_s[sortie.uav] = max(line_s[sortie.uav], longest_s)
        ends_s[sortie.uav] = max(ends_s[sortie.uav], float(sortie.time_s[-1]))
    near_m = plan.mission.flight.separation_m
    places = [
        sorties[0].home_m if sorties else vehicle.start_m
        for sorties, vehicle in zip(own, plan.problem.vehicles, strict=True)
    ]
    beside = tuple(
        tuple(
            j
            for j, there in enumerate(places)
            if j != i
            and here is not None
            and there is not None
            and float(np.hypot(*np.subtract(here, there))) < near_m
        )
        for i, here in enumerate(places)
    )
    return _Flown(plan, _models(plan, own, shares), shares, ends_s, waits_s, line_s, beside)


def _models(
    plan: Plan, own: Sequence[Sequence[Sortie]], shares: FloatArray
) -> tuple[FinishModel, ...]:
    """Measure what each UAV needs; one that rests as another does, by speed and spacing."""
    vehicles = plan.problem.vehicles
    measured = [
        measured_model(vehicle, sorties, float(share))
        for vehicle, sorties, share in zip(vehicles, own, shares, strict=True)
    ]
    flies = next((i for i, sorties in enumerate(own) if sorties), None)
    for i, sorties in enumerate(own):
        if flies is not None and not sorties:
            like, here, there = measured[flies], vehicles[i], vehicles[flies]
            slower = there.speed_m_s * there.spacing_m / (here.speed_m_s * here.spacing_m)
            measured[i] = replace(like, vehicle=here, whole_s=slower * like.whole_s)
    return tuple(measured)


def _waits_s(sorties: Sequence[Sortie], vehicle: Vehicle) -> float:
    """How long a UAV waits before its take-offs, beside the swaps; charging is no such wait."""
    if not sorties:
        return 0.0
    in_order = sorted(sorties, key=lambda sortie: sortie.number)
    waits_s = float(in_order[0].time_s[0])
    if vehicle.batteries is None or len(in_order) <= vehicle.batteries:
        for before, after in pairwise(in_order):
            gap_s = float(after.time_s[0] - before.time_s[-1])
            waits_s += max(gap_s - vehicle.swap_s, 0.0)
    return waits_s


def _lifted(models: Sequence[FinishModel], index: int, last_s: float) -> str:
    """Say what a longer battery brings."""
    model = models[index]
    vehicle = replace(model.vehicle, endurance_s=_LONGER * model.vehicle.endurance_s)
    longer = [*models[:index], replace(model, vehicle=vehicle), *models[index + 1 :]]
    lands_s = finish_together_s(longer)
    if lands_s > 0.99 * last_s:
        return "a longer battery would bring little"
    needs_s = longer[index].share_by(lands_s) * model.whole_s + model.once_s
    return (
        f"with a battery that lasts {minutes(needs_s)} (reserve taken off) the fleet would land at "
        f"about {minutes(lands_s)}, not {minutes(last_s)}"
    )


def _note(message: str, uav: str | None = None) -> Finding:
    return Finding(level="note", code="limit", message=message, uav=uav)
