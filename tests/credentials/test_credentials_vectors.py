"""The vectors: written anew they are the same, and each is answered as it says."""

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from backend.credentials import jose
from backend.credentials.certificate import open_certificate
from backend.credentials.certificate_qr import from_qr
from backend.credentials.checkpoint import open_checkpoint
from backend.credentials.eligibility_token import open_token
from backend.credentials.issuer_names import IssuerNames
from backend.credentials.jose import NotGenuineError
from backend.credentials.key_set import (
    FindRecord,
    KeyPurpose,
    KeyRecord,
    KeySet,
    KeyState,
)
from backend.credentials.presentation import read_presentation
from backend.credentials.proofs import (
    read_client_assertion,
    read_dpop,
    read_possession,
)
from backend.credentials.receipt import open_receipt, seal_receipt
from backend.credentials.server_time import open_server_time
from backend.credentials.signing import PublicKey
from backend.credentials.status_list import (
    StatusUnknownError,
    decode_list,
    open_status_list,
)

VECTORS = Path(__file__).parents[1] / "vectors"
CASES = sorted(path.parent for path in VECTORS.glob("*/*/verdict.json"))

Json = dict[str, Any]


def find_in(keys: list[Json]) -> FindRecord:
    return KeySet(
        KeyRecord(
            kid=key["kid"],
            purpose=KeyPurpose(key["purpose"]),
            insurer=key["insurer"],
            public=PublicKey.from_jwk(key["jwk"]),
            state=KeyState(key["state"]),
        )
        for key in keys
    ).find


def wire(at: datetime) -> str:
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z")


def good_until(expires_at: datetime, asked: Json, read: Json) -> Json:
    is_alive = datetime.fromisoformat(asked["at"]) < expires_at
    return {"verdict": "good"} | read if is_alive else {"verdict": "expired"}


def certificate(text: str, keys: list[Json], asked: Json) -> Json:
    paper = open_certificate(text, find_in(keys))
    return good_until(paper.expires_at, asked, {"claims": jose.peek_claims(text)})


def certificate_code(text: str, keys: list[Json], asked: Json) -> Json:
    token = from_qr(text, IssuerNames(asked["base_url"]))
    paper = open_certificate(token, find_in(keys))
    return good_until(paper.expires_at, asked, {"jwt": token})


def eligibility_token(text: str, keys: list[Json], asked: Json) -> Json:
    token = open_token(text, find_in(keys))
    said = {"handle": token.handle, "holder": token.holder.jwk}
    return good_until(token.expires_at, asked, said | {"disclosed": token.disclosed})


def status_list(text: str, keys: list[Json], asked: Json) -> Json:
    at = datetime.fromisoformat(asked["at"])
    try:
        statuses = open_status_list(text, asked["uri"], find_in(keys), at)
        return {"verdict": "good", "status": statuses.get(asked["index"]).name.lower()}
    except StatusUnknownError:
        return {"verdict": "status-unknown"}


def presentation(text: str, keys: list[Json], asked: Json) -> Json:
    shown = read_presentation(text)
    (jwk,) = (key["jwk"] for key in keys if key["handle"] == shown.handle)
    if not shown.is_signed_by(PublicKey.from_jwk(jwk)):
        return {"verdict": "not-genuine", "reason": "bad-signature"}
    age = datetime.fromisoformat(asked["at"]) - shown.at
    if not timedelta(seconds=-30) <= age <= timedelta(seconds=90):
        return {"verdict": "stale" if age > timedelta(0) else "early"}
    read = {"handle": shown.handle, "instant": wire(shown.at)}
    read["kind"] = shown.kind.name.lower()
    if shown.challenge is not None:
        read["challenge"] = shown.challenge.hex()
    if shown.serial is not None:
        read["serial"] = shown.serial
    return {"verdict": "good"} | read


