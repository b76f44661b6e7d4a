"""Frozen data types of a mission, a problem and a plan.

A `Mission` is what the user says, in degrees, and is the mission file one to one. A `Problem` is
the same in metres, with presets looked up and defaults filled in: all that a planner sees. A
`Solution` is what a planner answers, a `Plan` the whole with its flights and figures.

Arrays are made read-only when a type takes them; changes go through `dataclasses.replace`.
"""

from mcpp.equipment import Aircraft, AircraftKind, AutopilotMotion, Camera, TurnBehaviour
from mcpp.model.arrays import BoolArray, FloatArray, IntArray, LonLat, Ring
from mcpp.model.forecast import Forecast
from mcpp.model.heeded import OVER_ZONE_M, is_heeded, is_passed_over
from mcpp.model.launch import as_given, launching_at
from mcpp.model.mission import (
    Autopilot,
    FlightSettings,
    Gimbal,
    Heading,
    HeightFrame,
    Mission,
    PlannerChoice,
    Purpose,
    StartDelays,
    Trigger,
    Uav,
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
    Wall,
)
from mcpp.model.search import (
    LikelyArea,
    PatternKind,
    ProbabilityMap,
    SearchFigures,
    SearchPattern,
)
from mcpp.model.shapes import (
    AreaPart,
    CircleZone,
    Corridor,
    NoFlyZone,
    PolygonZone,
    Structure,
    StructureKind,
    StructureSide,
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
    "Forecast",
    "Gimbal",
    "Heading",
    "HeightFrame",
    "IntArray",
    "KeptFigures",
    "LegKind",
    "LikelyArea",
    "LineDistances",
    "LonLat",
    "Mission",
    "NoFlyZone",
    "PatternKind",
    "Placement",
    "Plan",
    "PlannerChoice",
    "PolygonZone",
    "ProbabilityMap",
    "Problem",
    "Purpose",
    "Report",
    "Ring",
    "Route",
    "SearchFigures",
    "SearchPattern",
    "Solution",
    "Sortie",
    "Spread",
    "StartDelays",
    "Strip",
    "Structure",
    "StructureKind",
    "StructureSide",
    "Trigger",
    "TurnBehaviour",
    "Uav",
    "UavFigures",
    "Vehicle",
    "ViewFigures",
    "Wall",
    "as_given",
    "is_heeded",
    "is_passed_over",
    "launching_at",
]
