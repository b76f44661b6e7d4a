"""What the engine says of a search, for `gui.engine_words`."""

from gui.i18n import later

SEARCH = (
    later(
        "search: found with {0} % by the end, and if so after {1} in the mean, half of that by {2}"
    ),
    later(
        "search: {0} % of the probability lies outside the area or in no-fly zones, where nothing "
        "is found"
    ),
    later("{0}, as without the map"),
    later("{0}, likeliest lines first"),
    later("{0}, likeliest ground first"),
    later("search: {0} m of the pattern are in no flight, the most of them on its leg {1}"),
    later(
        "search: {0} % of the pattern's legs lie outside the area or in no-fly zones, and are not "
        "flown there"
    ),
    later("a {0} needs one: give a place"),
    later("a sector search needs one: give its legs' length"),
    later("corridors are followed along their lines: leave one of them out"),
    later("{0}: it does not fly the legs of the search pattern in their order"),
)
