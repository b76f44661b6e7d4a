"""Addresses, sockets, a serial line, frames, keys and the log file."""

import hashlib
import os
import time
import tty
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given, strategies as st

from mcpp.errors import InputError, LinkError
from mcpp.link.channel import LISTENED
from mcpp.link.loop import LinkLoop
from mcpp.link.protocol import wait_for
from mcpp.link.signing import key_from_text, read_key
from mcpp.link.tlog import TlogWriter
from mcpp.link.transport import (
    Address,
    Transport,
    open_transport,
    parse_address,
    wait_for_any,
)
from mcpp.link.wire import Codec, Message, dialect
from tests.link_doubles import free_port


def heartbeat() -> Message:
    return dialect.MAVLink_heartbeat_message(2, 12, 0, 0, 3, 3)


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("udp:127.0.0.1:14550", Address("udpin", "127.0.0.1", 14550)),
        ("udp::14550", Address("udpin", "127.0.0.1", 14550)),
        ("udp:14550", Address("udpin", "127.0.0.1", 14550)),
        ("udpin:0.0.0.0:14550", Address("udpin", "0.0.0.0", 14550)),
        ("udpout:10.0.0.2:14550", Address("udpout", "10.0.0.2", 14550)),
        ("tcp:localhost:5760", Address("tcp", "localhost", 5760)),
        ("serial:/dev/ttyUSB0:57600", Address("serial", "/dev/ttyUSB0", 57600)),
        ("udp://127.0.0.1:14550", Address("udpin", "127.0.0.1", 14550)),
    ],
)
def test_addresses_are_read(text: str, address: Address) -> None:
    assert parse_address(text) == address


@pytest.mark.parametrize(
    "text", ["", "udp", "udp:127.0.0.1", "smoke:1:2", "udp:h:0", "tcp:h:70000", "serial:57600"]
)
def test_what_is_no_address_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(InputError, match="link"):
        parse_address(text)


def test_only_loopback_counts_as_loopback() -> None:
    assert parse_address("udp:127.3.2.1:1").loopback
    assert not parse_address("udp:0.0.0.0:1").loopback
    assert not parse_address("udpout:192.168.1.7:1").loopback
    assert not parse_address("serial:/dev/ttyACM0:57600").loopback


def exchange(ground: str, vehicle: str) -> None:
    near = far = None
    try:
        first, second = sorted((ground, vehicle), key=lambda text: "out" in text or "tcp:" in text)
        opened = {first: open_transport(parse_address(first))}
        opened[second] = open_transport(parse_address(second))
        near, far = opened[ground], opened[vehicle]
        deadline = time.monotonic() + 3
        peer_near = peer_far = None
        heard: set[str] = set()
        while heard != {"near", "far"} and time.monotonic() < deadline:
            near.write(b"to far", peer_near)
            far.write(b"to near", peer_far)
            for transport in wait_for_any([near, far], 0.05):
                for data, peer in transport.read():
                    if transport is near:
                        peer_near = peer
                        heard.add("near")
                        assert b"to near" in data
                    else:
                        peer_far = peer
                        heard.add("far")
                        assert b"to far" in data
        assert heard == {"near", "far"}
    finally:
        for end in (near, far):
            if end is not None:
                end.close()


@pytest.mark.parametrize(
    ("ground", "vehicle"),
    [("udp", "udpout"), ("udpout", "udpin"), ("tcp", "tcpin"), ("tcpin", "tcp")],
)
def test_bytes_pass_both_ways(ground: str, vehicle: str) -> None:
    port = free_port()
    exchange(f"{ground}:127.0.0.1:{port}", f"{vehicle}:127.0.0.1:{port}")


def test_a_dead_tcp_peer_is_silence_and_not_an_error_without_end() -> None:
    port = free_port()
    far = open_transport(parse_address(f"tcpin::{port}"))
    near = open_transport(parse_address(f"tcp::{port}"))
    wait_for_any([far], 1)
    far.read()
    far.close()
    for _ in range(5):
        for transport in wait_for_any([near], 0.01):
            assert transport.read() == []
        near.write(b"anybody?", None)
    near.close()


