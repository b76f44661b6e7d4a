"""DJI's KMZ read with the standard library alone."""

import io
import xml.etree.ElementTree as ET
import zipfile

NAMES = {"k": "http://www.opengis.net/kml/2.2", "w": "http://www.dji.com/wpmz/1.0.2"}


def opened(data: str | bytes) -> dict[str, ET.Element]:
    """Parse the files of an archive."""
    assert isinstance(data, bytes)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        return {name: ET.fromstring(archive.read(name)) for name in archive.namelist()}


def text(element: ET.Element, path: str) -> str:
    """Find a text that has to be there."""
    found = element.findtext(path, namespaces=NAMES)
    assert found is not None, path
    return found


def marks(root: ET.Element) -> list[ET.Element]:
    """List the placemarks."""
    return root.findall(".//k:Placemark", NAMES)
