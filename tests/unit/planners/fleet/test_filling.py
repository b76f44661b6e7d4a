"""A tour given away piece by piece: against ends found by hand, on times made up."""

from dataclasses import dataclass, field

import numpy as np
import pytest

from planners.fleet.crossing import Crossing
from planners.fleet.filling import CLOSE, LOOKS, Filler
from planners.fleet.row_flights import Piece

LINES = 100.0


class Ruler:
    """A tour of lines that are all alike."""

    def place(self, part: float) -> float:
        return LINES * min(max(part, 0.0), 1.0)

    def part(self, place: float) -> float:
        return place / LINES


@dataclass
class MadeUp:
    """Times that follow from the size of a piece: ways, and a pace over the ground."""

    ways_s: tuple[float, ...]
    pace_s: tuple[float, ...]
    most: tuple[float, ...] = ()
    seen: list[Piece] = field(default_factory=list)

    def end_s(self, piece: Piece, most_s: float = np.inf) -> float:
        self.seen.append(piece)
        part = (piece.last - piece.first) / LINES
        if part <= 0:
            return 0.0
        if self.most and part > self.most[piece.uav]:
            return np.inf
        return self.ways_s[piece.uav] + self.pace_s[piece.uav] * part

    def ends_s(self, pieces: list[Piece]) -> list[float]:
        return [self.end_s(piece) for piece in pieces]


def filler(made_up: MadeUp) -> Filler:
    count = len(made_up.pace_s)
    return Filler(Ruler(), made_up, np.full(count, 1 / count))  # type: ignore[arg-type]


def test_all_end_when_the_sum_of_what_each_covers_is_all() -> None:
    made_up = MadeUp(ways_s=(100.0, 40.0, 160.0), pace_s=(1000.0, 2000.0, 500.0))
    # (t - 100) / 1000 + (t - 40) / 2000 + (t - 160) / 500 = 1
    by_hand_s = (1 + 0.1 + 0.02 + 0.32) / (1 / 1000 + 1 / 2000 + 1 / 500)
    best = filler(made_up).given((0, 1, 2), np.zeros(3))[0]
    assert best.end_s == pytest.approx(by_hand_s, rel=2 * CLOSE)
    assert best.cuts[0] == 0.0
    assert best.cuts[-1] == LINES


def test_what_one_loses_to_others_the_rest_takes() -> None:
    made_up = MadeUp(ways_s=(100.0, 100.0), pace_s=(1000.0, 1000.0))
    best = filler(made_up).given((1, 0), np.array([200.0, 0.0]))[0]
    # (t - 300) / 1000 + (t - 100) / 1000 = 1
    assert best.end_s == pytest.approx(700.0, rel=2 * CLOSE)
    assert best.cuts[1] == pytest.approx(60.0, abs=1.0)  # UAV 1 flies 600 s of ground


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_who_reaches_little_takes_that_and_the_rest_is_flown(order: tuple[int, int]) -> None:
    made_up = MadeUp(ways_s=(100.0, 100.0), pace_s=(1000.0, 1000.0), most=(1.0, 0.25))
    best = filler(made_up).given(order, np.zeros(2))[0]
    assert best.end_s[0] == pytest.approx(100 + 750, rel=0.02)
    assert np.isfinite(best.end_s).all()


def test_foretelling_comes_near_with_few_looks() -> None:
    made_up = MadeUp(ways_s=(100.0,) * 8, pace_s=(1000.0,) * 8)
    foretold_s = filler(made_up).foretold_s(range(8), np.zeros(8))
    looks = len(made_up.seen)
    assert foretold_s == pytest.approx(100 + 1000 / 8, rel=0.03)
    filler(made_up).given(range(8), np.zeros(8))
    assert looks <= len(made_up.seen) - looks


@pytest.mark.parametrize("aim_s", [120.0, 333.0, 871.0])
def test_a_staircase_is_crossed_where_it_is_steep(aim_s: float) -> None:
    def takes_s(part: float) -> float:
        row, within = divmod(10 * part, 1.0)
        return 50 + 100 * row + 100 * min(1.0, 3 * within)  # a third of each row is all its time

    search = Crossing(0.2 * aim_s, 1.0, aim_s=aim_s, pace_s=1000.0)
    best = 0.0
    for _ in range(LOOKS):
        at = search.next()
        if not search.inside(at):
            break
        if takes_s(at) <= aim_s:
            best = max(best, at)
        search.seen(at, takes_s(at))
    exact = max(part for part in np.linspace(0, 1, 100_001) if takes_s(part) <= aim_s)
    assert exact - best <= 0.02


def test_one_that_can_not_fly_its_share_helps_nothing_in_what_is_foretold() -> None:
    able = MadeUp(ways_s=(0.0, 0.0), pace_s=(1000.0, 1000.0))
    assert filler(able).about_s((0, 1), np.zeros(2)) == pytest.approx(500.0)
    weak = MadeUp(
        ways_s=(0.0, 0.0), pace_s=(1000.0, 1000.0), most=(1.0, 0.1)
    )  # it flies 0.1 of all while the other flies 0.5
    assert filler(weak).about_s((0, 1), np.zeros(2)) == pytest.approx(1 / (0.6 / 500))
    unable = MadeUp(ways_s=(0.0, 0.0), pace_s=(1000.0, 1000.0), most=(1.0, 0.001))
    assert filler(unable).about_s((0, 1), np.zeros(2)) == pytest.approx(1000.0)
    late = MadeUp(ways_s=(0.0, 4500.0), pace_s=(1000.0, 1000.0))  # half of all in 5000 s
    assert filler(late).about_s((0, 1), np.zeros(2)) == pytest.approx(1 / (0.5 / 500 + 0.5 / 5000))
