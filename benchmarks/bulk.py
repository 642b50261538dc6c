"""Bulk issuing as its operator runs it, against OpenSSL and against the plain way.

`shikaku issue LIST` is run as a command over a million people: interpreter, list in,
validated, intents, signatures, record, log, result file out. CPU is that of the command
and all of its processes (getrusage), wall time from start to end, memory the peak of
what is their own (RssAnon of all, sampled): pages of the database file that they map
are the system's. `openssl speed` gives the P-256 signatures that one core makes:
before, between and after the runs, and the mean counts. The plain loop runs in this
process; like the run it gives each paper a serial and a place, keeps what finds it
again, and writes a result file.
"""

import os
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import mean
from tempfile import TemporaryDirectory
from threading import Event, Thread

from cryptography.hazmat.primitives.asymmetric import ec

from backend.storage.sqlite.store import SqliteStore
from benchmarks import plain
from benchmarks.measuring import descendants
from benchmarks.small_house import INSURER, fill

FEW, MANY, PLAIN_PEOPLE = 10_000, 1_000_000, 20_000
_HEADING = "保険者番号,記号,番号,枝番,氏名,氏名カナ,生年月日,性別,マイナ保険証,住所"
_LINE = "{},見本,{},01,見本　花子,ﾐﾎﾝ ﾊﾅｺ,1980-05-05,女,NO_CARD,架空県見本市一丁目1-1"
_SAMPLE_SECONDS = 0.02


@dataclass(frozen=True, slots=True)
class Cost:
    """Of one run: seconds of CPU and of the clock, and bytes at the peak."""

    people: int
    cpu: float
    wall: float
    peak: int

    @property
    def per_core_second(self) -> float:
        """Certificates for each second of CPU."""
        return self.people / self.cpu

    @property
    def per_second(self) -> float:
        """Certificates for each second of the clock."""
        return self.people / self.wall


@dataclass(frozen=True, slots=True)
class Runs:
    """A small and a large run; per core second OpenSSL's signatures, plain papers."""

    few: Cost
    many: Cost
    openssl: float
    plain: float


def measure() -> Runs:
    """Measure all of it, one after another."""
    rates = [openssl_rate()]
    few = issue(FEW)
    rates.append(openssl_rate())
    many = issue(MANY)
    rates.append(openssl_rate())
    return Runs(few, many, mean(rates), plain_rate())


def openssl_rate() -> float:
    """P-256 signatures a second on one core, by `openssl speed`."""
    told = subprocess.run(
        ["openssl", "speed", "-seconds", "2", "ecdsap256"],
        capture_output=True,
        text=True,
        check=True,
    )
    return float(told.stdout.splitlines()[-1].split()[-2])


def issue(people: int) -> Cost:
    """Issue to so many people, registered beforehand, by the command."""
    with TemporaryDirectory(prefix="shikaku-bulk-") as name:
        folder = Path(name)
        environment = os.environ | {
            "SHIKAKU_DATA_DIR": str(folder / "var"),
            "SHIKAKU_KEYS_DIR": str(folder / "keys"),
            "SHIKAKU_APPROVAL_ABOVE": "999999999",
            "PYTHONPATH": str(Path.cwd()),
        }
        _stock(folder, people, environment)
        return _measured(folder, people, environment)


def _stock(folder: Path, people: int, environment: dict[str, str]) -> None:
    named = ("--name", "架空協会けんぽ", "--contact", "00-0000-0001")
    for command in (("init",), ("enrol", "insurer", INSURER.digits, *named)):
        subprocess.run(
            _shikaku(*command), env=environment, check=True, stdout=subprocess.DEVNULL
        )
    store = SqliteStore(folder / "var" / "shikaku.db")
    fill(store, people)
    store.close()
    _write_list(folder / "list.csv", people)


def _write_list(path: Path, people: int) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(f"{_HEADING}\r\n")
        file.writelines(f"{_LINE.format(INSURER.digits, n)}\r\n" for n in range(people))


def _measured(folder: Path, people: int, environment: dict[str, str]) -> Cost:
    command = _shikaku("issue", "list.csv", "--insurer", INSURER.digits, "--json")
    used, started = _children_cpu(), time.perf_counter()
    working = subprocess.Popen(
        command, env=environment, cwd=folder, stdout=subprocess.DEVNULL
    )
    with _Peak(working.pid) as peak:
        status = working.wait()
    wall, cpu = time.perf_counter() - started, _children_cpu() - used
    lines = (folder / "list.result.csv").read_bytes().count("交付 issued".encode())
    if status or lines != people:
        raise RuntimeError(f"the run ended with {status}, {lines} of {people} issued")
    return Cost(people, cpu, wall, peak.bytes)


def _shikaku(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "backend.cli.main", *arguments]


def _children_cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


class _Peak:
    """The most memory that a process and its children had as their own, while open."""

    def __init__(self, pid: int) -> None:
        self.bytes = 0
        self._pid = pid
        self._end = Event()
        self._thread = Thread(target=self._watch)

    def __enter__(self) -> "_Peak":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._end.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._end.wait(_SAMPLE_SECONDS):
            self.bytes = max(self.bytes, sum(_own_bytes(self._pid)))


def _own_bytes(pid: int) -> Iterator[int]:
    for one in (pid, *descendants(pid)):
        try:
            status = Path(f"/proc/{one}/status").read_text()
        except (FileNotFoundError, ProcessLookupError):
            continue
        for line in status.splitlines():
            if line.startswith("RssAnon:"):
                yield int(line.split()[1]) * 1024


def plain_rate() -> float:
    """Certificates for each second of CPU by the plain way, in this process."""
    with TemporaryDirectory(prefix="shikaku-plain-") as name:
        folder, key = Path(name), ec.generate_private_key(ec.SECP256R1())
        files = folder / "list.csv", folder / "plain.db", folder / "result.csv"
        _write_list(files[0], PLAIN_PEOPLE)
        started = time.process_time()
        plain.issue(*files, key)
        cpu = time.process_time() - started
        if files[2].read_text().count("issued") != PLAIN_PEOPLE:
            raise RuntimeError("the plain way did not issue all")
        return PLAIN_PEOPLE / cpu