def receipt(text: str, keys: list[Json], asked: Json) -> Json:
    read = open_receipt(text, find_in(keys))
    again = jose.peek_claims(seal_receipt(replace(read), Blank()))
    return {"verdict": "good", "claims": again}


class Blank:
    """Signs nothing: only the claims are wanted."""

    kid = "NOBODY77"

    def sign(self, message: bytes) -> bytes:
        return b""


def checkpoint(text: str, keys: list[Json], asked: Json) -> Json:
    head = open_checkpoint(text, find_in(keys))
    return {"verdict": "good", "size": head.size, "root": head.root.hex()}


def server_time(text: str, keys: list[Json], asked: Json) -> Json:
    read = open_server_time(text, find_in(keys))
    challenge = read.challenge.hex() if read.challenge else None
    return {"verdict": "good", "instant": wire(read.at), "challenge": challenge}


def dpop_proof(text: str, keys: list[Json], asked: Json) -> Json:
    proof = read_dpop(text, asked["method"], asked["url"], asked["access_token"])
    return {"verdict": "good", "jkt": proof.jkt, "jti": proof.jti}


def client_assertion(text: str, keys: list[Json], asked: Json) -> Json:
    clients = {key["client_id"]: PublicKey.from_jwk(key["jwk"]) for key in keys}
    read = read_client_assertion(text, asked["issuer"], clients.get)
    return {"verdict": "good", "client_id": read.client_id}


def possession(text: str, keys: list[Json], asked: Json) -> Json:
    key = read_possession(text, asked["audience"], asked["code"])
    return {"verdict": "good", "jwk": key.jwk}


def status_list_encoding(text: str, keys: list[Json], asked: Json) -> Json:
    packed = decode_list(json.loads(text)["lst"]).packed
    statuses = [byte >> shift & 3 for byte in packed for shift in (0, 2, 4, 6)]
    return {"verdict": "good", "bytes": packed.hex(), "statuses": statuses}


READERS: dict[str, Callable[[str, list[Json], Json], Json]] = {
    "certificate": certificate,
    "certificate-code": certificate_code,
    "checkpoint": checkpoint,
    "client-assertion": client_assertion,
    "dpop-proof": dpop_proof,
    "eligibility-token": eligibility_token,
    "possession": possession,
    "presentation": presentation,
    "receipt": receipt,
    "server-time": server_time,
    "status-list": status_list,
    "status-list-encoding": status_list_encoding,
}


@pytest.mark.parametrize("folder", CASES, ids=lambda f: f"{f.parent.name}/{f.name}")
def test_a_vector_is_answered_as_it_says(folder: Path) -> None:
    text = (folder / "input.txt").read_bytes().decode("utf-8")
    keys = json.loads((folder / "keys.json").read_text("utf-8"))
    asked = json.loads((folder / "question.json").read_text("utf-8"))
    try:
        verdict = READERS[folder.parent.name](text, keys, asked)
    except NotGenuineError as error:
        verdict = {"verdict": "not-genuine", "reason": error.reason.value}
    assert verdict == json.loads((folder / "verdict.json").read_text("utf-8"))


def test_every_kind_has_vectors() -> None:
    assert {folder.parent.name for folder in CASES} == READERS.keys()


def contents(root: Path) -> dict[str, bytes]:
    files = (path for path in root.glob("*/*/*") if path.is_file())
    return {str(path.relative_to(root)): path.read_bytes() for path in files}


def test_writing_the_vectors_anew_changes_nothing(tmp_path: Path) -> None:
    script = str(VECTORS / "make_vectors.py")
    subprocess.run([sys.executable, script, str(tmp_path)], check=True, timeout=60)
    assert contents(tmp_path) == contents(VECTORS)


def test_no_private_key_lies_among_the_vectors() -> None:
    for path in VECTORS.rglob("*.json"):
        text = path.read_text("utf-8")
        assert '"d":' not in text
        assert "PRIVATE" not in text
