"""Colours and shapes of the windows, light and dark; colours of the fleet for every eye."""

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from mcpp.report.colors import CREW_COLOR, UAV_COLORS, uav_color
from mcpp.resources import asset

RED, RED_OVER = "#b3261e", "#8f1d17"
"""Of what stops vehicles in the air: the same in all themes, with white words."""


@dataclass(frozen=True, slots=True)
class Theme:
    """Named colours."""

    dark: bool
    window: str
    panel: str
    field: str
    line: str
    text: str
    quiet: str
    accent: str
    accent_text: str
    error: str
    warning: str
    good: str
    map_ground: str
    map_grid: str
    area: str
    zone: str
    crew: str
    halo: str


LIGHT = Theme(
    dark=False,
    window="#eef1f4",
    panel="#f8f9fb",
    field="#ffffff",
    line="#cfd6dd",
    text="#18222c",
    quiet="#566371",
    accent="#0b62a8",
    accent_text="#ffffff",
    error="#b3261e",
    warning="#8a5300",
    good="#1b6e3c",
    map_ground="#e6ebe4",
    map_grid="#c9d1c6",
    area="#123a5a",
    zone="#b3261e",
    crew=CREW_COLOR,
    halo="#ffffff",
)
DARK = Theme(
    dark=True,
    window="#171c22",
    panel="#1e252d",
    field="#12171c",
    line="#38434e",
    text="#e6ebf0",
    quiet="#9fadba",
    accent="#4aa3e0",
    accent_text="#06141f",
    error="#ff8a80",
    warning="#f0b458",
    good="#6fcf97",
    map_ground="#20272c",
    map_grid="#323c43",
    area="#cfe6f8",
    zone="#ff7a70",
    crew="#c3b2f5",
    halo="#0d1215",
)


CONTRAST = Theme(
    dark=False,
    window="#ffffff",
    panel="#ffffff",
    field="#ffffff",
    line="#000000",
    text="#000000",
    quiet="#000000",
    accent="#00308f",
    accent_text="#ffffff",
    error="#a00000",
    warning="#5c3200",
    good="#004d1a",
    map_ground="#ffffff",
    map_grid="#7a7a7a",
    area="#000000",
    zone="#a00000",
    crew="#3b1f7a",
    halo="#ffffff",
)
"""For the sun on the screen: black on white, each pair at a contrast of 7 to 1 or more."""
TOUCH_PX = 48
"""Smallest side of what a gloved finger has to hit."""


def theme_of(name: str) -> Theme:
    """Give the theme called ``light``, ``dark`` or ``contrast``, or the system's."""
    if name == "system":
        hints = QGuiApplication.styleHints()
        name = "dark" if hints.colorScheme() == Qt.ColorScheme.Dark else "light"
    return {"dark": DARK, "contrast": CONTRAST}.get(name, LIGHT)


def uav_colour(index: int) -> QColor:
    """Colour of a UAV, told apart by colour-blind eyes; beyond ten, darker and lighter ones."""
    colour = QColor(uav_color(index))
    turn = index // len(UAV_COLORS)
    if turn == 0:
        return colour
    return colour.darker(100 + 40 * turn) if turn % 2 else colour.lighter(100 + 30 * turn)


def apply_theme(app: QApplication, theme: Theme, *, field_mode: bool = False) -> None:
    """Dress all windows, if they are not dressed so already: it takes a while.

    Parameters
    ----------
    field_mode
        Whether all that is pressed is large enough for gloves.
    """
    sheet = _sheet(theme) + (_TOUCH if field_mode else "")
    if app.styleSheet() != sheet:
        app.setStyle("Fusion")
        app.setPalette(_palette(theme))
        app.setStyleSheet(sheet)


_TOUCH = f"""
    QPushButton, QLineEdit, QComboBox, QSpinBox {{ min-height: {TOUCH_PX - 14}px; }}
    QPushButton {{ padding: 6px 14px; min-width: {TOUCH_PX - 30}px; }}
    QPushButton[small="true"] {{ padding: 6px 10px; }}
    QToolButton {{ min-height: {TOUCH_PX - 10}px; min-width: {TOUCH_PX - 16}px; }}
    QCheckBox {{ min-height: {TOUCH_PX}px; }}
    QCheckBox::indicator {{ width: 26px; height: 26px; }}
    QTabBar::tab, QMenuBar::item, QMenu::item {{ padding-top: 14px; padding-bottom: 14px; }}
    QListView::item {{ min-height: {TOUCH_PX}px; }}
    QScrollBar:vertical {{ width: 22px; }}
    QSlider::handle:horizontal {{ width: 30px; }}
"""


