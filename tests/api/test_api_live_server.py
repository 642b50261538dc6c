"""The real server under load: killed half way, asked by many at once."""

import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import pytest
import requests
from cryptography.hazmat.primitives.asymmetric import ec

from backend.audit.events import read_entry
from backend.credentials.presentation import make_presentation
from backend.credentials.receipt import open_receipt
from backend.credentials.signing import LocalSigner
from backend.house import House, open_house
from backend.issuing.keys import key_set
from backend.issuing.tokens import issue_token
from backend.settings import Settings
from backend.storage.rows import Client, ClientKind, Clinic
from backend.system import now, random_bytes
from benchmarks.load import free_port, wait_until_up
from benchmarks.small_house import INSURER, fill, person_id
from mobile_sim.http_client import Connection, ProblemError, UnreachableError

PHONES = 32
CLINICS = ("1312345679", "1319999015")
SHIKAKU = (sys.executable, "-m", "backend.cli.main")


@dataclass
class Phone:
    number: int
    handle: str
    signer: LocalSigner

    def code(self, at):
        return make_presentation(self.handle, at, self.signer.sign)


@dataclass
class Live:
    """A deployment and its server, which can be killed and started again."""

    settings: dict[str, str]
    port: int
    phones: list[Phone] = field(default_factory=list)
    terminals: dict[str, tuple[str, LocalSigner]] = field(default_factory=dict)
    server: subprocess.Popen | None = None

    def open(self) -> House:
        return open_house(Settings.read(self.settings), now, random_bytes)

    def run(self, *arguments: str) -> str:
        return subprocess.run(
            [*SHIKAKU, *arguments],
            env={**os.environ, **self.settings},
            check=True,
            capture_output=True,
            text=True,
        ).stdout

    def start(self) -> None:
        self.server = subprocess.Popen(
            [*SHIKAKU, "serve", "--quiet", "--port", str(self.port)],
            env={**os.environ, **self.settings},
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        wait_until_up(self.port)

    def stop(self, how: signal.Signals) -> None:
        os.killpg(self.server.pid, how)
        self.server.wait(timeout=20)
        until = time.monotonic() + 20
        while is_listening(self.port):  # its worker dies in its own time
            assert time.monotonic() < until
            time.sleep(0.05)

    def desk(self, clinic: str) -> Connection:
        client_id, signer = self.terminals[clinic]
        return Connection(self.settings["SHIKAKU_BASE_URL"], signer, client_id)


def is_listening(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def key() -> LocalSigner:
    return LocalSigner.of(ec.generate_private_key(ec.SECP256R1()))


def ask(desk: Connection, code: str, name: str) -> dict:
    headers = {"Idempotency-Key": name}
    return desk.post("/v1/clinic/checks", {"shown": {"code": code}}, headers)


@pytest.fixture
def live(tmp_path: Path):
    """One that the test may stop."""
    with deployed(tmp_path) as made:
        yield made


@pytest.fixture(scope="module")
def standing(tmp_path_factory):
    """One that several tests call."""
    with deployed(tmp_path_factory.mktemp("standing")) as made:
        yield made


@contextmanager
def deployed(folder: Path):
    port = free_port()
    settings = {
        "SHIKAKU_DATA_DIR": str(folder / "var"),
        "SHIKAKU_KEYS_DIR": str(folder / "keys"),
        "SHIKAKU_BASE_URL": f"http://127.0.0.1:{port}",
    }
    made = Live(settings, port)
    made.run("init")
    made.run("enrol", "insurer", INSURER.digits, "--name", "架空", "--contact", "0")
    house = made.open()
    fill(house.store, PHONES)
    with house.store.transaction() as tx:
        for clinic in CLINICS:
            signer = key()
            tx.put_clinic(Clinic(clinic, "見本内科"))
            tx.put_client(_client(f"t-{clinic}", ClientKind.CLINIC, clinic, signer))
            made.terminals[clinic] = f"t-{clinic}", signer
    for number in range(PHONES):
        signer = key()
        phone = _client(f"p-{number}", ClientKind.PATIENT, person_id(number), signer)
        house.store.write(lambda tx, phone=phone: tx.put_client(phone))
        token = issue_token(house.rooms.issuer, phone, now())
        made.phones.append(Phone(number, token.handle, signer))
    house.store.close()
    made.start()
    yield made
    if made.server.poll() is None:
        made.stop(signal.SIGTERM)


def _client(name: str, kind: ClientKind, party: str, signer: LocalSigner) -> Client:
    return Client(name, kind, party, name, signer.public.jwk, now())


def load_until(stop: threading.Event, live: Live, place: int, answered: list) -> None:
    """Ask with one code after another until told to stop or cut off."""
    desk, at = live.desk(CLINICS[0]), now()
    mine = live.phones[place::8]
    for turn in range(10_000):
        phone = mine[turn % len(mine)]
        code = phone.code(at - timedelta(seconds=turn // len(mine) % 60))
        if stop.is_set() or turn // len(mine) >= 60:
            return
        try:
            answer = ask(desk, code, f"load-{place}-{turn:05}")
        except (ProblemError, UnreachableError, requests.RequestException):
            return
        answered.append((phone, code, answer))


def test_killed_half_way_nothing_answered_is_lost_and_no_code_counts_twice(live):
    stop, answered = threading.Event(), []
    threads = [
        threading.Thread(target=load_until, args=(stop, live, place, answered))
        for place in range(8)
    ]
    for thread in threads:
        thread.start()
    time.sleep(1.5)
    live.stop(signal.SIGKILL)
    stop.set()
    for thread in threads:
        thread.join()
    assert len(answered) > 50

    live.start()
    elsewhere = live.desk(CLINICS[1])
    again = [
        ask(elsewhere, code, f"again-{n:05}")["outcome"]
        for n, (_, code, _) in enumerate(answered[-20:])
    ]
    live.stop(signal.SIGTERM)

    assert {answer["outcome"] for _, _, answer in answered} == {"valid"}
    assert set(again) == {"replayed"}
    house = live.open()
    find = key_set(house.store).find
    receipts = [open_receipt(answer["receipt"], find) for *_, answer in answered]
    with house.store.reading() as tx:
        entries = [read_entry(stored) for _, stored in tx.audit_entries()]
    house.store.close()
    told = [(it.object, it.at) for it in entries if it.outcome == "valid"]
    assert len(told) >= len(receipts)
    # An entry knows the microsecond, a receipt the second.
    recorded = [(handle, int(at.timestamp())) for handle, at in told]
    for receipt in receipts:
        recorded.remove((receipt.object_id, int(receipt.at.timestamp())))
    live.run("audit", "checkpoint")
    assert json.loads(live.run("audit", "verify", "--json"))["sound"] is True


def test_half_sent_requests_stop_nobody(standing):
    """Twenty callers who send a part of a body and then nothing: others are served."""
    held = []
    for path in ("/v1/clinic/checks", "/v1/enrolments") * 10:
        caller = socket.create_connection(("127.0.0.1", standing.port))
        head = f"POST {path} HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n"
        caller.sendall(head.encode() + b"{")
        held.append(caller)
    phone, desk = standing.phones[0], standing.desk(CLINICS[0])

    answer = ask(desk, phone.code(now()), "not-held-up")

    assert answer["outcome"] == "valid"
    for caller in held:
        caller.close()


def say(port: int, text: str, *, hangs_up: bool = False) -> tuple[str, str]:
    """The head and body of what is answered to these bytes."""
    with socket.create_connection(("127.0.0.1", port), timeout=10) as caller:
        caller.sendall(text.encode())
        if hangs_up:
            caller.shutdown(socket.SHUT_WR)
        heard = b"".join(iter(lambda: caller.recv(65536), b"")).decode()
    head, _, body = heard.partition("\r\n\r\n")
    return head, body


@pytest.mark.parametrize(
    ("said", "status", "code"),
    [
        ("Content-Length: 10\r\n\r\n{", 400, "bad-request"),
        ("Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n", 411, "length-required"),
        ("Content-Length: 99999999\r\n\r\n{", 413, "too-large"),
        ("Content-Length: 2\r\n\r\n{}", 401, "unauthenticated"),
    ],
)
def test_a_body_that_is_not_whole_is_answered_in_words(standing, said, status, code):
    begun = "POST /v1/clinic/checks HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"

    head, body = say(standing.port, begun + said, hangs_up=status == 400)

    assert head.startswith(f"HTTP/1.1 {status} ")
    assert json.loads(body)["code"] == code


def test_an_address_is_decoded_once(standing):
    """`%2F` is a slash to the server already; a wrong byte is answered, not failed."""
    for path in ("/v1/%E8%B3%87", "/v1/%ff%00", "/v1/x?q=%ff&=%E8%B3%87"):
        asked = f"GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
        head, body = say(standing.port, asked)
        assert head.startswith("HTTP/1.1 404 ")
        assert json.loads(body)["code"] == "not-found"


def test_a_second_server_on_the_same_data_or_port_is_refused(standing):
    """Exactly one process commits; two on one port would share the callers."""
    for port, word in (
        (free_port(), "serve.lock"),
        (standing.port, str(standing.port)),
    ):
        refused = subprocess.run(
            [*SHIKAKU, "serve", "--quiet", "--port", str(port)],
            env={**os.environ, **standing.settings},
            capture_output=True,
            text=True,
            timeout=30,
        )
        assert refused.returncode == 1
        assert word in refused.stderr
        assert "Traceback" not in refused.stderr


def test_many_at_once_get_each_their_own_answer(live):
    at = now()
    questions = [
        (phone, phone.code(at - timedelta(seconds=turn)), CLINICS[turn % 2])
        for turn in range(4)
        for phone in live.phones
    ]
    desks = {clinic: live.desk(clinic) for clinic in CLINICS}
    for desk in desks.values():
        desk.get("/v1/clinic/me")  # each has its token before the rush

    with ThreadPoolExecutor(64) as rush:
        answers = list(
            rush.map(
                lambda n: ask(desks[questions[n][2]], questions[n][1], f"rush-{n:05}"),
                range(len(questions)),
            )
        )

    live.stop(signal.SIGTERM)
    house = live.open()
    find = key_set(house.store).find
    house.store.close()
    for (phone, _, clinic), answer in zip(questions, answers, strict=True):
        receipt = open_receipt(answer["receipt"], find)
        assert answer["coverage"]["number"] == str(phone.number)
        assert (receipt.object_id, receipt.clinic) == (phone.handle, clinic)
        assert receipt.check_id == answer["check_id"]
    assert len({answer["check_id"] for answer in answers}) == len(answers)
