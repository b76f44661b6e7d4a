"""A process of its own that reads one vector file through GDAL and prints its shapes as JSON lines.

It is started with every driver but one switched off (GDAL reads that list before its first file),
no network and no virtual file systems, and with a bound on memory and processor time: what a
damaged or hostile file does, it does here.
"""

import json
import math
import sys
from typing import Any

MOST_MEMORY_BYTES = 4 * 2**30
MOST_PROCESSOR_S = 60


def _bound() -> None:
    try:
        import resource
    except ImportError:  # Windows has none
        return
    for kind, most in (
        (resource.RLIMIT_AS, MOST_MEMORY_BYTES),
        (resource.RLIMIT_CPU, MOST_PROCESSOR_S),
        (resource.RLIMIT_CORE, 0),
    ):
        hard = resource.getrlimit(kind)[1]
        most = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(kind, (most, hard))


def _plain(value: Any) -> Any:
    value = value.item() if hasattr(value, "item") else value
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value if isinstance(value, str | int | float | bool) or value is None else str(value)


def read(path: str, most: int, out: Any) -> None:
    """Write one line for each layer with shapes, and one for each of its shapes."""
    import pyogrio

    for layer, kind in pyogrio.list_layers(path):
        if kind is None:
            continue  # a table, a saved style
        meta, _, shapes, columns = pyogrio.raw.read(path, layer=layer, max_features=most + 1)
        head = {"layer": str(layer), "crs": meta["crs"], "count": len(shapes)}
        out.write(json.dumps(head) + "\n")
        fields = [str(name) for name in meta["fields"]]
        for i, blob in enumerate(shapes):
            facts = {name: _plain(columns[j][i]) for j, name in enumerate(fields)}
            row = {"wkb": None if blob is None else blob.hex(), "properties": facts}
            out.write(json.dumps(row) + "\n")
        most -= len(shapes)
        if most < 0:
            return


def main() -> None:
    """Read the file that the command line names; the reason of a failure goes to stderr."""
    _bound()
    path, most = sys.argv[1], int(sys.argv[2])
    import warnings

    warnings.simplefilter("ignore")  # unclosed rings and such: each shape is looked at later
    try:
        read(path, most, sys.stdout)
    except UnboundLocalError:  # what pyogrio makes of a coordinate system that GDAL can not write
        sys.stderr.write("reason: its coordinate system (.prj) is damaged: mend or remove it\n")
        sys.exit(1)
    except Exception as error:  # the parent tells it in one line, whatever GDAL calls it
        sys.stderr.write(f"reason: {error}".splitlines()[0][:400] + "\n")
        sys.exit(1)


if __name__ == "__main__":
    main()
