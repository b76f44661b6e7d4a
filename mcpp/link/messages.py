"""The MAVLink dialect that mcpp speaks: pymavlink's `ardupilotmega`, and what it lacks.

pymavlink is generated from ArduPilot's definitions, which have neither the events of PX4 nor the
newest fields of MISSION_CURRENT. Both are added here as mavlink.io's `common` dialect has them;
the extra byte of a checksum follows from the names and types of a message's fields
(mavlink-devguide, `guide/serialization`), so that a test can work it out anew.
"""

import struct
from dataclasses import dataclass
from typing import Any, Final

from pymavlink.dialects.v20 import ardupilotmega

dialect: Any = ardupilotmega
"""The dialect; pymavlink has no types."""

Message = Any
"""A message object of pymavlink's dialect."""

EVENT, CURRENT_EVENT_SEQUENCE, REQUEST_EVENT, RESPONSE_EVENT_ERROR = 410, 411, 412, 413
ARGUMENT_BYTES: Final = 40
"""Length of the arguments of an EVENT."""


@dataclass(frozen=True, slots=True)
class Definition:
    """A message as it lies on the wire.

    Attributes
    ----------
    form
        `struct` form of its fields, in the order of the wire.
    fields
        Type and name of each field in that order; those after `base` are extensions, which do not
        count for the checksum.
    """

    name: str
    number: int
    crc_extra: int
    form: str
    fields: tuple[tuple[str, str], ...]
    base: int


DEFINITIONS: Final = (
    Definition(
        "MISSION_CURRENT", 42, 28, "<HHBBIII",
        (("uint16_t", "seq"), ("uint16_t", "total"), ("uint8_t", "mission_state"),
         ("uint8_t", "mission_mode"), ("uint32_t", "mission_id"), ("uint32_t", "fence_id"),
         ("uint32_t", "rally_points_id")), 1),
    Definition(
        "EVENT", EVENT, 160, "<IIHBBB40s",
        (("uint32_t", "id"), ("uint32_t", "event_time_boot_ms"), ("uint16_t", "sequence"),
         ("uint8_t", "destination_component"), ("uint8_t", "destination_system"),
         ("uint8_t", "log_levels"), ("uint8_t", "arguments")), 7),
    Definition(
        "CURRENT_EVENT_SEQUENCE", CURRENT_EVENT_SEQUENCE, 106, "<HB",
        (("uint16_t", "sequence"), ("uint8_t", "flags")), 2),
    Definition(
        "REQUEST_EVENT", REQUEST_EVENT, 33, "<HHBB",
        (("uint16_t", "first_sequence"), ("uint16_t", "last_sequence"),
         ("uint8_t", "target_system"), ("uint8_t", "target_component")), 4),
    Definition(
        "RESPONSE_EVENT_ERROR", RESPONSE_EVENT_ERROR, 77, "<HHBBB",
        (("uint16_t", "sequence"), ("uint16_t", "sequence_oldest_available"),
         ("uint8_t", "target_system"), ("uint8_t", "target_component"), ("uint8_t", "reason")), 5),
)  # fmt: skip


def _message_class(defined: Definition) -> Any:
    """Make a class of messages as pymavlink's own are."""
    names = [name for _, name in defined.fields]
    packer = struct.Struct(defined.form)

    def begin(self: Any, *values: Any, **named: Any) -> None:
        dialect.MAVLink_message.__init__(self, defined.number, defined.name)
        self._fieldnames = names
        given = dict(zip(names, values, strict=False)) | named
        for name in names:
            setattr(self, name, given.get(name, b"" if name == "arguments" else 0))

    def pack(self: Any, mav: Any, force_mavlink1: bool = False) -> bytes:
        payload = packer.pack(*(getattr(self, name) for name in names))
        frame: bytes = self._pack(mav, defined.crc_extra, payload, force_mavlink1=force_mavlink1)
        return frame

    return type(
        f"MAVLink_{defined.name.lower()}_message",
        (dialect.MAVLink_message,),
        {
            "__init__": begin, "pack": pack, "id": defined.number, "msgname": defined.name,
            "fieldnames": names, "ordered_fieldnames": names,
            "fieldtypes": [kind for kind, _ in defined.fields],
            "orders": list(range(len(names))), "lengths": [1] * len(names),
            "array_lengths": [ARGUMENT_BYTES if name == "arguments" else 0 for name in names],
            "crc_extra": defined.crc_extra, "unpacker": packer,
            "native_format": bytearray(defined.form.encode()),
        },
    )  # fmt: skip


for _defined in DEFINITIONS:
    _made = _message_class(_defined)
    dialect.mavlink_map[_defined.number] = _made
    setattr(dialect, _made.__name__, _made)
    setattr(dialect, f"MAVLINK_MSG_ID_{_defined.name}", _defined.number)
