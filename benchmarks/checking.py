"""One check over HTTP: the server's CPU, against a verification and an empty route."""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from statistics import median
from unittest.mock import patch

from cryptography.hazmat.primitives.asymmetric import ec

from backend.app import create_app
from backend.credentials.making_proofs import make_client_assertion, make_dpop
from backend.credentials.presentation import make_presentation
from backend.credentials.signing import LocalSigner, PublicKey
from backend.house import House, open_house
from backend.issuing.tokens import issue_token
from backend.settings import Settings
from backend.storage.rows import Client, ClientKind, Clinic
from backend.system import now, random_bytes
from benchmarks.load import Request, free_port, send_all, wait_until_up
from benchmarks.measuring import cpu_seconds, verification_seconds
from benchmarks.small_house import INSURER, fill, person_id

CHECKS = 2_400  # a round
CONNECTIONS = 64  # a busy morning: the more wait, the more share a commit
ROUNDS = 3
PHONES = CHECKS * ROUNDS + 1  # each shows one code: no key or row is met again
CLINIC = "1312345679"
_VALID = b'"outcome":"valid"'  # a refusal would be cheaper


@dataclass(frozen=True)
class Costs:
    """CPU microseconds of the server: a check, an empty route; of a verification."""

    check: float
    empty: float
    verification: float
    checks_per_second: float
    p256_operations: int


@dataclass(frozen=True)
class _Phone:
    handle: str
    signer: LocalSigner


def measure() -> Costs:
    """Rounds of verification, empty route and check in turn; medians of each."""
    with tempfile.TemporaryDirectory() as folder, _desk(Path(folder)) as desk:
        rounds = [desk.one_round(number) for number in range(ROUNDS)]
        operations = desk.count_operations()
    medians = (median(values) for values in zip(*rounds, strict=True))
    return Costs(*medians, p256_operations=operations)


class _Desk:
    """A clinic's terminal with a pile of phones, in front of both servers."""

    def __init__(
        self, house: House, port: int, pid: int, empty_port: int, empty_pid: int
    ) -> None:
        self._house = house
        self._base = house.settings.base_url
        self._port, self._pid = port, pid
        self._empty_port, self._empty_pid = empty_port, empty_pid
        self._terminal = LocalSigner.of(ec.generate_private_key(ec.SECP256R1()))
        self._phones = [_phone(house, person_id(number)) for number in range(PHONES)]
        client = Client(
            "terminal-bench",
            ClientKind.CLINIC,
            CLINIC,
            "受付",
            self._terminal.public.jwk,
            now(),
        )
        with house.store.transaction() as tx:
            tx.put_clinic(Clinic(CLINIC, "見本内科"))
            tx.put_client(client)

    def one_round(self, number: int) -> tuple[float, float, float, float]:
        verification = verification_seconds()
        empty = self._cost(self._empty_port, self._empty_pid, self._empty_requests())[0]
        requests = self._check_requests(number)
        check, seconds = self._cost(self._port, self._pid, requests, _VALID)
        return check * 1e6, empty * 1e6, verification * 1e6, CHECKS / seconds

    def count_operations(self) -> int:
        """How often one check signs or verifies, counted as it happens."""
        counted = []
        verify, sign = PublicKey.verify, LocalSigner.sign

        def counting_verify(key: PublicKey, message: bytes, signature: bytes) -> bool:
            counted.append("verify")
            return verify(key, message, signature)

        def counting_sign(signer: LocalSigner, message: bytes) -> bytes:
            counted.append("sign")
            return sign(signer, message)

        ((path, headers, body),) = self._check_requests(ROUNDS, 1)
        client = create_app(self._house.rooms).test_client()
        with (
            patch.object(PublicKey, "verify", counting_verify),
            patch.object(LocalSigner, "sign", counting_sign),
        ):
            answer = client.post(path, headers=headers, data=body)
        if answer.status_code != 200:
            raise RuntimeError(f"the check was not answered: {answer.status}")
        return len(counted)

    def _cost(
        self, port: int, pid: int, requests: list[Request], expected: bytes = b""
    ) -> tuple[float, float]:
        started, began = cpu_seconds(pid), time.perf_counter()
        answers = send_all(port, requests, CONNECTIONS)
        seconds = time.perf_counter() - began
        if not all(expected in answer for answer in answers):
            raise RuntimeError("an answer was not the one measured for")
        return (cpu_seconds(pid) - started) / len(requests), seconds

    def _empty_requests(self) -> list[Request]:
        return [("/", {"Content-Type": "application/json"}, b"{}")] * CHECKS

    def _check_requests(self, number: int, count: int = CHECKS) -> list[Request]:
        """Fresh proof, fresh code, another phone for each; one access token for all."""
        access = self._access_token()
        at = now()
        return [self._check_request(access, at, number, n) for n in range(count)]

    def _check_request(
        self, access: str, at: datetime, round_number: int, n: int
    ) -> Request:
        phone = self._phones[round_number * CHECKS + n]
        code = make_presentation(phone.handle, at, phone.signer.sign)
        url = f"{self._base}/v1/clinic/checks"
        proof = make_dpop(
            self._terminal, "POST", url, at, f"r{round_number}-{n}-{at}", access
        )
        headers = {
            "Authorization": f"DPoP {access}",
            "DPoP": proof,
            "Content-Type": "application/json",
            "Idempotency-Key": f"bench-{round_number}-{n:06}",
        }
        body = json.dumps({"shown": {"code": code}, "agreed": ["limit"]}).encode()
        return "/v1/clinic/checks", headers, body

    def _access_token(self) -> str:
        assertion = make_client_assertion(
            self._terminal, "terminal-bench", self._base, now(), random_bytes(12).hex()
        )
        form = (
            "grant_type=client_credentials&client_assertion_type="
            "urn%3Aietf%3Aparams%3Aoauth%3Aclient-assertion-type%3Ajwt-bearer"
            f"&client_assertion={assertion}"
        )
        url = f"{self._base}/oauth/token"
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "DPoP": make_dpop(
                self._terminal, "POST", url, now(), random_bytes(12).hex()
            ),
        }
        answer = send_all(self._port, [("/oauth/token", headers, form.encode())], 1)[0]
        token: str = json.loads(answer)["access_token"]
        return token