def test_ports_in_use_and_absent_peers_are_told_in_one_line() -> None:
    port = free_port()
    holder = open_transport(parse_address(f"udp::{port}"))
    with pytest.raises(LinkError, match=f"udp:127.0.0.1:{port}: Address already in use"):
        open_transport(parse_address(f"udp::{port}"))
    holder.close()
    with pytest.raises(LinkError, match="refused"):
        open_transport(parse_address(f"tcp::{free_port()}"))
    with pytest.raises(LinkError, match="nowhere"):
        open_transport(parse_address("serial:/dev/nowhere:57600"))


def test_a_serial_line_carries_messages() -> None:
    pytest.importorskip("serial")
    far, near = os.openpty()
    tty.setraw(far)
    loop = LinkLoop()
    try:
        port = loop.open("a", f"serial:{os.ttyname(near)}:57600")
        task = loop.start(port, wait_for(port, lambda m: m.get_type() == "HEARTBEAT", 3.0))
        os.write(far, Codec(7, 1).encode(heartbeat()))
        loop.run([task])
        assert task.result is not None
        assert port.system == 7
        sent = Codec()
        loop.poll()
        assert sent.decode(os.read(far, 500))[0].get_type() == "HEARTBEAT"
    finally:
        loop.close()
        os.close(far)
        os.close(near)


@given(
    st.lists(st.binary(max_size=20), max_size=6),
    st.integers(1, 40),
    st.lists(st.booleans(), min_size=6, max_size=6),
)
def test_messages_survive_noise_and_any_cutting(
    noise: list[bytes], cut: int, spoiled: list[bool]
) -> None:
    sender, receiver = Codec(3, 1), Codec()
    data = b""
    for junk in noise:
        # Noise with no frame marks: a mark in it may rightly swallow what follows.
        data += bytes(byte for byte in junk if byte not in (0xFE, 0xFD)) + sender.encode(
            heartbeat()
        )
    found = []
    for start in range(0, len(data), cut):
        found += receiver.decode(data[start : start + cut])
    assert [message.get_type() for message in found] == ["HEARTBEAT"] * len(noise)
    broken = bytearray(sender.encode(heartbeat()))
    broken[12] ^= 0xFF
    good = sender.encode(heartbeat())
    assert len(Codec().decode(bytes(broken) * sum(spoiled) + good)) == 1


def test_keys_are_hexadecimal_or_a_passphrase_or_raw(tmp_path: Path) -> None:
    key = bytes(range(32))
    assert key_from_text(key.hex()) == key
    assert key_from_text("open sesame\n") == hashlib.sha256(b"open sesame").digest()
    file = tmp_path / "key"
    for content in (key, key.hex().encode() + b"\n"):
        file.write_bytes(content)
        assert read_key(file) == key
    file.write_bytes(b"\xff\xfe\xfd")
    with pytest.raises(InputError, match="3 bytes"):
        read_key(file)
    file.write_bytes(b" ")
    with pytest.raises(InputError, match="empty"):
        read_key(file)
    with pytest.raises(InputError, match="No such file"):
        read_key(tmp_path / "none")


def test_signed_frames_are_refused_without_the_key_replayed_or_unsigned() -> None:
    key = bytes(range(32))
    sender, receiver = Codec(1, 1, key=key), Codec(key=key)
    frame = sender.encode(heartbeat())
    assert len(receiver.decode(frame)) == 1
    assert receiver.decode(frame) == []
    assert receiver.decode(Codec(1, 1).encode(heartbeat())) == []
    assert Codec(key=bytes(32)).decode(sender.encode(heartbeat())) == []
    assert receiver.refused == 2
    with pytest.raises(InputError, match="31 bytes"):
        Codec(key=bytes(31))


def test_the_log_is_read_by_others(tmp_path: Path) -> None:
    from pymavlink import mavutil

    path = tmp_path / "flight.tlog"
    codec = Codec(5, 1)
    with TlogWriter(path) as log:
        for _ in range(3):
            message = heartbeat()
            codec.encode(message)
            log.write(message)
    reader = mavutil.mavlink_connection(str(path))
    types = [reader.recv_match().get_type() for _ in range(3)]
    assert types == ["HEARTBEAT"] * 3
    assert reader.recv_match() is None
    reader.close()
    with pytest.raises(LinkError, match="already"):
        TlogWriter(path)


def fast_telemetry(codec: Codec, count: int) -> bytes:
    attitude = dialect.MAVLink_attitude_quaternion_message(5, 0.5, 0.5, 0.5, 0.5, 0.1, 0.1, 0.1)
    return b"".join(codec.encode(attitude) for _ in range(count))


