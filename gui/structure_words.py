"""What the engine says of structures, for `gui.engine_words`."""

from gui.i18n import later

STRUCTURES = (
    later("structures"),
    later("they are flown in a mission of their own: leave area and corridors out"),
    later("they are for ground: leave them out of a mission of structures"),
    later("it is for ground: leave it out of a mission of structures"),
    later("structures are flown along: leave it out"),
    later("{0} m is below {1} ({2} m)"),
    later("a facade is a line: give two points or more that lie apart"),
    later("the line crosses or touches itself: cut it into several facades"),
    later("{0}: only a multirotor flies along structures"),
)
