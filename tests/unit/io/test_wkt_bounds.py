"""WKT with numbers beyond all bounds."""

import pytest

from mcpp.errors import InputError
from mcpp.io.source import read_source


def test_a_number_beyond_all_bounds_is_told_without_noise(tmp_path):
    path = tmp_path / "far.wkt"
    path.write_text("POLYGON((0 0, 1e999 0, 1 1, 0 0))")
    with pytest.raises(InputError):
        read_source(path, scan_distance_m=40.0)
