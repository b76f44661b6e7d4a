"""Loading a file over HTTP: resumed where it broke off, and there whole or not at all."""

import http.client
import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Protocol
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

from mcpp import DISTRIBUTION
from mcpp.errors import ExportError, LinkError, shown

_CHUNK = 1 << 16
_TIMEOUT_S = 30.0
_WAITS_S = (1.0, 3.0)
"""Pauses before the second and the third attempt."""
MOST_BYTES = 400_000_000
"""A tile of the finest kind has some 50 MB."""
_NOT_THERE = {404, 410}
_MENDED = {408, 429, 500, 502, 503, 504}
"""Answers after which it may go well another time."""

Progress = Callable[[float], None]
"""Takes the part of a file that is there, 0 to 1; raises `Cancelled` to stop."""


class Sleep(Protocol):
    """Waits for so many seconds."""

    def __call__(self, seconds: float, /) -> None: ...


def check_server(address: str) -> str:
    """Return a server's address without a slash at its end.

    Raises
    ------
    LinkError
        When it is no http address.
    """
    parts = urlsplit(address)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        msg = f"terrain server {shown(address)}: give an address as https://HOST/FOLDER"
        raise LinkError(msg)
    return address.rstrip("/")


def load_file(
    address: str, path: Path, on_progress: Progress, *, sleep: Sleep = time.sleep
) -> bool:
    """Load a file from an http address; a broken download goes on where it ended.

    What is there of it so far lies in ``PATH.part``, beside the mark of its version.

    Returns
    -------
    Whether the server has it.

    Raises
    ------
    LinkError
        When the server can not be reached, refuses, or breaks off again and again.
    ExportError
        When the file can not be written.
    """
    for wait_s in (*_WAITS_S, None):
        try:
            return _attempt(address, path, on_progress)
        except HTTPError as error:
            problem, again = f"it answers {error.code} {error.reason}", error.code in _MENDED
        except (URLError, http.client.HTTPException, TimeoutError, ConnectionError) as error:
            problem, again = str(getattr(error, "reason", error)) or type(error).__name__, True
        except OSError as error:
            msg = f"{path}: it can not be written: {error.strerror}"
            raise ExportError(msg) from None
        if wait_s is None or not again:
            break
        sleep(wait_s)
    msg = f"{address}: {problem}: what is there so far is kept, and loaded on from the next time"
    raise LinkError(msg)


def _attempt(address: str, path: Path, on_progress: Progress) -> bool:
    part, mark = path.with_name(path.name + ".part"), path.with_name(path.name + ".version")
    have = part.stat().st_size if part.exists() and mark.exists() else 0
    headers = {"User-Agent": DISTRIBUTION, "Accept-Encoding": "identity"}
    if have:
        headers |= {"Range": f"bytes={have}-", "If-Range": mark.read_text("utf-8")}
    try:
        answer = urlopen(Request(address, headers=headers), timeout=_TIMEOUT_S)
    except HTTPError as error:
        if error.code in _NOT_THERE:
            return False
        if error.code == http.client.REQUESTED_RANGE_NOT_SATISFIABLE:
            part.unlink()  # it is not the file that it was: from the start, the next time
            raise ConnectionError("the file has changed") from None
        raise
    with answer:
        goes_on = answer.status == http.client.PARTIAL_CONTENT
        if goes_on and not answer.headers.get("Content-Range", "").startswith(f"bytes {have}-"):
            raise ConnectionError("it sends another part than was asked for")
        have = have if goes_on else 0
        length = answer.headers.get("Content-Length", "")
        if not length.isdigit() or have + int(length) > MOST_BYTES:
            raise ConnectionError("the size of the file is not told, or far too large")
        total = have + int(length)
        version = answer.headers.get("ETag")
        if version and not version.startswith("W/"):
            mark.write_text(version, "utf-8")
        else:
            mark.unlink(missing_ok=True)
        with part.open("ab" if goes_on else "wb") as file:
            while chunk := answer.read(_CHUNK):
                file.write(chunk)
                have += len(chunk)
                on_progress(have / total)
            file.flush()
            os.fsync(file.fileno())
    if have != total:
        raise ConnectionError(f"it broke off after {have:,} of {total:,} bytes")
    part.replace(path)
    mark.unlink(missing_ok=True)
    return True
