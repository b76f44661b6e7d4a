"""Sentences that the planning engine says, with {0}, {1}, ... where values are.

`gui.engine_words` finds the one that a text was made of.
"""

from gui.event_sentences import OF_EVENTS
from gui.given_words import OF_NEW_MISSIONS
from gui.i18n import later
from gui.search_words import SEARCH
from gui.structure_words import STRUCTURES

STAGES = (
    later("reading the mission"),
    later("dividing the area"),
    later("covering the regions"),
    later("evening out"),
    later("hastening the last"),
    later("landing together"),
    later("moving tours to the border"),
    later("cutting the tour"),
    later("following the corridor"),
    later("placement"),
    later("divide"),
    later("sweep"),
    later("spanning trees"),
    later("flights"),
    later("checking"),
    later("survey lines"),
    later("likeliest ground first"),
    later("search pattern"),
    later("reading photos and logs"),
    later("holding photos against the plan"),
    later("planning what is missing"),
    later("dividing the pieces"),
    later("ground heights"),
)
FORMATS = (
    later("QGroundControl .plan with geofence and rally points"),
    later('"QGC WPL 110" for Mission Planner and MAVProxy'),
    later("routes, regions, no-fly zones and launch points"),
    later("routes and regions for Google Earth"),
    later("waypoints with their times"),
    later("KMZ for DJI Pilot 2, of DJI aircraft only; never flown"),
    later("QGroundControl .plan with surveys that can be edited there"),
    later("routes, area and zones for handheld devices"),
    later("GeoPackage of routes, regions, area and zones"),
    later("drawing in metres of the UTM zone"),
    later("KMZ for DJI Fly (Mini, Air), in parts of 99 points; never flown"),
    later("CSV for the Litchi Mission Hub, in parts of 99 points; never flown"),
    later("mission of Potensic's app for the Atom 2; never flown"),
    later("report with map, figures and timeline, for any browser"),
)
GROUND = (
    later(
        "A surface model of one height per 30 m: trees and buildings are in it, levelled out; "
        "masts, lines and single trees are not. Draw tall obstacles as zones."
    ),
    later(
        "A launch point among trees or houses may lie lower than it says: then all flights are as "
        "much lower too. Compare its height there with what you see."
    ),
    later(
        "The maker states a height error of less than 4 m for 90 % of the ground (2 m between "
        "neighbouring places on slopes up to 20 %). What was built, felled or dug since about 2015 "
        "is not in it."
    ),
    later(
        "Heights are above sea by the EGM2008 geoid, as autopilots and maps have them to a metre "
        "or so; GNSS heights above the ellipsoid differ by up to 100 m."
    ),
    later("{0}: ground from {1} to {2} m above sea, of {3}"),
    later("there is only sea, taken as 0 m, where there is no {0}"),
    later("GLO-30 leaves this country out: of GLO-90, with one height per 90 m"),
    later("{0} does not cover the area"),
    later(
        "no ground height at {0}, {1}: give a file that covers the whole area and the launch points"
    ),
    later("{0} can not be read as a GeoTIFF: {1}"),
    later("{0} has no coordinate system: assign one"),
    later("there is no file {0}"),
)
REASONS = (
    later("the UAVs have different line spacings, and its grid has one"),
    later("the UAVs have different line spacings"),
    later("it does not keep the UAVs in regions of their own"),
    later("the ground is not of corridors alone"),
    later("its lines follow the corridor, and no direction that is given"),
    later("a leg was not legal"),
    later("covers less than wanted"),
    later("no legal way leads to this mega-cell"),
    later("no legal way leads there from the rest of the region"),
    later("planner {0} can not plan this: {1}"),
)
FINDINGS = (
    later("structure {0}: {1} % of the way past it is not flown at all {2} heights"),
    later("structure {0}: {1} % of the way past it lies in no-fly zones and is not flown"),
    later("structure {0}: {1}, {2} m from it, {3} m long"),
    later("1 pass at {0} m"),
    later("{0} passes at {1} to {2} m"),
    later("separation: {0}"),
    later("UAVs never come near each other"),
    later("at like heights never nearer than {0} m ({1} and {2}, at {3} s)"),
    later("within {0} m on the map never less than {1} m apart in height ({2} and {3}, at {4} s)"),
    later("{0}: photos blur above {1} m/s at 1/{2} s; it surveys at {3} m/s"),
    later("{0}: {1} keeps up with a photo every {2} m to {3} m/s; it surveys at {4} m/s"),
    later("{0}: lines are {1} m apart, a photo covers {2} m: there are gaps"),
    later(
        "{0} and {1}: {2} m apart {3}, about {4} s after the start, with one early and the other "
        "late; wanted {5} m"
    ),
    later("with less than {0} m between their heights"),
    later("whatever their heights"),
    later("no terrain model: all heights are above the launch point of each UAV"),
    later("sortie {0} of {1}: {2} m above the ground, wanted {3} m or more"),
    later("sortie {0} of {1}: {2} m above the ground, more than {3} ({4} m)"),
    later("{0} lands {1} before the last"),
    later(
        "{0}: no limit of its own keeps it from more, but no other division that was tried "
        "lets the fleet land earlier; planning with --effort best may"
    ),
    later(
        "{0}: {1} full at {2} % of the ground, and one more flight would end later than all; {3}"
    ),
    later(
        "{0}: it shares its launch point with {1}, and they land there one after another; {2} the "
        "fleet would land at about {3}"
    ),
    later(
        "{0} stays on the ground: it shares its launch point with {1}, and with one more to take "
        "turns there the fleet would land later; {2} the fleet would land at about {3}"
    ),
    later(
        "{0} stays on the ground: no division that was tried lets the fleet land earlier with it"
    ),
    later("with spots of their own (--spots)"),
    later("{0} m apart"),
    later("given"),
    later("apart"),
    later(
        "{0}: {1}, which lands last, waits {2} before its take-off until the ways of others are "
        "clear"
    ),
    later("{0}: its {1} lies {2} m outside the area where the crew can stand"),
    later("launch point"),
    later("landing point"),
    later("{0}: it lies in no-fly zones: give ground outside them"),
    later(
        "{0}: it lies {1} m from the area: of each flight of {2} {3} go into the way there and "
        "back, {4} % of a battery; from within {5} m it takes {6} %"
    ),
    later(
        "{0}: it lies {1} m from the area: {2} needs {3} s for the way there and back, its usable "
        "endurance is {4} s: give ground within {5} m, or aircraft that fly farther"
    ),
    later("{0}: that is less than one more survey line takes it, {1}"),
    later("{0} of {1} UAVs land {2} to {3} before the last: {4}"),
    later("its battery is"),
    later("its {0} batteries are"),
    later("a longer battery would bring little"),
    later(
        "with a battery that lasts {0} (reserve taken off) the fleet would land at about {1}, "
        "not {2}"
    ),
    later(
        "the fleet lands at {0} with the shares that were asked; with shares of its own it "
        "would land at about {1}"
    ),
    later(
        "{0}: {1} sorties on {2} batteries, each charged in {3}{4}: it waits {5} for them; "
        "with {6} it would land that much earlier"
    ),
    later("{0}: {1} sorties on {2} batteries, one of which is charged for {3} only, and takes {4}"),
    later(
        "{0}: their launch or landing points are down to {1} m apart: take-offs and landings "
        "there come {2} s apart, and the place has to be cleared in between; {3}"
    ),
    later(
        "{0} m apart they need not wait for each other, and with spots of their own (--spots) they "
        "are put there"
    ),
    later(
        "{0} of {1} have spots of their own: fixed wings stay where they were put; give each its "
        "own point"
    ),
    later(
        "{0} of {1} have spots of their own, for {2} no room was found: draw an area for the crew "
        "with more room, or give points farther apart"
    ),
    later("spots of their own, so far from the points that were given: {0}"),
    later("{0}: its {1} lies {2} m from the one that was given: {3}"),
    later("farther than a row of {0} m for all UAVs"),
    later("{0} m farther outside the area"),
    later("{0}: launch point chosen at latitude {1}, longitude {2}"),
    later("{0}: wind of {1} m/s is above the {2} m/s that {3} is flown in"),
    later(
        "{0}: a straight return by radio loss would cross a no-fly zone from {1} % of its way: "
        "rally points go with the mission, where it lands instead"
    ),
    later(
        "{0}: a straight return by radio loss would cross a no-fly zone from {1} % of its way: "
        "have it hold or land instead, or move its start"
    ),
    later("the plan: {0}"),
    later("{0}: its region is in {1} parts"),
    later("{0}: it has no route and stays on the ground"),
    later("coverage {0} % by exact area, {1} % of {2} samples"),
    later("each of the {0} cells needs the number of one of {1} UAVs"),
    later(
        "coverage by exact area ({0} %) and by sampling ({1} %) disagree: an error in mcpp itself"
    ),
    later(
        "coverage {0} % is below the wanted {1} %; from where the UAVs may fly {2} % can be reached"
    ),
    later(
        "coverage {0} % is below the wanted {1} %; from where the UAVs may fly {2} % can be "
        "reached, but {3} % are left out, as told below"
    ),
    later("{0} m2 are left out: {1}"),
    later(
        "{0}: {1} % of the ground away from the border is farther than {2} m from all lines "
        "({3} m between them were asked for), the next line is {4} m away at most"
    ),
    later(
        "{0}: {1} % of the ground away from the border is farther than {2} m from all lines "
        "({3} m between them were asked for)"
    ),
    later("{0}: {1} % of its survey lines run at {2} degrees from north as asked"),
    later(
        "{0} % of the ground is seen by fewer than {1} photos, the worst of it by {2}; all but "
        "5 % by {3} or more"
    ),
    later("the grid contradicts itself: {0} wrong neighbours"),
    later("the grid contradicts itself: {0} wrong neighbours, and a cell is listed twice"),
    later("{0}: its route passes by {1} of its {2} cells"),
    later("regions of {0} and {1} share {2} m2"),
    later("{0}: {1} m of survey lie outside its region"),
    later("{0}: share wanted {1}, given {2}"),
    later("{0}: {1} m of its route are in no sortie"),
    later("{0}: its region falls into {1} parts"),
    later("{0}: its region lies on {1} parts of the ground that no cell joins"),
    later("{0}: a point or time is not a number, or is absurdly far from the area"),
    later("{0}: {1} s in the air, with an endurance of {2} s"),
    later("corridor of {0}: {1}"),
    later("{0}: its points, legs and times do not fit together"),
    later("{0}: {1} m run {2}"),
    later("outside the allowed space"),
    later("through no-fly zone {0}"),
    later("{0}: its {1} is {2} m from the place in the mission"),
    later("no-fly zone {0} lies outside the area: only transits heed it"),
    later("no-fly zone {0} begins at {1} m, above all flights"),
    later("no-fly zone {0} is waived: {1}"),
    later(
        "{0}: it passes over no-fly zone {1} at {2} m, {3} m are needed: its geofence leaves the "
        "zone open"
    ),
    later("{0}: the forecast does not hold from {1} to {2}"),
    later("{0}: it flies at night: the sun is {1} degrees down at {2}"),
    later("{0}: it flies in civil twilight: the sun is {1} degrees down at {2}"),
    later(
        "{0}: the sun is {1} degrees high at {2}: long shadows in the photos; {3} degrees or more "
        "are usual for mapping"
    ),
    later(
        "{0}: wind of {1} m/s, gusts of {2} m/s at its height at {3}: its aircraft's limit is {4} "
        "m/s"
    ),
    later(
        "{0}: wind of {1} m/s at its height at {2}: its times and battery are planned with {3} m/s"
    ),
    later("{0}: rain of {1} mm/h is forecast"),
    later("{0}: {1} degrees Celsius are forecast: batteries last less long than planned"),
    later("{0}: {1}: give date, time and offset from UTC, as in {2}, or with Z for UTC"),
    later("starts_at: it is missing: a forecast is held against a time, as {0}"),
    later("mission: {0}"),
    later("{0}: {1} does not follow from the mission, which gives {2}"),
    later("{0}: kind: {1}: a leg has a kind of 0 to {2}"),
    later("{0}: kind: its legs are not in the order take-off, way, work, return, landing"),
    later("{0}: speed_m_s: {1} m/s off what its legs and the mission give"),
    later("{0}: time_s: {1} s off what its legs and the mission give: plan it again"),
    later("{0}: xyz_m: {1}"),
    later("problem.vehicles: their shares do not sum to 1"),
    later("digest: the plan file is not as mcpp wrote it: plan its mission again"),
    later("no-fly zone {0} is waived: {1}"),
    later("no-fly zone {0} begins at {1} m, above all flights"),
    later(
        "coverage {0} % is far below the {1} % that can be reached: give fewer UAVs, a smaller "
        "scan distance, or --planner {2}"
    ),
)
PATHS = (
    later("mcpp writes no file that a {0} flies ({1}): fly it by hand"),
    later("the aircraft's number is not known, which DJI Pilot 2 wants"),
    later("its app is 'none'"),
    later("{0} flies multirotors, and no {1}"),
    later("it is a {0}: {1} flies multirotors"),
    later("PotensicPro opens no files: its flights are put into its own folder by a cable"),
    later("it begins in the air: {0} begins on the ground: land it first"),
    later("a waypoint is {0} m above the launch point: {1} takes {2} to {3} m"),
    later("{0} legs are shorter than {1} m, which {2} refuses: simplify the area's border"),
    later("it is to fly {0} m/s: {1} flies {2}, and longer than foretold: give lower speeds"),
    later(
        "{0} stops at each waypoint, which the times do not count: give the aircraft the motion {1}"
    ),
    later("it hovers {0} s for a photo: {1} {2} s"),
    later(
        "it is to look at a structure, which no file for {0} tells: its photos would show the way "
        "ahead"
    ),
    later(
        "{0} takes no photos by distance, and its timer none every {1} m at {2} m/s: survey at "
        "{3} m/s or slower, or trigger 'hover'"
    ),
    later(
        "{0} takes no photos by distance: start its timer at {1} s before the first line by hand, "
        "or plan with trigger 'hover'"
    ),
    later(
        "it has more than {0} waypoints, and {1} can not hover at the end: give the aircraft "
        "most_points {2}"
    ),
    later(
        "it is flown in {0} parts: with {1} s to load each next one it takes {2} of {3} usable "
        "minutes: give the aircraft most_points {4}, or a greater reserve"
    ),
)
REFUSALS = (
    later("uavs: there is none: list at least one"),
    later("uavs: {0} of {1} have a share: give one to all or to none"),
    later("uavs: the shares {0} sum to {1}, not to 1"),
    later(
        "{0}: it is {1} km from the area: give a place within {2} km "
        "(the order is longitude, latitude)"
    ),
    later("{0}: they cover the whole area: leave some ground to survey"),
    later("{0}, {1}: they leave no room to fly: make them smaller"),
    later("{0}: {1} {2} is outside {3}..{4} {5}"),
    later("{0}: {1} m is larger than the area ({2} m x {3} m): give at most {4} m"),
    later("{0}: {1} m makes {2} cells of this area: give a larger one"),
    later("{0}: none is given, and {1} ({2}) has no camera from which it could follow: give one"),
    later("{0}: it lies in the no-fly zone {1}: move it out"),
    later("{0}: it lies in the no-fly zone {1} with its buffer of {2} m: move it out"),
    later("{0}: no way from it to the area: no-fly zones shut it in; move it"),
    later("{0}: its region of {1} m2 leaves no room to fly"),
    later("{0} UAVs but only {1} cells to divide: use {2} UAVs or a smaller scan distance"),
    later("no mega-cell of {0} m fits into the area: give a smaller scan distance, or planner {1}"),
    later("no division of these shares holds the starts of UAVs {0}: {1}; move the starts"),
    later(
        "shares of UAVs {0} can not be met by connected regions: only one region can pass {1}; "
        "use other shares or fewer UAVs"
    ),
    later("{0}: {1} m is above {2} ({3} m)"),
    later("{0}: {1} ({2}) has no camera to reach it: name one"),
    later("{0}: {1} needs a camera: name one in {2}.camera"),
    later(
        "area: its points lie {0} km apart: an area is at most {1} km wide "
        "(is one point mistyped, or longitude and latitude swapped?)"
    ),
    later("{0}: the polygon encloses no area: its points lie in a line, or at one place"),
    later("{0}: there is no such file"),
    later("{0}: it can not be read: {1}"),
    later("{0}: it can not be written: {1}"),
    later("{0}: the file is empty: give a mission, an area in GeoJSON or a plan"),
    later("{0}: not JSON: line {1}, column {2}: {3}"),
    later("{0}: byte {1} is not UTF-8 text"),
    later("{0}: it has no polygon that could be the area"),
    later("{0}: it is missing"),
)
FROM_VEHICLES = (
    later("motors on"),
    later("motors off"),
    later("landed and disarmed"),
    later("{0} % left"),
    later("outside the fence"),
    later("inside the fence again"),
    later("no heartbeat for {0} s"),
    later("heard again"),
    later("a photo failed, the camera says"),
    later("another ground station (system {0}, component {1}) is on this link"),
    later("another ground station (system {0}) writes its mission"),
    later(
        "it holds another mission: {0} items, the plan has {1}:"
        " what is shown is no longer what it flies"
    ),
    later(
        "its mission was changed by another ground station:"
        " what is shown is no longer what it flies"
    ),
    later(
        "its mission was changed: {0} items, {1} before: what is shown is no longer what it flies"
    ),
    later("event {0} of PX4, severity {1}: its words are not known here"),
    later("nothing was written to it"),
    later("pause"),
    later("resume"),
    later("return"),
    later("rtl"),
    later("holds its position"),
    later("flies on"),
    later("flies the return part of its mission"),
    later("flies a short return mission of {0} items: upload its mission again later"),
    later("flies straight home"),
    later("stands {0} m from its launch point, and others may launch from near there"),
    later("its planned way home is not known: the order rtl flies straight to the launch point"),
    later("holds: no legal way home ({0}); the order rtl flies straight"),
)
CHOICES = (
    later("mapping"),
    later("search"),
    later("coverage"),
    later("distance"),
    later("hover"),
    later("none"),
    later("along"),
    later("fixed"),
)
SENTENCES = (
    *CHOICES,
    *STAGES,
    *FORMATS,
    *GROUND,
    *REASONS,
    *FINDINGS,
    *PATHS,
    *REFUSALS,
    *FROM_VEHICLES,
    *OF_EVENTS,
    *OF_NEW_MISSIONS,
    *SEARCH,
    *STRUCTURES,
)
