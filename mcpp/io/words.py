"""The words by which shapes say what they are: English, German, French, Spanish, Italian.

Text is compared without accents, case and marks, and with "noFlyZone1" read as "no fly zone 1".
"""

import re
import unicodedata
from functools import lru_cache

_ZONE = r"""
    no fly\w* | nofly\w* | nfz\w* | no go | nogo | keep outs? | keepouts? | stay out | avoid\w* |
    obstacles? | obstructions? | exclusions? | exclude[ds]? | excluding | restricted | restriction |
    prohibited | forbidden | danger\w* | hazards? | geo ?cages? |
    trees? | buildings? | houses? | barns? | towers? | masts? | pylons? | antennas? | chimneys? |
    wind ?turbines? | wind ?mills? | power ?lines? | cables? | overhead lines? | cranes? |
    flugverbot\w* | flugverbots zone\w* | sperr(gebiet|zone|flache|bereich)\w* | hindernis\w* |
    verboten\w* | ausschluss\w* | tabu\w* | baum | baume | baeume | baumgruppe\w* | gebaude\w* |
    gebaeude\w* | haus | hauser | haeuser | scheune\w* | masten | turm | schornstein\w* |
    windrad | windrader | stromleitung\w* | freileitung\w* | hochspannung\w* |
    interdit\w* | interdiction\w* | a eviter | arbres? | batiments? | maisons? | pylones? |
    lignes? electriques? | cheminees? | eoliennes? |
    prohibid[oa]s? | prohibicion\w* | obstaculos? | exclusion\w* | edificios? | arbol | arboles |
    casas? | torres? | lineas? electricas? | no volar |
    vietat[oa] | ostacol[oi] | esclusion[ei] | divieto | alber[oi]
"""
_AREA = r"""
    areas? | aoi | roi | fields? | survey\w* | sites? | boundary | boundaries | perimeters? |
    outline | parcels? | plots? | target | search ?areas? | inclusion |
    feld | felder | flur\w* | flache | flaeche | schlag | acker | gebiet | grundstuck\w* | umring |
    champs? | parcelles? | zone de vol | perimetre | campos? | parcelas? | lotes? | perimetro
"""
_LAUNCH = r"""
    home | homes | launch\w* | take ?off\w* | start | starts | starting point | start ?point |
    startpunkt\w* | startplatz | abflug\w* | abhebe\w* |
    decollage\w* | depart | despegue\w* | salida | inicio | decollo | partenza
"""
_CORRIDOR = re.compile(r"\b(corridors?|korridore?|couloirs?|corredor(es)?|corridoio)\b")
_CREW = r"""
    crews? | crew ?areas? | pilots? | pilot ?areas? | operators? | mannschaft | equipage |
    tripulacion | equipaggio
"""
_HOLE_ONLY = re.compile(r"\b(holes?|loch|trous?|hueco|buco)\b")


def _compiled(words: str) -> re.Pattern[str]:
    alternatives = "|".join(word.strip() for word in words.split("|"))
    return re.compile(rf"\b(?:{alternatives})\b")


_ZONE_WORDS, _AREA_WORDS, _LAUNCH_WORDS, _CREW_WORDS = (
    _compiled(w) for w in (_ZONE, _AREA, _LAUNCH, _CREW)
)


@lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """Reduce text to what is compared: lower case, no accents, words and numbers apart."""
    text = re.sub(r"(?<=[a-z])(?=[A-Z])|(?<=[^\W\d_])(?=\d)", " ", text[:200])
    text = unicodedata.normalize("NFKD", text.casefold())
    text = "".join(c for c in text if not unicodedata.combining(c))
    return re.sub(r"[\W_]+", " ", text).strip()


@lru_cache(maxsize=4096)
def says_zone(text: str, *, hole: bool = False) -> bool:
    """Whether text names something to be kept away from; `hole` lets that word count."""
    words = plain(text)
    return bool(_ZONE_WORDS.search(words) or (hole and _HOLE_ONLY.search(words)))


@lru_cache(maxsize=4096)
def says_area(text: str) -> bool:
    """Whether text names ground to be surveyed."""
    return bool(_AREA_WORDS.search(plain(text)))


@lru_cache(maxsize=4096)
def says_corridor(text: str) -> bool:
    """Whether text names a line to be surveyed along."""
    return bool(_CORRIDOR.search(plain(text)))


@lru_cache(maxsize=4096)
def says_launch(text: str) -> bool:
    """Whether text names a launch point."""
    return bool(_LAUNCH_WORDS.search(plain(text)))


@lru_cache(maxsize=4096)
def says_crew(text: str) -> bool:
    """Whether text names ground where the crew can stand."""
    return bool(_CREW_WORDS.search(plain(text)))
