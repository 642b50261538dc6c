"""CPU time of processes, and of one P-256 verification on this machine, now."""

import os
import time
from pathlib import Path
from statistics import median

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec

_TICKS = os.sysconf("SC_CLK_TCK")


def cpu_seconds(pid: int) -> float:
    """User and system time of a process and its children that still live."""
    total = 0.0
    for one in [pid, *descendants(pid)]:
        fields = Path(f"/proc/{one}/stat").read_text().rpartition(")")[2].split()
        total += (int(fields[11]) + int(fields[12])) / _TICKS
    return total


def descendants(pid: int) -> list[int]:
    """The children of a process, and theirs, that live now."""
    try:
        direct = [
            int(child)
            for task in Path(f"/proc/{pid}/task").iterdir()
            for child in (task / "children").read_text().split()
        ]
    except (FileNotFoundError, ProcessLookupError):  # it has ended meanwhile
        return []
    return [one for child in direct for one in (child, *descendants(child))]


def verification_seconds(times: int = 1500, rounds: int = 5) -> float:
    """CPU of one ES256 verification by `cryptography`, the median of some rounds."""
    key = ec.generate_private_key(ec.SECP256R1())
    message = b"one P-256 verification"
    algorithm = ec.ECDSA(hashes.SHA256())
    signature, public = key.sign(message, algorithm), key.public_key()
    taken = []
    for _ in range(rounds):
        started = time.process_time()
        for _ in range(times):
            public.verify(signature, message, algorithm)
        taken.append((time.process_time() - started) / times)
    return median(taken)