def test_what_is_not_looked_at_is_counted_and_not_decoded() -> None:
    sender, receiver = Codec(3, 1), Codec()
    data = fast_telemetry(sender, 40) + sender.encode(heartbeat()) + fast_telemetry(sender, 40)
    (message,) = receiver.decode(data, LISTENED)
    assert message.get_type() == "HEARTBEAT"
    assert receiver.heard == {3 << 8 | 1: 81}
    assert receiver.missed == {}
    sender.encode(heartbeat())
    assert receiver.decode(fast_telemetry(sender, 1), LISTENED) == []
    assert receiver.missed == {3 << 8 | 1: 1}


def test_frames_that_come_in_pieces_and_noise_are_cut_alike_whatever_is_wanted() -> None:
    sender = Codec(3, 1)
    data = b"\x00noise" + fast_telemetry(sender, 3) + sender.encode(heartbeat()) + b"\xfd"
    for wanted in (None, LISTENED):
        receiver, found = Codec(), []
        for place in range(0, len(data), 7):
            found += receiver.decode(data[place : place + 7], wanted)
        assert found[-1].get_type() == "HEARTBEAT"
        assert len(found) == (4 if wanted is None else 1)


def test_what_is_let_go_is_not_even_decoded(monkeypatch: pytest.MonkeyPatch) -> None:
    data = fast_telemetry(Codec(3, 1), 20)
    for wanted, count in ((LISTENED, 0), (None, 20)):
        receiver, decoded = Codec(), list[bytes]()
        monkeypatch.setattr(receiver, "_mav", Recorder(decoded))
        receiver.decode(data, wanted)
        assert len(decoded) == count


class Recorder:
    """A decoder that keeps what it is given."""

    def __init__(self, given: list[bytes]) -> None:
        self.given = given

    def decode(self, frame: bytes) -> Message:
        self.given.append(frame)
        return heartbeat()


def reopened(near: Transport, far: Transport) -> None:
    """Have the far end speak until the near end hears it, and the other way round."""
    for ear, mouth in ((near, far), (far, near)):
        for _ in range(600):
            mouth.write(b"again", None)
            if any(data for t in wait_for_any([ear, mouth], 0.01) for data, _ in t.read()):
                break
        else:
            pytest.fail("nothing was heard again")


def test_a_tcp_stream_that_ended_is_opened_again() -> None:
    port = free_port()
    far = open_transport(parse_address(f"tcpin::{port}"))
    near = open_transport(parse_address(f"tcp::{port}"))
    reopened(near, far)
    far.close()
    for _ in range(5):  # nobody there: silence
        near.write(b"anybody?", None)
        assert [t.read() for t in wait_for_any([near], 0.01)] in ([], [[]])
    far = open_transport(parse_address(f"tcpin::{port}"))
    reopened(near, far)
    newer = open_transport(parse_address(f"tcp::{port}"))  # near has gone without a word
    reopened(newer, far)
    for transport in (near, newer, far):
        transport.close()


def test_a_radio_that_is_plugged_in_again_is_opened_under_its_new_name(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    from serial.tools import list_ports

    here: dict[str, str] = {}

    def plug_in(name: str) -> int:
        master, slave = os.openpty()
        tty.setraw(slave)
        here.clear()
        path = tmp_path / name
        path.symlink_to(os.ttyname(slave))
        here[str(path)] = "radio"
        os.close(slave)
        return master

    def comports() -> list[SimpleNamespace]:
        return [SimpleNamespace(device=d, vid=1, pid=2, serial_number="7") for d in here]

    monkeypatch.setattr(list_ports, "comports", comports)
    monkeypatch.setattr("mcpp.link.transport_serial._AGAIN_S", 0.0)
    master = plug_in("ttyUSB0")
    near = open_transport(parse_address(f"serial:{tmp_path / 'ttyUSB0'}:57600"))
    os.write(master, b"first")
    assert near.read() == [(b"first", None)]
    os.close(master)
    (tmp_path / "ttyUSB0").unlink()
    here.clear()
    assert [near.read() for _ in range(3)] == [[]] * 3
    assert near.fileno() == -1
    near.write(b"lost", None)
    master = plug_in("ttyUSB1")
    near.read()
    os.write(master, b"second")
    assert near.read() == [(b"second", None)]
    near.write(b"answer", None)
    assert os.read(master, 10) == b"answer"
    near.close()
    assert near.read() == []
    os.close(master)
