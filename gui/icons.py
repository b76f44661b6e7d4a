"""Line icons in the colours of the theme, drawn from short SVG paths on a grid of 24 by 24."""

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from gui.theme import Theme

_PATHS = {
    "new": '<path d="M6 3h8l4 4v14H6z"/><path d="M14 3v4h4M12 11v6M9 14h6"/>',
    "open": '<path d="M3 19V5h6l2 3h9v3"/><path d="M3 19l3-8h16l-3 8z"/>',
    "save": '<path d="M4 4h13l3 3v13H4z"/><path d="M8 4v6h8V4M8 20v-6h8v6"/>',
    "undo": '<path d="M9 5L4 10l5 5"/><path d="M4 10h9a6 6 0 0 1 0 12h-3"/>',
    "redo": '<path d="M15 5l5 5-5 5"/><path d="M20 10h-9a6 6 0 0 0 0 12h3"/>',
    "select": '<path d="M6 3l12 9-6 1-3 7z"/>',
    "area": '<path d="M4 8l8-5 8 6-3 11H6z"/>',
    "area-rectangle": '<path d="M4 6h16v12H4z"/>',
    "area-circle": '<circle cx="12" cy="12" r="8.5"/>',
    "corridor": '<path d="M3 15l6-7 6 4 5-8"/><path d="M4 20l6-7 6 4 5-8"/>',
    "orbit": '<circle cx="12" cy="12" r="2.5"/><path d="M18 6a8.500 8.500 0 1 0 2.500 6"/>'
    '<path d="M18 2v4h-4"/>',
    "perimeter": '<path d="M8 8h8v8H8z"/><path d="M20 8V4H4v16h16v-8"/><path d="M17 14l3-3 3 3"/>',
    "facade": '<path d="M5 4v16"/><path d="M5 8l-3 2M5 14l-3 2M12 4v16h5V4h4v16"/>',
    "crew": '<path d="M3 16l4-7h13l-3 7z"/><path d="M9 16V4l6 2.500-6 2.500M3 20h14"/>',
    "crew-rectangle": '<path d="M3 11h18v9H3z"/><path d="M9 16V3l7 2.500-7 2.500"/>',
    "crew-circle": '<ellipse cx="12" cy="16" rx="9" ry="5"/><path d="M10 16V3l7 2.500-7 2.500"/>',
    "zone": '<path d="M4 8l8-5 8 6-3 11H6z"/><path d="M8 9l8 8M16 9l-8 8"/>',
    "zone-rectangle": '<path d="M4 6h16v12H4z"/><path d="M9 9l6 6M15 9l-6 6"/>',
    "zone-circle": '<circle cx="12" cy="12" r="8.5"/><path d="M6 6l12 12"/>',
    "uav": '<circle cx="6" cy="6" r="3"/><circle cx="18" cy="6" r="3"/>'
    '<circle cx="6" cy="18" r="3"/><circle cx="18" cy="18" r="3"/><path d="M8 8l8 8M16 8l-8 8"/>',
    "datum": '<circle cx="12" cy="12" r="6"/><path d="M12 2v7M12 15v7M2 12h7M15 12h7"/>',
    "measure": '<path d="M3 16L16 3l5 5L8 21z"/><path d="M7 12l2 2M10 9l2 2M13 6l2 2"/>',
    "plan": '<path d="M4 20V5h4v15h4V5h4v15h4V5"/>',
    "cancel": '<path d="M6 6l12 12M18 6L6 18"/>',
    "export": '<path d="M12 3v12M8 7l4-4 4 4"/><path d="M5 13v7h14v-7"/>',
    "fly": '<path d="M3 11l18-8-7 18-3-8z"/>',
    "play": '<path d="M7 4l13 8-13 8z"/>',
    "pause": '<path d="M8 4v16M16 4v16"/>',
    "recall": '<path d="M4 12l8-8 8 8"/><path d="M7 10v10h10V10"/>',
    "fit": '<path d="M3 9V3h6M15 3h6v6M21 15v6h-6M9 21H3v-6"/>',
    "zoom-in": '<path d="M12 5v14M5 12h14"/>',
    "zoom-out": '<path d="M5 12h14"/>',
    "layers": '<path d="M12 3l9 5-9 5-9-5z"/><path d="M3 13l9 5 9-5"/>',
    "map": '<path d="M3 6l6-2 6 2 6-2v14l-6 2-6-2-6 2z"/><path d="M9 4v14M15 6v14"/>',
    "delete": '<path d="M4 6h16M9 6V3h6v3M6 6l1 15h10l1-15M10 10v7M14 10v7"/>',
    "edit": '<path d="M4 20l1-5L16 4l4 4L9 19z"/>',
    "sample": '<path d="M12 3l3 6 6 1-4.500 4.500 1 6.500-5.500-3-5.500 3 1-6.500L3 10l6-1z"/>',
    "recover": '<path d="M4 12a8 8 0 1 0 3-6"/><path d="M4 4v5h5M12 8v5l3 2"/>',
    "search": '<circle cx="10" cy="10" r="6"/><path d="M15 15l6 6"/>',
    "report": '<path d="M5 3h14v18H5z"/><path d="M9 16v-4M12 16V8M15 16v-6"/>',
    "picture": '<path d="M3 5h18v14H3z"/><path d="M3 17l6-6 4 4 3-3 5 5"/>',
}


def names() -> tuple[str, ...]:
    """List the icons."""
    return tuple(_PATHS)


def icon(name: str, theme: Theme) -> QIcon:
    """Draw an icon: plain, chosen and switched off."""
    result = QIcon()
    for mode, state, colour in (
        (QIcon.Mode.Normal, QIcon.State.Off, theme.text),
        (QIcon.Mode.Normal, QIcon.State.On, theme.accent_text),
        (QIcon.Mode.Disabled, QIcon.State.Off, theme.line),
    ):
        for side in (20, 40):
            result.addPixmap(pixmap(name, colour, QSize(side, side)), mode, state)
    return result


def pixmap(name: str, colour: str, size: QSize) -> QPixmap:
    """Draw an icon in one colour."""
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="none" '
        f'stroke="{colour}" stroke-width="1.8" stroke-linecap="round" stroke-linejoin="round">'
        f"{_PATHS[name]}</svg>"
    )
    result = QPixmap(size)
    result.fill(Qt.GlobalColor.transparent)
    painter = QPainter(result)
    renderer = QSvgRenderer(QByteArray(svg.encode()))
    renderer.render(painter, QRectF(0, 0, size.width(), size.height()))
    painter.end()
    return result
