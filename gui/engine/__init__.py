"""All that the windows ask of the library below, in one place.

Heavy modules are imported where they are used, so that the first window does not wait for them.
"""

import mcpp
from gui.engine.choices import (
    aircraft_names,
    camera_names,
    compared_planners,
    names_a_file,
    planner_names,
    planner_params,
    readable,
    uav_defaults,
    with_equipment,
    with_its_camera,
)
from gui.engine.files import (
    BACKGROUNDS,
    OPENABLE,
    SHAPE_SUFFIXES,
    Opened,
    asset_path,
    load_shapes,
    mission_of,
    open_file,
    sample_mission,
    save_mission,
    save_plan,
    unchecked_mission,
    unchecked_mission_json,
)
from gui.engine.ground import (
    GroundProfile,
    fetch_ground,
    ground_caveats,
    ground_file,
    ground_profiles,
    with_ground,
    without_ground,
)
from gui.engine.launches import with_spots
from gui.engine.outputs import (
    TARGETS,
    ExportFormat,
    export_everything,
    export_formats,
    export_formats_to,
    item_numbers,
    lint_words,
    path_words,
    report_html,
    speaks_mavlink,
)
from gui.engine.packing import pack_plan, unpack_plan
from gui.engine.photos import PhotoFigures, count_photos, photo_corners_m, photo_figures
from gui.engine.search import with_likely

__all__ = [
    "BACKGROUNDS",
    "OPENABLE",
    "SHAPE_SUFFIXES",
    "TARGETS",
    "ExportFormat",
    "GroundProfile",
    "Opened",
    "PhotoFigures",
    "aircraft_names",
    "asset_path",
    "camera_names",
    "compared_planners",
    "count_photos",
    "export_everything",
    "export_formats",
    "export_formats_to",
    "fetch_ground",
    "ground_caveats",
    "ground_file",
    "ground_profiles",
    "item_numbers",
    "lint_words",
    "load_shapes",
    "mission_of",
    "names_a_file",
    "open_file",
    "pack_plan",
    "path_words",
    "photo_corners_m",
    "photo_figures",
    "planner_names",
    "planner_params",
    "readable",
    "report_html",
    "sample_mission",
    "save_mission",
    "save_plan",
    "speaks_mavlink",
    "uav_defaults",
    "unchecked_mission",
    "unchecked_mission_json",
    "unpack_plan",
    "version",
    "with_equipment",
    "with_ground",
    "with_its_camera",
    "with_likely",
    "with_spots",
    "without_ground",
]


def version() -> str:
    """Tell the version of the program."""
    return mcpp.__version__
