"""The commands of `mcpp`: where each stands, and what it is for in a few words.

The words stand here so that the list of all commands is told without loading one of them.
"""

from typing import NamedTuple


class Listed(NamedTuple):
    """Where a command is found, as module and name, and what it is for."""

    place: str
    words: str


COMMANDS: dict[str, Listed] = {
    "plan": Listed("mcpp.cli.plan:plan_command", "Plan the missions of SOURCE."),
    "check": Listed(
        "mcpp.cli.check:check_command",
        "Check PLAN again from its mission, by code that did not make it.",
    ),
    "evaluate": Listed(
        "mcpp.cli.evaluate:evaluate_command", "Measure PATHS over AREA as the paper does."
    ),
    "info": Listed("mcpp.cli.info:info_command", "Say what FILE holds."),
    "export": Listed(
        "mcpp.cli.export:export_command", "Write PLAN in another format, after checking it again."
    ),
    "convert": Listed(
        "mcpp.cli.convert:convert_command", "Turn SOURCE into a mission file to be edited."
    ),
    "resume": Listed("mcpp.cli.resume:resume_command", "Make a plan of what is left of a flight."),
    "verify": Listed(
        "mcpp.cli.verify:verify_command", "Hold photos and logs of a flight against its plan."
    ),
    "refly": Listed("mcpp.cli.refly:refly_command", "Plan only what a flight has left."),
    "repeat": Listed("mcpp.cli.repeat:repeat_command", "Make the same flight again, months later."),
    "replan": Listed(
        "mcpp.cli.replan:replan_command", "Go on when a UAV is lost or comes, or a zone appears."
    ),
    "study": Listed("mcpp.cli.study:study_command", "Find out how many UAVs pay."),
    "batch": Listed(
        "mcpp.cli.batch:batch_command", "Plan many missions, over all cores or a cluster."
    ),
    "bench": Listed("mcpp.cli.bench:bench_command", "Plan named instances; compare two versions."),
    "lint": Listed("mcpp.cli.lint:lint_command", "Name what a target would refuse."),
    "cameras": Listed(
        "mcpp.cli.cameras:cameras_command",
        "List the cameras; 'show NAME' works out a survey with one.",
    ),
    "aircraft": Listed("mcpp.cli.cameras:aircraft_command", "List the aircraft presets."),
    "gui": Listed("mcpp.cli.gui:gui_command", "Open the desktop app, with FILE if one is named."),
    "schema": Listed(
        "mcpp.cli.schema:schema_command", "Print the JSON schema of the mission file."
    ),
    "planners": Listed(
        "mcpp.cli.planners:planners_command",
        "List the planners and their parameters, for --planner and -P.",
    ),
    "upload": Listed(
        "mcpp.cli.link_commands:upload_command", "Upload PLAN to the whole fleet, and verify it."
    ),
    "download": Listed(
        "mcpp.cli.link_commands:download_command", "Read what the vehicles hold, as JSON."
    ),
    "diff": Listed(
        "mcpp.cli.link_commands:diff_command", "Compare what the vehicles hold with PLAN."
    ),
    "params": Listed(
        "mcpp.cli.link_params:params_command",
        "Compare the vehicles' parameters with PLAN, and set them.",
    ),
    "watch": Listed("mcpp.cli.link_flight:watch_command", "Show the fleet live."),
    "fly": Listed("mcpp.cli.link_flight:fly_command", "Check the fleet, start it, and show it."),
    "simulate": Listed(
        "mcpp.cli.link_simulate:simulate_command", "Put a simulated vehicle at each start of PLAN."
    ),
    "volumes": Listed(
        "mcpp.cli.volumes:volumes_command", "Write the airspace that a plan needs, to be shared."
    ),
    "terrain": Listed(
        "mcpp.cli.terrain:terrain_command", "Load ground heights, free, of the whole Earth."
    ),
    "doctor": Listed("mcpp.cli.doctor:doctor_command", "Print versions; find clashing packages."),
}
"""In the order in which they are told."""
