"""What the engine says while a plan made anew is sent, with what is pressed here to go on.

The engine names the words of the command line.
"""

import re
from typing import Final

from gui.i18n import later

OF_NEW_MISSIONS = (
    later("flies its new mission"),
    later("holds its new mission"),
    later("keeps its mission"),
    later("holds its new mission and starts {0}"),
    later("keeps its mission and starts {0}"),
    later("by the new plan it starts {0}"),
    later("in {0} s"),
    later("now"),
    later("it has landed before, and is not started from here"),
    later("waits on the ground: {0} has not taken its new mission: divide the rest again"),
    later("is landing: divide the rest again then, for its next mission"),
    later(
        "those in the air are up to {0} s beside the times of its start, the plan allows {1} s:"
        " divide the rest again"
    ),
    later("divide the rest again"),
    later("not started"),
    later("has not taken its new mission"),
    later("it has not taken its new mission"),
    later("it flies no more"),
    later("the new plan has no flight for it"),
    later("it stays on the ground"),
    later("keep it on the ground"),
    later("lost meanwhile"),
    later("has taken off meanwhile"),
    later("{0} is still given its mission: wait for it"),
    later("the rest can not be divided safely ({0}): call them home"),
    later("new missions are being sent: wait until they are"),
    later("an upload still runs: stop it, divide the rest again"),
    later("{0} (link lost: nothing heard for {1} s)"),
)
_HERE: Final = (
    (re.compile(r"say replan(?:, then send| again| and send once more)"), "divide the rest again"),
    (
        re.compile(r"say 'start .*' when its battery is full and all are clear"),
        "it has landed before, and is not started from here",
    ),
    (re.compile(r"^replan: "), ""),
)


def window_words(text: str) -> str:
    """Put what is pressed in the window in place of the words of the command line."""
    for said, here in _HERE:
        text = said.sub(here, text)
    return text
