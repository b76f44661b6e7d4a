"""Where one battery is too little, lines are laid by the flights over them, not by their tour."""

from dataclasses import replace

import numpy as np
import pytest
import shapely

from mcpp.flight.fly import flights_alone
from mcpp.model import Problem, Route
from mcpp.planner import NullObserver
from planners.fleet.foretelling import Foreteller
from planners.fleet.single import Covered, CoverParams, cover
from planners.survey.tour import SurveyParams
from tests.strategies import problem_of

FEW = CoverParams(survey=SurveyParams(homes=0, anneal=0, strung=4, kicks=6))
ENDLESS_S = 1e5


def field(width_m: float, height_m: float, endurance_s: float) -> Problem:
    area = shapely.box(0, 0, width_m, height_m)
    problem = problem_of(area, starts_m=((1.0, 1.0),), spacing_m=30, keeps_spacing=True)
    vehicles = tuple(replace(v, endurance_s=endurance_s) for v in problem.vehicles)
    return replace(problem, vehicles=vehicles)


def covered(problem: Problem) -> Covered:
    rng = np.random.default_rng(1)
    return cover(problem, 0, problem.target, FEW, rng=rng, observer=NullObserver())


def landed_s(problem: Problem, tour: Covered) -> float:
    route = Route(uav=0, xy_m=tour.xy_m, survey=tour.survey)
    return float(flights_alone(problem, route, None)[-1].time_s[-1])


def test_lines_are_turned_for_shorter_flights_though_their_tour_is_longer():
    problem = field(600, 420, 450.0)
    by_flights, by_tour = covered(problem), covered(field(600, 420, ENDLESS_S))
    assert by_flights.time_s > by_tour.time_s
    assert landed_s(problem, by_flights) < landed_s(problem, by_tour)


def test_the_flights_over_a_tour_are_foretold():
    problem = field(700, 300, 600.0)
    tour = covered(problem)
    foretold_s = Foreteller(problem, 0).landed_s(tour.xy_m, tour.survey)
    assert foretold_s == pytest.approx(landed_s(problem, tour), rel=0.02)
    assert Foreteller(field(700, 300, 60.0), 0).landed_s(tour.xy_m, tour.survey) == np.inf
