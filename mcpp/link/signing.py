"""MAVLink 2 message signing: the key, and how a link uses it.

Source: mavlink-devguide, `services`/`guide` page "Message Signing (Authentication)".
"""

import hashlib
import logging
import time
from pathlib import Path
from typing import Any

from mcpp.errors import InputError

KEY_BYTES = 32
SIGNING_EPOCH_UNIX_S = 1_420_070_400
"""The signing clock counts tens of microseconds since 1 January 2015, UTC."""

_ALWAYS_ACCEPTED = frozenset({109})  # RADIO_STATUS: the radio itself writes it and has no key
_log = logging.getLogger(__name__)


def key_from_text(text: str) -> bytes:
    """Make the 32 secret bytes out of 64 hexadecimal digits or of a passphrase.

    A passphrase becomes its SHA-256, as ground stations do, so that the same words give the same
    key everywhere.

    Raises
    ------
    InputError
        When the text is empty.
    """
    words = text.strip()
    if not words:
        msg = "signing key: empty; give 64 hexadecimal digits or a passphrase"
        raise InputError(msg)
    if len(words) == 2 * KEY_BYTES:
        try:
            return bytes.fromhex(words)
        except ValueError:
            _log.debug("64 characters that are no hexadecimal number: taken as a passphrase")
    return hashlib.sha256(words.encode()).digest()


def read_key(path: Path) -> bytes:
    """Read a key file: 32 raw bytes, 64 hexadecimal digits or a passphrase.

    Raises
    ------
    InputError
        When the file can not be read, or is empty.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        msg = f"signing key {path}: {error.strerror}; give a file that holds the key"
        raise InputError(msg) from error
    if len(content) == KEY_BYTES:
        return content
    try:
        return key_from_text(content.decode())
    except UnicodeDecodeError as error:
        msg = f"signing key {path}: {len(content)} bytes that are no text; a raw key has 32"
        raise InputError(msg) from error


def sign_with(codec: Any, key: bytes, *, link_id: int) -> None:
    """Make a pymavlink codec sign what it packs and refuse what is not signed with `key`.

    Raises
    ------
    InputError
        When the key has not 32 bytes.
    """
    if len(key) != KEY_BYTES:
        msg = f"signing key: {len(key)} bytes, not {KEY_BYTES}"
        raise InputError(msg)
    signing = codec.signing
    signing.secret_key = key
    signing.sign_outgoing = True
    signing.link_id = link_id
    signing.timestamp = int((time.time() - SIGNING_EPOCH_UNIX_S) * 100_000)
    signing.allow_unsigned_callback = lambda _codec, message_id: message_id in _ALWAYS_ACCEPTED
