"""In what order UAVs take off, when, and which way round: apart in the air, batteries at hand.

One flight after another is given the earliest time at which it fits. Which goes first decides who
waits, and so does the way round that each flies: both are searched, among UAVs that fly once by
`mcpp.flight.turns`, else by `mcpp.flight.rounds`. Where nobody has to wait nothing is searched.
"""

from collections.abc import Callable, Sequence

from mcpp.flight.deconflict import Apart, Flight, Placed, Sky, launch_ground_m
from mcpp.flight.other_ways import OtherWays
from mcpp.flight.rounds import Rounds
from mcpp.flight.terrain import Terrain
from mcpp.flight.turns import Turn, Turns
from mcpp.model import Sortie, Vehicle


def stagger(
    sorties: tuple[Sortie, ...],
    vehicles: Sequence[Vehicle],
    *,
    apart: Apart,
    pad_clear_s: float = 0.0,
    chargers: int | None = None,
    terrain: Terrain | None = None,
    others: Sequence[OtherWays] = (),
) -> tuple[Sortie, ...]:
    """Delay take-offs, in steps, until no two UAVs can come too near to each other.

    Of what is tried, that is kept which lets the fleet finish earliest, and then has the least sum
    of landing times. A delay always exists: after all others.

    Parameters
    ----------
    pad_clear_s
        Between take-offs and landings of different UAVs at one place; see `Problem`.
    chargers
        Of the fleet; None is enough.
    others
        Of each sortie, if given: other ways to fly it, made only where any would have to wait.

    Returns
    -------
    The sorties in their old order.
    """
    if not sorties:
        return ()
    sky = Sky(apart, vehicles, pad_clear_s)

    def flights(some: Sequence[Sortie]) -> list[Flight]:
        heights_m = launch_ground_m(some, terrain)
        return [sky.flight(s, float(h)) for s, h in zip(some, heights_m, strict=True)]

    ways = [[flight] for flight in flights(sorties)]
    left = {i: iter(steps) for i, steps in enumerate(others)}

    def more(wanted: set[int]) -> bool:
        """Make the next other ways of some flights; tell whether there are any."""
        before = sum(map(len, ways))
        for i in sorted(wanted & left.keys()):
            made = next(left[i], None)
            ways[i] += [] if made is None else flights(made())
        return sum(map(len, ways)) > before

    if all(sortie.number == 1 for sortie in sorties):
        placed = _once(sky, ways, vehicles, more)
    else:
        placed = Rounds(sky, ways, vehicles, chargers).best(more)
    return tuple(one.taken_off for one in placed)


def _once(
    sky: Sky,
    ways: Sequence[Sequence[Flight]],
    vehicles: Sequence[Vehicle],
    more: Callable[[set[int]], bool],
) -> list[Placed]:
    """Place flights of UAVs that fly once each."""
    longest = sorted(range(len(ways)), key=lambda i: (-round(ways[i][0].took_s, 3), i))
    orders: list[list[Turn]] = [[(i, 0) for i in one] for one in (longest, longest[::-1])]
    wanted = set(range(len(ways)))
    fixed = {i for i in wanted if vehicles[ways[i][0].sortie.uav].start_m is not None}
    while True:
        turns = Turns(sky, ways)
        orders = [turns.best(orders)]
        wanted &= turns.held_up(orders[0])
        if not more(wanted):
            break
        # where launch points are one place, entering a tour elsewhere makes no wait shorter
        wanted -= fixed & sky.at_one_place([own[0] for own in ways])
    (best,) = orders
    placed: dict[int, Placed] = {}
    for i, way in best:
        begin_s = sky.begin_s(ways[i][way], [*placed.values()], 0.0, None)
        placed[i] = Placed(ways[i][way], begin_s, begin_s)
    return [placed[i] for i in range(len(ways))]
