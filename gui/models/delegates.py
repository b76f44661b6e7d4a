"""Editors in tables: a list where a value is one of a few."""

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex
from PySide6.QtWidgets import QComboBox, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from gui.models.uavs import UavsModel

Index = QModelIndex | QPersistentModelIndex


class ChoiceDelegate(QStyledItemDelegate):
    """Edits choices of the fleet's table by a combo box, all else by a line."""

    def __init__(self, model: UavsModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._model = model

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        field = self._model.fields[index.column()]
        if field.choices is None:
            return super().createEditor(parent, option, index)
        box = QComboBox(parent)
        if field.optional:
            box.addItem(field.empty, "")
        for choice in field.choices():
            box.addItem(field.name_of(choice), choice)
        return box

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        if isinstance(editor, QComboBox):
            text = index.data(2)  # what is edited, not what is shown
            editor.setCurrentIndex(max(editor.findData(text), 0))
        else:
            super().setEditorData(editor, index)

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        if isinstance(editor, QComboBox):
            model.setData(index, editor.currentData())
        else:
            super().setModelData(editor, model, index)
