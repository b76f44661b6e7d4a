"""Room for the map: panels, tool bar and timeline in small windows; drops, own maps, keys, quit."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QCoreApplication, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QPainter, QPixmap
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLineEdit,
    QMessageBox,
    QScrollArea,
    QSlider,
    QTabBar,
    QToolButton,
)

from gui import engine
from gui.docking import SIDE_PX
from gui.i18n import install_language
from gui.main_window import MainWindow
from gui.map.photos import Photos
from gui.panels.preferences import PreferencesDialog
from tests.gui_tests.conftest import FAKE_WORKER
from tests.gui_tests.plans import simple_plan

LEFT, CTRL = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ControlModifier
CHIEF = ("plan.run", "file.export", "fly.panel")


@pytest.fixture
def planned(window, small_mission, small_plan):
    window.planning.drafts_wanted = False
    window.session.open(small_mission, None, small_plan)
    window.planning.done.emit(small_plan)
    return window


def part_of_map(window: MainWindow) -> float:
    view = window.map.view
    return view.width() * view.height() / (window.width() * window.height())


@pytest.mark.parametrize(
    ("size", "least"), [((1280, 760), 0.5), ((960, 540), 0.4), ((1920, 1040), 0.4)]
)
def test_the_map_has_room_after_a_plan(planned, qtbot, size, least):
    planned.resize(*size)
    planned.reset_layout()
    planned.docks.bring("result")
    qtbot.wait(50)
    assert (planned.width(), planned.height()) == size  # nothing makes it larger
    assert part_of_map(planned) > least
    assert planned.result_panel.isVisible()


def test_panels_follow_the_width_until_somebody_moves_one(planned, qtbot):
    planned.resize(1280, 760)
    planned.reset_layout()
    left = Qt.DockWidgetArea.LeftDockWidgetArea
    assert planned.dockWidgetArea(planned.docks["result"]) == left
    planned.resize(1700, 1000)
    qtbot.wait(20)
    assert planned.dockWidgetArea(planned.docks["result"]) != left
    planned.addDockWidget(left, planned.docks["fly"])
    planned.resize(1280, 760)
    qtbot.wait(20)
    assert planned.dockWidgetArea(planned.docks["result"]) != left


def test_each_arrangement_has_one_row_of_tabs(planned, qtbot):
    direct = Qt.FindChildOption.FindDirectChildrenOnly

    def rows() -> int:
        qtbot.wait(20)
        bars = planned.findChildren(QTabBar, options=direct)
        return sum(bar.isVisible() and bar.count() > 0 for bar in bars)

    for width in (1280, 1700, 1280):
        planned.resize(width, 800)
        planned.reset_layout()
        assert rows() == 1
    planned.reset_layout()
    assert rows() == 1


@pytest.mark.parametrize("width", [1920, 1280, 890, 640])
def test_no_tool_falls_off_the_bar(window, qtbot, width):
    window.resize(width, 700)
    qtbot.wait(30)
    bar = window.tool_bar
    for name in CHIEF:
        button = bar.widgetForAction(window.actions_table[name])
        assert isinstance(button, QToolButton)
        assert not button.visibleRegion().isEmpty(), name
    assert bar.sizeHint().width() <= bar.width()


def test_the_first_window_fits_its_screen(window):
    screen = window.screen().availableGeometry()
    assert window.width() <= screen.width()
    assert window.height() <= screen.height()
    smallest = window.minimumSizeHint()
    assert smallest.width() <= 960
    assert smallest.height() <= 540


def test_the_timeline_is_one_line_or_a_chart_with_a_lane_for_each_of_ten(
    window, qtbot, small_mission
):
    uavs = tuple(replace(small_mission.uavs[0], id=f"surveyor-{k}") for k in range(10))
    mission = replace(small_mission, uavs=uavs)
    window.planning.drafts_wanted = False
    window.session.open(mission, None, simple_plan(mission))
    window.docks["timeline"].show()
    window.resize(1280, 760)
    window.reset_layout()
    assert not window.timeline.chart.isVisible()
    assert window.docks["timeline"].height() < 70
    QTest.mouseClick(window.timeline.slider, LEFT, pos=window.timeline.slider.rect().center())
    window.timeline.slider.setValue(500)
    assert window.session.time_s is not None
    QTest.mouseClick(window.timeline.opener, LEFT)
    qtbot.wait(20)
    chart = window.timeline.chart
    assert chart.isVisible()
    last = chart.plot().bottom() + 6 + 10 * chart.lane_px()
    assert last <= chart.height() - 18 + 1  # over the axis
    assert chart.fontMetrics().horizontalAdvance("surveyor-9") < chart.left_px()


def test_play_becomes_pause_and_back(planned):
    planned.docks["timeline"].show()
    action = planned.actions_table["view.play"]
    QTest.keyClick(planned, Qt.Key.Key_Space, CTRL)
    assert action.text() == "&Pause the flight"
    QTest.keyClick(planned, Qt.Key.Key_Space, CTRL)
    assert action.text() == "&Play the flight"


def drop(window, path) -> None:
    """Drop a file on the map as a file manager does: the event goes to what lies there."""
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path))])
    port, at = window.map.view.viewport(), QPoint(50, 50)
    keys, copy = Qt.KeyboardModifier.NoModifier, Qt.DropAction.CopyAction
    enter = QDragEnterEvent(at, copy, mime, LEFT, keys)
    QApplication.sendEvent(port, enter)
    assert enter.isAccepted()
    event = QDropEvent(QPointF(at), copy, mime, LEFT, keys)
    QApplication.sendEvent(port, event)
    assert event.isAccepted()


def test_a_file_dropped_on_the_map_opens(window, tmp_path, small_mission):
    engine.save_mission(tmp_path / "m.json", small_mission)
    drop(window, tmp_path / "m.json")
    assert window.session.mission == small_mission


def test_dots_of_photos_stay_dots_under_a_large_scale(qapp, small_plan):
    """Bands from edge to edge were painted where a pen of pixels met a scale of millions."""
    from gui.map.mercator import Projection
    from gui.map.photos import photos_of
    from gui.tracks import tracks_of

    tracks = tracks_of(small_plan, Projection())
    photos = photos_of(small_plan, tracks)[0]
    assert isinstance(photos, Photos)
    pixmap = QPixmap(300, 300)
    pixmap.fill(Qt.GlobalColor.white)
    x, y = photos.points[len(photos.points) // 2]
    scale = 2.0**19
    painter = QPainter(pixmap)
    painter.translate(150 - x * scale, 150 - y * scale)
    painter.scale(scale, scale)
    photos._paint_places(painter, np.arange(len(photos.points)))
    painter.end()
    image = pixmap.toImage()
    inked = sum(
        image.pixelColor(a, b) != Qt.GlobalColor.white for a in range(300) for b in range(300)
    )
    assert 9 <= inked < 60 * len(photos.points)
    row = sum(image.pixelColor(a, 150) != Qt.GlobalColor.white for a in range(300))
    assert row < 100


def geotiff(path):
    import rasterio
    from rasterio import Affine

    with rasterio.open(
        path, "w", driver="GTiff", width=8, height=8, count=3, dtype="uint8", crs="EPSG:4326",
        transform=Affine(0.0125, 0.0, 10.0, 0.0, -0.0125, 50.1),
    ) as file:  # fmt: skip
        file.write(np.full((3, 8, 8), 90, dtype=np.uint8))


def test_own_maps_survive_a_restart_and_do_not_move_the_view(planned, settings, qtbot, tmp_path):
    geotiff(tmp_path / "farm.tif")
    before = planned.map.view.middle()
    planned.sources.add_file(tmp_path / "farm.tif")
    assert planned.map.view.middle() == before
    again = MainWindow(settings, data=tmp_path / "d2", cache=tmp_path / "c2", command=FAKE_WORKER)
    qtbot.addWidget(again)
    assert again.backgrounds.files == [tmp_path / "farm.tif"]
    (tmp_path / "farm.tif").unlink()
    third = MainWindow(settings, data=tmp_path / "d3", cache=tmp_path / "c3", command=FAKE_WORKER)
    qtbot.addWidget(third)
    assert third.backgrounds.files == []
    planned.actions_table.trigger("map.remove")
    assert settings.map_files == []


def test_satellite_pictures_are_offered_first_with_their_terms(tmp_path, qapp, window):
    from gui.map.providers import offered

    assert offered()[0].id == "Esri.WorldImagery"
    assert all(provider.terms.startswith("https://") for provider in offered())
    window.backgrounds.provider_id = "Esri.WorldImagery"
    window.actions_table.refresh()
    window.actions_table.trigger("map.terms")
    box = window.findChild(QMessageBox)
    assert "esri.com" in box.text()
    box.close()
    window.backgrounds.provider_id = "none"


def test_a_plan_in_the_making_is_asked_about(window, qtbot, small_mission, monkeypatch):
    window.planning.drafts_wanted = False
    window.session.open(replace(small_mission, name="slow"), None)
    with qtbot.waitSignal(window.planning.progress, timeout=10000):
        window.planning.plan()
    asked: list[str] = []
    buttons = QMessageBox.StandardButton

    def refuse(_parent, _title, words, *_rest):
        asked.append(words)
        return buttons.Cancel

    monkeypatch.setattr(QMessageBox, "question", refuse)
    QTest.keyClick(window, Qt.Key.Key_Q, CTRL)
    assert window.isVisible()
    assert asked == ["A plan is being made. Closing ends it."]
    monkeypatch.undo()
    window.planning.cancel()


def test_recent_files_close_and_preferences_are_where_they_are_looked_for(
    window, tmp_path, small_mission
):
    engine.save_mission(tmp_path / "field.json", small_mission)
    assert window.files.open(tmp_path / "field.json")
    (entry,) = window.recent.actions()
    assert "field.json" in entry.text()
    QTest.keyClick(window, Qt.Key.Key_W, CTRL)
    assert window.session.mission.area == ()
    entry.trigger()
    assert window.session.mission == small_mission
    QTest.keyClick(window, Qt.Key.Key_Comma, CTRL)
    dialog = window.findChild(PreferencesDialog)
    QTest.mouseClick(dialog.field_mode, LEFT)
    assert window.settings.field_mode
    QTest.mouseClick(dialog.field_mode, LEFT)
    dialog.theme.setCurrentIndex(dialog.theme.findData("contrast"))
    dialog.theme.activated.emit(3)
    assert window.theme.text == "#000000"
    dialog.close()
    window.settings.theme = "light"


def test_a_sheet_is_printed_with_the_map_and_the_figures(qapp, tmp_path):
    from PySide6.QtPrintSupport import QPrinter

    from gui.printing import paint_sheet

    printer = QPrinter(QPrinter.PrinterMode.ScreenResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "sheet.pdf"))
    picture = QPixmap(400, 300)
    picture.fill(Qt.GlobalColor.green)
    paint_sheet(printer, picture, "Planned and checked")
    assert (tmp_path / "sheet.pdf").read_bytes().startswith(b"%PDF")


def test_in_field_mode_what_is_pressed_is_48_pixels_high(planned, qtbot):
    planned.settings.field_mode = True
    qtbot.wait(50)
    try:
        buttons = [planned.plan_bar.go, planned.fly_panel.upload, planned.fly_panel.watch]
        buttons += [planned.tool_bar.widgetForAction(planned.actions_table[n]) for n in CHIEF]
        buttons += planned.corner_bar.buttons
        for button in buttons:
            assert button.sizeHint().height() >= 48 or button.height() >= 48, button.text()
    finally:
        planned.settings.field_mode = False


def test_a_screen_reader_has_a_name_for_every_control(planned):
    nameless = []
    for kind in (QAbstractButton, QLineEdit, QComboBox, QSlider):
        for widget in planned.findChildren(kind):
            qt_own = widget.metaObject().className() == "QLineEditIconButton"
            inner = (
                qt_own
                or widget.objectName().startswith("qt_")
                or isinstance(widget.parent(), QComboBox)
            )
            text = widget.text() if isinstance(widget, QAbstractButton) else ""
            if not inner and not (widget.accessibleName() or text):
                nameless.append(f"{widget.metaObject().className()} in {widget.parent()!r}")
    assert nameless == []


def test_a_sheet_is_looked_at_before_it_is_printed(planned, qtbot):
    from PySide6.QtPrintSupport import QPrintPreviewDialog, QPrintPreviewWidget

    planned.actions_table.trigger("file.preview")
    dialog = planned.findChild(QPrintPreviewDialog)
    qtbot.waitUntil(dialog.isVisible, timeout=3000)
    sheet = dialog.findChild(QPrintPreviewWidget)
    sheet.updatePreview()
    assert sheet.pageCount() == 1
    dialog.close()


@pytest.fixture
def language(request, qapp) -> Iterator[str]:
    translators = install_language(qapp, request.param)
    yield request.param
    for translator in translators:
        QCoreApplication.removeTranslator(translator)


@pytest.mark.parametrize("language", ["en", "de"], indirect=True)
def test_no_step_is_wider_than_the_panels_first_width(language, window, small_mission):
    """What is wider is cut at its right: the units first."""
    window.session.open(small_mission, None)
    scrolled = window.steps.currentWidget()
    assert isinstance(scrolled, QScrollArea)
    bar = scrolled.verticalScrollBar().sizeHint().width()
    for panel in (
        window.area_panel, window.fleet_panel, window.flight_panel, window.planner_panel,
    ):  # fmt: skip
        assert panel.minimumSizeHint().width() <= SIDE_PX - bar, type(panel).__name__
