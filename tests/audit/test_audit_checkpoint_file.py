"""The checkpoint journal: only grows, survives a torn write, names damage by line."""

import os
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from backend.audit.checkpoint_file import (
    Journal,
    append_checkpoint,
    newest_checkpoints,
    read_checkpoints,
)
from backend.domain.errors import MalformedError, NotFoundError, UnavailableError


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "checkpoints"


def test_what_was_appended_is_read_in_order(path: Path) -> None:
    append_checkpoint(path, lambda _: "a.b.c-_")
    append_checkpoint(path, lambda _: "d.e.f")
    assert Journal(("a.b.c-_", "d.e.f"), ()) == read_checkpoints(path)


def test_the_file_is_its_owners_alone(path: Path) -> None:
    append_checkpoint(path, lambda _: "a.b.c")
    assert 0o600 == stat.S_IMODE(path.stat().st_mode)


def test_earlier_lines_are_never_rewritten(path: Path) -> None:
    append_checkpoint(path, lambda _: "a.b.c")
    before, inode = path.read_bytes(), path.stat().st_ino
    append_checkpoint(path, lambda _: "d.e.f")
    assert path.read_bytes().startswith(before)
    assert inode == path.stat().st_ino


def test_the_line_is_on_the_disk_on_return(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[bytes] = []
    fsync = os.fsync

    def watch(descriptor: int) -> None:
        if stat.S_ISREG(os.fstat(descriptor).st_mode):
            synced.append(path.read_bytes())
        fsync(descriptor)

    monkeypatch.setattr(os, "fsync", watch)
    append_checkpoint(path, lambda _: "a.b.c")
    append_checkpoint(path, lambda _: "d.e.f")
    assert [b"a.b.c\n", b"a.b.c\nd.e.f\n"] == synced


def test_a_new_journals_name_is_on_the_disk_as_well(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[str] = []
    fsync = os.fsync

    def watch(descriptor: int) -> None:
        is_file = stat.S_ISREG(os.fstat(descriptor).st_mode)
        synced.append("file" if is_file else "directory")
        fsync(descriptor)

    monkeypatch.setattr(os, "fsync", watch)
    append_checkpoint(path, lambda _: "a.b.c")
    append_checkpoint(path, lambda _: "d.e.f")
    assert ["file", "directory", "file"] == synced


@pytest.mark.parametrize(
    "sealed", ["", "a b", "a\n", "a\nb", "封印", "a#torn", "\x00", "x" * 4097]
)
def test_only_a_sealed_line_is_taken(path: Path, sealed: str) -> None:
    with pytest.raises(MalformedError):
        append_checkpoint(path, lambda _: sealed)
    assert b"" == path.read_bytes()


@pytest.mark.parametrize("tail", [b"", b"x.y", b"x.y#torn\n", b"x#torn\ny#torn\nz"])
def test_the_next_is_made_of_those_before_newest_first(path: Path, tail: bytes) -> None:
    lines = [f"{'a' * 100}.{number}" for number in range(2000)]  # several chunks
    path.write_bytes("".join(f"{it}\n" for it in lines).encode() + tail)
    assert lines[::-1] == list(newest_checkpoints(path))
    append_checkpoint(path, lambda newest: f"{next(newest)}.after")
    append_checkpoint(path, lambda _: None)
    assert (*lines, f"{lines[-1]}.after") == read_checkpoints(path).sealed


def test_only_one_at_a_time_makes_the_next(path: Path) -> None:
    def add_one(_: int) -> None:
        append_checkpoint(path, lambda newest: str(int(next(newest, "0")) + 1))

    with ThreadPoolExecutor(4) as sealers:
        list(sealers.map(add_one, range(40)))
    assert tuple(str(n) for n in range(1, 41)) == read_checkpoints(path).sealed


@pytest.mark.parametrize("tail", [b"d.e", b"d.e.f", b"d.e#to", b"\0\0"])
def test_a_torn_last_line_is_reported_and_closed(path: Path, tail: bytes) -> None:
    append_checkpoint(path, lambda _: "a.b.c")
    with path.open("ab") as file:
        file.write(tail)
    assert Journal(("a.b.c",), (2,)) == read_checkpoints(path)
    append_checkpoint(path, lambda _: "g.h.i")
    append_checkpoint(path, lambda _: "j.k.l")
    assert Journal(("a.b.c", "g.h.i", "j.k.l"), (2,)) == read_checkpoints(path)


def test_a_torn_first_line_is_reported(path: Path) -> None:
    path.write_bytes(b"a.b")
    assert Journal((), (1,)) == read_checkpoints(path)


@pytest.mark.parametrize(
    "damage", [b"", b"d e", b"\xff", b"d.e.f\r", b"#", b"x" * 5000]
)
def test_damage_is_named_by_line(path: Path, damage: bytes) -> None:
    path.write_bytes(b"a.b.c\n" + damage + b"\ng.h.i\n")
    with pytest.raises(MalformedError, match="line 2"):
        read_checkpoints(path)


def test_a_missing_journal_is_said(path: Path) -> None:
    with pytest.raises(NotFoundError):
        read_checkpoints(path)


def test_a_journal_that_cannot_be_reached_is_said(tmp_path: Path) -> None:
    with pytest.raises(UnavailableError):
        read_checkpoints(tmp_path)
    with pytest.raises(UnavailableError):
        append_checkpoint(tmp_path / "missing" / "checkpoints", lambda _: "a.b.c")


_FULL_DISK = """
import resource, signal, sys
from pathlib import Path
from backend.audit.checkpoint_file import append_checkpoint
from backend.domain.errors import UnavailableError
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (8, 8))
try:
    append_checkpoint(Path(sys.argv[1]), lambda _: "d.e.f")
except UnavailableError as error:
    print(error.code)
"""


def test_a_full_disk_is_unavailable_and_loses_nothing(path: Path) -> None:
    append_checkpoint(path, lambda _: "a.b.c")
    ran = subprocess.run(
        [sys.executable, "-c", _FULL_DISK, str(path)],
        capture_output=True,
        text=True,
        check=True,
    )
    assert "unavailable\n" == ran.stdout
    append_checkpoint(path, lambda _: "g.h.i")
    assert Journal(("a.b.c", "g.h.i"), (2,)) == read_checkpoints(path)
