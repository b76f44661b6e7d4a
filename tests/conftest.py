"""Fixtures for all tests; sets the offscreen platform and the profile of hypothesis."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from shapely.geometry import Polygon, box

from mcpp.model import AreaPart, CircleZone, Mission, PolygonZone, Problem, Uav
from tests.strategies import ANCHOR_LON_LAT_DEG, problem_of, ring_lon_lat_deg

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

settings.register_profile(
    "mcpp",
    derandomize=True,
    deadline=None,
    max_examples=40,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("mcpp")


@pytest.fixture(scope="session")
def shared_dir() -> Path:
    """Folder of the paper's areas and figures; it lies beside the checkout and may be absent."""
    folder = Path(__file__).resolve().parents[2] / "shared"
    if not (folder / "rois").is_dir():
        pytest.skip("the shared folder with the paper's areas is not here")
    return folder


@pytest.fixture
def small_mission() -> Mission:
    """Two UAVs with starts inside, 400 x 300 m, one zone with corners and one round zone."""
    return Mission(
        name="small",
        area=(AreaPart(outer_lon_lat_deg=ring_lon_lat_deg(box(0, 0, 400, 300))),),
        no_fly_zones=(
            PolygonZone(
                name="barn", outer_lon_lat_deg=ring_lon_lat_deg(box(90, 120, 150, 190)), buffer_m=5
            ),
            CircleZone(
                name="mast",
                center_lon_lat_deg=ring_lon_lat_deg(box(300, 200, 301, 201))[0],
                radius_m=15,
            ),
        ),
        uavs=(
            Uav(id="one", start_lon_lat_deg=_lon_lat_deg(30, 30)),
            Uav(id="two", start_lon_lat_deg=_lon_lat_deg(370, 30)),
        ),
        scan_distance_m=20,
    )


@pytest.fixture
def plain_mission() -> Mission:
    """One UAV, free to start anywhere in a square of 200 m without zones."""
    return Mission(
        name="plain",
        area=(AreaPart(outer_lon_lat_deg=ring_lon_lat_deg(box(0, 0, 200, 200))),),
        uavs=(Uav(id="one"),),
        scan_distance_m=20,
    )


@pytest.fixture
def small_problem() -> Problem:
    """The ground of `small_mission` in metres: two UAVs, two no-fly zones."""
    return problem_of(
        box(0, 0, 400, 300),
        box(85, 115, 155, 195).union(Polygon([(285, 185), (315, 185), (315, 215), (285, 215)])),
        count=2,
        spacing_m=20,
    )


@pytest.fixture
def plain_problem() -> Problem:
    """One UAV over a square of 200 m without zones."""
    return problem_of(box(0, 0, 200, 200), count=1, spacing_m=20)


def _lon_lat_deg(x_m: float, y_m: float) -> tuple[float, float]:
    return ring_lon_lat_deg(box(x_m, y_m, x_m + 1, y_m + 1), ANCHOR_LON_LAT_DEG)[0]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-golden", action="store_true", help="write the files in tests/golden anew"
    )


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Compare a text with the file of that name in tests/golden, or write it there."""
    folder = Path(__file__).parent / "golden"

    def compare(name: str, text: str) -> None:
        path = folder / name
        if request.config.getoption("--update-golden"):
            path.write_bytes(text.encode("utf-8"))
        assert path.is_file(), f"{name} is missing: run pytest --update-golden and read the diff"
        assert text == path.read_bytes().decode("utf-8")

    return compare