def _phone(house: House, person_id: str) -> _Phone:
    signer = LocalSigner.of(ec.generate_private_key(ec.SECP256R1()))
    client = Client(
        f"phone-{person_id}",
        ClientKind.PATIENT,
        person_id,
        "スマホ",
        signer.public.jwk,
        now(),
    )
    with house.store.transaction() as tx:
        tx.put_client(client)
    return _Phone(issue_token(house.rooms.issuer, client, now()).handle, signer)


@contextmanager
def _desk(folder: Path) -> Iterator[_Desk]:
    port, empty_port = free_port(), free_port()
    settings = {
        "SHIKAKU_DATA_DIR": str(folder / "var"),
        "SHIKAKU_KEYS_DIR": str(folder / "keys"),
        "SHIKAKU_BASE_URL": f"http://127.0.0.1:{port}",
    }
    environment = {**os.environ, **settings}
    shikaku = [sys.executable, "-m", "backend.cli.main"]
    subprocess.run([*shikaku, "init"], env=environment, check=True, stdout=2)
    house = open_house(Settings.read(settings), now, random_bytes)
    fill(house.store, 10_000)
    subprocess.run(
        [
            *shikaku,
            "enrol",
            "insurer",
            INSURER.digits,
            "--name",
            "架空",
            "--contact",
            "0",
        ],
        env=environment,
        check=True,
        stdout=2,
    )
    serve = [*shikaku, "serve", "--quiet", "--port", str(port)]
    empty = [sys.executable, "-m", "benchmarks.empty_route", str(empty_port)]
    servers = [subprocess.Popen(it, env=environment) for it in (serve, empty)]
    try:
        wait_until_up(port)
        wait_until_up(empty_port)
        yield _Desk(house, port, servers[0].pid, empty_port, servers[1].pid)
    finally:
        for server in servers:
            server.terminate()
        for server in servers:
            server.wait(timeout=20)
        house.store.close()