def _palette(theme: Theme) -> QPalette:
    role = QPalette.ColorRole
    palette = QPalette()
    for which, colour in {
        role.Window: theme.window,
        role.WindowText: theme.text,
        role.Base: theme.field,
        role.AlternateBase: theme.panel,
        role.Text: theme.text,
        role.Button: theme.panel,
        role.ButtonText: theme.text,
        role.ToolTipBase: theme.field,
        role.ToolTipText: theme.text,
        role.PlaceholderText: theme.quiet,
        role.Highlight: theme.accent,
        role.HighlightedText: theme.accent_text,
        role.Link: theme.accent,
        role.Mid: theme.line,
        role.Dark: theme.line,
        role.Light: theme.panel,
    }.items():
        palette.setColor(which, QColor(colour))
    for which in (role.WindowText, role.Text, role.ButtonText):
        faded = QColor(theme.quiet)
        faded.setAlpha(150)
        palette.setColor(QPalette.ColorGroup.Disabled, which, faded)
    return palette


def _sheet(t: Theme) -> str:
    shade = "dark" if t.dark else "light"
    arrow, check = (asset(f"gui/{name}-{shade}.svg").as_posix() for name in ("down", "check"))
    return f"""
    QMainWindow::separator {{ background: {t.window}; width: 4px; height: 4px; }}
    QToolBar {{ background: {t.panel}; border: none; border-bottom: 1px solid {t.line};
        padding: 3px 6px; spacing: 2px; }}
    QToolBar::separator {{ background: {t.line}; width: 1px; margin: 6px 5px; }}
    QToolButton {{ border: 1px solid transparent; border-radius: 6px; padding: 4px 7px; }}
    QToolButton[popupMode="1"] {{ padding-right: 20px; }}
    QToolButton::menu-button {{ border: none; width: 16px; }}
    QToolButton::menu-button:hover {{ background: {t.line}; border-top-right-radius: 5px;
        border-bottom-right-radius: 5px; }}
    QToolButton::menu-arrow {{ image: url({arrow}); width: 9px; height: 9px; }}
    QToolButton[framed="true"] {{ background: {t.field}; border-color: {t.line}; }}
    QToolButton:hover {{ background: {t.window}; border-color: {t.line}; }}
    QToolButton:checked {{ background: {t.accent}; color: {t.accent_text}; }}
    QToolButton:focus {{ border-color: {t.accent}; }}
    QPushButton {{ background: {t.field}; border: 1px solid {t.line}; border-radius: 6px;
        padding: 6px 12px; }}
    QPushButton:hover {{ border-color: {t.accent}; }}
    QPushButton:focus {{ border: 1px solid {t.accent}; }}
    QPushButton:checked {{ border: 2px solid {t.accent}; color: {t.accent}; font-weight: bold; }}
    QPushButton:disabled {{ color: {t.quiet}; background: {t.panel}; }}
    QPushButton[accent="true"] {{ background: {t.accent}; color: {t.accent_text};
        border-color: {t.accent}; font-weight: bold; }}
    QPushButton[accent="true"]:disabled {{ background: {t.line}; color: {t.quiet};
        border-color: {t.line}; }}
    QPushButton[small="true"] {{ padding: 4px 8px; }}
    QPushButton[danger="line"] {{ color: {t.error}; border-color: {t.error}; }}
    QToolButton[danger="full"] {{ background: {RED}; color: #ffffff; border-color: {RED};
        font-weight: bold; padding: 4px 14px; }}
    QToolButton[danger="full"]:hover {{ background: {RED_OVER}; }}
    QToolButton[danger="full"]:focus {{ border: 2px solid {t.text}; }}
    QFrame[role="flight"] {{ background: {t.panel}; border: none;
        border-bottom: 3px solid {RED}; }}
    QLineEdit, QComboBox, QSpinBox, QDoubleSpinBox, QPlainTextEdit {{ background: {t.field};
        border: 1px solid {t.line}; border-radius: 5px; padding: 4px 6px;
        selection-background-color: {t.accent}; selection-color: {t.accent_text}; }}
    QLineEdit:focus, QComboBox:focus, QPlainTextEdit:focus {{ border: 1px solid {t.accent}; }}
    QComboBox::drop-down {{ border: none; width: 22px; }}
    QComboBox::down-arrow {{ image: url({arrow}); width: 10px; height: 10px; }}
    QCheckBox::indicator {{ width: 15px; height: 15px; border: 1px solid {t.quiet};
        border-radius: 4px; background: {t.field}; }}
    QCheckBox::indicator:hover, QCheckBox::indicator:focus {{ border-color: {t.accent}; }}
    QCheckBox::indicator:checked {{ background: {t.accent}; border-color: {t.accent};
        image: url({check}); }}
    QCheckBox::indicator:disabled {{ border-color: {t.line}; background: {t.panel}; }}
    QMenu::indicator {{ width: 14px; height: 14px; left: 6px; border: 1px solid {t.line};
        border-radius: 4px; background: {t.field}; }}
    QMenu::indicator:checked {{ background: {t.accent}; border-color: {t.accent};
        image: url({check}); }}
    QScrollBar:vertical {{ background: transparent; width: 10px; margin: 0; }}
    QScrollBar:horizontal {{ background: transparent; height: 10px; margin: 0; }}
    QScrollBar::handle {{ background: {t.map_grid}; border-radius: 4px; margin: 1px; }}
    QScrollBar::handle:vertical {{ min-height: 28px; }}
    QScrollBar::handle:horizontal {{ min-width: 28px; }}
    QScrollBar::handle:hover {{ background: {t.quiet}; }}
    QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
    QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
    QLineEdit[wrong="true"] {{ border: 2px solid {t.error}; padding: 3px 5px; }}
    QLabel[role="error"] {{ color: {t.error}; }}
    QLabel[role="warning"] {{ color: {t.warning}; }}
    QLabel[role="good"] {{ color: {t.good}; }}
    QLabel[role="quiet"] {{ color: {t.quiet}; }}
    QLabel[role="banner"] {{ background: {t.accent}; color: {t.accent_text}; font-weight: bold;
        border-radius: 8px; padding: 8px 14px; }}
    QLabel[role="problem"] {{ background: {t.error}; color: {t.halo}; font-weight: bold;
        border-radius: 8px; padding: 8px 14px; }}
    QLabel[role="title"] {{ font-weight: bold; font-size: 12pt; }}
    QLabel[role="big"] {{ font-weight: bold; font-size: 15pt; }}
    QFrame[role="card"], QWidget[role="card"] {{ background: {t.panel};
        border: 1px solid {t.line}; border-radius: 8px; }}
    QFrame[role="card"] QLabel {{ border: none; background: transparent; }}
    QDockWidget {{ font-weight: bold; }}
    QDockWidget::title {{ background: {t.panel}; padding: 7px 10px;
        border-bottom: 1px solid {t.line}; }}
    QDockWidget > QWidget {{ background: {t.panel}; font-weight: normal; }}
    QScrollArea, QScrollArea > QWidget > QWidget {{ background: {t.panel}; border: none; }}
    QTabWidget::pane {{ border: none; border-top: 1px solid {t.line}; background: {t.panel}; }}
    QTabBar::tab {{ background: transparent; padding: 7px 12px; border: none;
        border-bottom: 3px solid transparent; color: {t.quiet}; }}
    QTabBar::tab:selected {{ color: {t.accent}; border-bottom-color: {t.accent}; }}
    QTabBar::tab:hover {{ color: {t.text}; }}
    QTabBar::tab:focus {{ color: {t.accent}; }}
    QListView::item {{ padding: 3px 2px; }}
    QTableView, QListView, QTreeView {{ background: {t.field}; border: 1px solid {t.line};
        border-radius: 6px; gridline-color: {t.line}; alternate-background-color: {t.panel};
        selection-background-color: {t.accent}; selection-color: {t.accent_text}; }}
    QHeaderView::section {{ background: {t.panel}; color: {t.quiet}; border: none;
        border-bottom: 1px solid {t.line}; padding: 5px 6px; }}
    QTableCornerButton::section {{ background: {t.panel}; border: none; }}
    QProgressBar {{ border: none; border-radius: 4px; background: {t.line}; height: 8px;
        text-align: center; }}
    QProgressBar::chunk {{ background: {t.accent}; border-radius: 4px; }}
    QStatusBar {{ background: {t.panel}; border-top: 1px solid {t.line}; }}
    QStatusBar::item {{ border: none; }}
    QMenuBar {{ background: {t.panel}; }}
    QMenuBar::item {{ padding: 5px 9px; background: transparent; border-radius: 4px; }}
    QMenuBar::item:selected {{ background: {t.accent}; color: {t.accent_text}; }}
    QMenu {{ background: {t.panel}; border: 1px solid {t.line}; padding: 4px; }}
    QMenu::item {{ padding: 6px 26px 6px 28px; border-radius: 4px; }}
    QMenu::item:selected {{ background: {t.accent}; color: {t.accent_text}; }}
    QMenu::item:disabled {{ color: {t.quiet}; }}
    QMenu::separator {{ height: 1px; background: {t.line}; margin: 4px 8px; }}
    QToolTip {{ background: {t.field}; color: {t.text}; border: 1px solid {t.line};
        padding: 4px; }}
    """
