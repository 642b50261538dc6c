"""An operator with a browser: a device, and a fresh key for each session."""

from dataclasses import dataclass, field
from datetime import datetime

from admitting_desk import (
    AT,
    INSURER,
    ISSUER,
    MAC_KEY,
    TOKEN_URL,
    Desk,
    a_desk,
    numbers,
)

from backend.admitting.access_tokens import Granted, grant
from backend.admitting.attempts import Gate
from backend.admitting.calling import prove
from backend.admitting.errors import UnauthenticatedError
from backend.admitting.operators import EnrolledOperator, enrol_operator
from backend.admitting.passkeys import NewPasskey, passkey_options, register_passkey
from backend.admitting.signing_in import SignIn, sign_in, sign_in_options
from backend.audit.events import AuditEntry, read_entry
from backend.storage.rows import Client
from backend.storage.store import Store
from tests.soft_authenticator import SoftAuthenticator

PLACE = "192.0.2.1"
draw = numbers()


@dataclass
class Person:
    """An operator, their device and what they do with it."""

    gate: Gate
    enrolled: EnrolledOperator
    device: SoftAuthenticator = field(default_factory=SoftAuthenticator)

    def registers(self, code: str = "", at: datetime = AT, **bent: object) -> str:
        code = code or self.enrolled.code.code
        options = passkey_options(self.gate, code, PLACE, at)
        made = NewPasskey(code, self.device.create(options, **bent), PLACE)
        return register_passkey(self.gate, made, at).id

    def shows(self, desk: Desk, at: datetime = AT, **bent: object) -> SignIn:
        options = sign_in_options(self.gate, desk.signer.public.thumbprint(), at)
        proof = desk.possession(options["challenge"])
        return SignIn(self.device.get(options, **bent), proof, PLACE)

    def signs_in(self, at: datetime = AT) -> tuple[Client, Desk]:
        desk = a_desk()
        session = sign_in(self.gate, self.shows(desk, at), at)
        desk.client_id = session.id
        return session, desk


def a_person(
    gate: Gate, name: str = "見本　担当", device: bytes = b"passkey-1"
) -> Person:
    made = enrol_operator(gate.store, MAC_KEY, INSURER, name, AT, draw)
    return Person(gate, made, SoftAuthenticator(device))


def token(store: Store, desk: Desk, at: datetime = AT) -> Granted:
    return grant(store, ISSUER, TOKEN_URL, desk.assertion(at), desk.proof(at), at, draw)


def is_let_in(store: Store, desk: Desk, granted: Granted, at: datetime) -> bool:
    url = ISSUER + "/x"
    proof = desk.proof(at, url, "GET", granted.token)
    call = prove(f"DPoP {granted.token}", proof, "GET", url, at)
    try:
        store.write(call.recognise)
    except UnauthenticatedError:
        return False
    return True


def entries(store: Store) -> list[AuditEntry]:
    with store.reading() as tx:
        return [read_entry(stored) for _, stored in tx.audit_entries()]
