"""Camera and gimbal of a simulated vehicle, for which its autopilot answers."""

import math
from dataclasses import dataclass

from mcpp.link.wire import Message, dialect


@dataclass(slots=True)
class SimCamera:
    """A camera on a gimbal.

    Attributes
    ----------
    free_mib, storage
        Room on its storage, MiB, and its STORAGE_STATUS.
    low_deg, high_deg
        How far its gimbal tilts.
    """

    width_px: int = 5472
    height_px: int = 3648
    free_mib: float = 60_000.0
    storage: int = dialect.STORAGE_STATUS_READY
    low_deg: float = -95.0
    high_deg: float = 30.0

    def information(self) -> Message:
        """Tell what it is."""
        return dialect.MAVLink_camera_information_message(
            0, _padded(b"mcpp"), _padded(b"simulated"), 0, 8.8, 13.2, 8.8,
            self.width_px, self.height_px, 0, dialect.CAMERA_CAP_FLAGS_CAPTURE_IMAGE, 0, b"",
        )  # fmt: skip

    def room(self) -> Message:
        """Tell what its storage holds."""
        total = max(self.free_mib, 64_000.0)
        return dialect.MAVLink_storage_information_message(
            0, 1, 1, self.storage, total, total - self.free_mib, self.free_mib, 0.0, 0.0
        )

    def gimbal(self) -> Message:
        """Tell how its gimbal tilts."""
        low, high = math.radians(self.low_deg), math.radians(self.high_deg)
        flags = dialect.GIMBAL_MANAGER_CAP_FLAGS_HAS_PITCH_AXIS
        return dialect.MAVLink_gimbal_manager_information_message(
            0, flags, 1, 0.0, 0.0, low, high, 0.0, 0.0
        )


def _padded(text: bytes) -> list[int]:
    return list(text.ljust(32, b"\x00"))
