"""The numbers by which DJI's WPML names aircraft and the cameras built into them.

They are those of the DJI Cloud API documentation, *WPML 1.0.2*: 60 Matrice 300, 67 Matrice 30, 77
Mavic 3E, 89 Matrice 350; the payload numbers 52 and 66 those of the cameras built into the Matrice
30 and the Mavic 3E. 99 and 88, Matrice 4E and its camera, are those of its product list, as FlyPath
quotes it. Other payloads are left out, for no source gives their numbers: choose the camera in the
app.
"""

NUMBERS = {
    "dji-matrice-300": (60, 0),
    "dji-matrice-30": (67, 0),
    "dji-mavic-3e": (77, 0),
    "dji-matrice-350": (89, 0),
    "dji-matrice-4e": (99, 0),
}
"""By the name of the preset: number and sub-number."""
BUILT_IN_PAYLOAD = {"dji-matrice-30": 52, "dji-mavic-3e": 66, "dji-matrice-4e": 88}
