"""Frozen data types of a mission, a problem and a plan.

A `Mission` is what the user says, in degrees, and is the mission file one to one. A `Problem` is
the same in metres, with presets looked up and defaults filled in: all that a planner sees. A
`Solution` is what a planner answers, a `Plan` the whole with its flights and figures.

Arrays are made read-only when a type takes them; changes go through `dataclasses.replace`.
"""

from mcpp.equipment import Aircraft, AircraftKind, AutopilotMotion, Camera, TurnBehaviour
from mcpp.model.arrays import BoolArray, FloatArray, IntArray, LonLat, Ring
from mcpp.model.mission import (
    OVER_ZONE_M,
    AreaPart,
    Autopilot,
    CircleZone,
    Corridor,
    FlightSettings,
    Heading,
    Mission,
    NoFlyZone,
    PlannerChoice,
    PolygonZone,
    Purpose,
    Trigger,
    Uav,
    is_heeded,
    is_passed_over,
)
from mcpp.model.plan import (
    NO_FIGURES,
    Begun,
    Finding,
    FleetFigures,
    KeptFigures,
    LegKind,
    LineDistances,
    Plan,
    Report,
    Sortie,
    Spread,
    UavFigures,
    ViewFigures,
)
from mcpp.model.problem import (
    APART,
    BROKEN_PERCENT,
    DEEP,
    FOOTPRINT_RADIUS,
    Problem,
    Strip,
    Vehicle,
)
from mcpp.model.solution import Alternative, CoverageGrid, Dropped, Placement, Route, Solution

__all__ = [
    "APART",
    "BROKEN_PERCENT",
    "DEEP",
    "FOOTPRINT_RADIUS",
    "NO_FIGURES",
    "OVER_ZONE_M",
    "Aircraft",
    "AircraftKind",
    "Alternative",
    "AreaPart",
    "Autopilot",
    "AutopilotMotion",
    "Begun",
    "BoolArray",
    "Camera",
    "CircleZone",
    "Corridor",
    "CoverageGrid",
    "Dropped",
    "Finding",
    "FleetFigures",
    "FlightSettings",
    "FloatArray",
    "Heading",
    "IntArray",
    "KeptFigures",
    "LegKind",
    "LineDistances",
    "LonLat",
    "Mission",
    "NoFlyZone",
    "Placement",
    "Plan",
    "PlannerChoice",
    "PolygonZone",
    "Problem",
    "Purpose",
    "Report",
    "Ring",
    "Route",
    "Solution",
    "Sortie",
    "Spread",
    "Strip",
    "Trigger",
    "TurnBehaviour",
    "Uav",
    "UavFigures",
    "Vehicle",
    "ViewFigures",
    "is_heeded",
    "is_passed_over",
]
