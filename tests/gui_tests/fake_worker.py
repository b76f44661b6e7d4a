"""Speaks the protocol of `gui.worker` with simple plans; the mission's name says how it behaves.

``slow`` tells its progress and takes a minute, ``refuse`` says no, ``die`` ends without a word.
"""

import json
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from gui import engine
from gui.worker import tell
from mcpp.io.mission import mission_from_json
from tests.gui_tests.plans import simple_plan


def main() -> None:
    """Answer requests."""
    tell(sys.stdout, 0, "ready")
    for line in sys.stdin:
        request = json.loads(line)
        number = request["id"]
        mission = mission_from_json(request["mission"])
        if mission.name == "slow" and request["kind"] == "plan":
            for step in range(600):
                tell(sys.stdout, number, "progress", stage="thinking", fraction=step / 600)
                time.sleep(0.1)
        if mission.name == "die":
            sys.stderr.write("MemoryError: too many cells\n")
            sys.exit(1)
        if mission.name == "refuse":
            tell(sys.stdout, number, "refused", message="uavs: 99: the area has 4 cells")
            continue
        tell(sys.stdout, number, "progress", stage="drawing", fraction=0.5)
        file = Path(sys.argv[1]) / f"{number}.pickle"
        file.write_bytes(engine.pack_plan(simple_plan(mission)))
        tell(sys.stdout, number, "result", file=str(file))


main()
