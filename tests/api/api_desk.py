"""Callers of the API in tests: each with its own key, its own token, fresh proofs."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import count
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from backend.api.rooms import Rooms
from backend.credentials.making_proofs import (
    make_client_assertion,
    make_dpop,
    make_possession,
)
from backend.credentials.signing import LocalSigner
from backend.domain.coverage import Coverage
from backend.domain.delegation import Delegate, DelegateRelation, Delegation
from backend.domain.one_time_code import code_mac, make_code
from backend.issuing.bulk.bulk import Bulk
from backend.issuing.bulk.carrying import alone, carry_on
from backend.keyring.column_safe import ColumnSafe
from backend.keyring.secrets_box import ColumnKeys
from backend.registering.registrar import Registrar
from backend.storage.rows import Client, ClientKind, OneTimeCode
from tests.house_of_glass import CLINIC, NEW, OLD, House

BASE = "https://shikaku.example"
CODE_KEY = b"c" * 32
APPROVAL_ABOVE = 3  # lines
ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"

_jtis = count(1)


@dataclass
class Desk:
    """An enrolled key that speaks to the doors."""

    http: FlaskClient
    house: House
    signer: LocalSigner
    client: Client
    token: str | None = field(default=None)

    def get_token(self) -> TestResponse:
        """Ask for an access token and keep it."""
        answer = self.http.post(
            "/oauth/token",
            data={
                "grant_type": "client_credentials",
                "client_assertion_type": ASSERTION_TYPE,
                "client_assertion": make_client_assertion(
                    self.signer, self.client.id, BASE, self.house.at, a_jti()
                ),
            },
            headers={"DPoP": self.proof("POST", "/oauth/token")},
        )
        if answer.status_code == 200:
            self.token = answer.get_json()["access_token"]
        return answer

    def proof(
        self,
        method: str,
        path: str,
        token: str | None = None,
        at: datetime | None = None,
    ) -> str:
        """A DPoP proof by this key."""
        return make_dpop(
            self.signer, method, BASE + path, at or self.house.at, a_jti(), token
        )

    def headers(self, method: str, path: str) -> dict[str, str]:
        """What an admitted request bears."""
        if self.token is None:
            self.get_token()
        assert self.token is not None
        return {
            "Authorization": f"DPoP {self.token}",
            "DPoP": self.proof(method, path, self.token),
        }

    def call(
        self,
        method: str,
        path: str,
        headers: Mapping[str, str] | None = None,
        **body: Any,
    ) -> TestResponse:
        """One admitted request."""
        told = {**self.headers(method, path), **(headers or {})}
        return self.http.open(path, method=method, headers=told, **body)

    def get(self, path: str, **more: Any) -> TestResponse:
        return self.call("GET", path, **more)

    def post(self, path: str, body: Any = None, **more: Any) -> TestResponse:
        more = more if body is None else {"json": body, **more}
        return self.call("POST", path, **more)

    def delete(self, path: str) -> TestResponse:
        return self.call("DELETE", path)


def rooms_of(house: House) -> Rooms:
    safe = ColumnSafe(ColumnKeys.derive(bytes(32), 1), house.random_bytes)
    return Rooms(
        store=house.store,
        clock=lambda: house.at,
        random_bytes=house.random_bytes,
        issuer=house.issuer,
        bulk=Bulk(house.issuer, safe, APPROVAL_ABOVE, house.random_bytes),
        online=house.online,
        code_key=CODE_KEY,
        registrar=Registrar(house.store, safe, house.random_bytes, True),
        base_url=BASE,
    )


def a_jti() -> str:
    return f"jti-{next(_jtis)}"


def a_key() -> LocalSigner:
    return LocalSigner.of(ec.generate_private_key(ec.SECP256R1()))


def a_desk(
    http: FlaskClient, house: House, kind: ClientKind, party: str, name: str = "端末1"
) -> Desk:
    """A desk whose key is enrolled already."""
    signer = a_key()
    client = Client(
        f"client-{next(_jtis):06}", kind, party, name, signer.public.jwk, house.at
    )
    with house.store.transaction() as tx:
        tx.put_client(client)
    return Desk(http, house, signer, client)


def a_delegate(
    world: "World",
    until_on: date = date(2027, 3, 31),
    may_see_history: bool = False,
    name: str = "見本　太郎",
) -> Desk:
    """A phone of the member's child, enrolled as their delegate by a letter."""
    delegation = Delegation(DelegateRelation.CHILD, until_on, may_see_history)
    signer = a_key()
    client = Client(
        f"client-{next(_jtis):06}",
        ClientKind.PATIENT,
        world.person_id,
        "太郎のスマホ",
        signer.public.jwk,
        world.house.at,
        delegate=Delegate(name, delegation),
    )
    with world.house.store.transaction() as tx:
        tx.put_client(client)
    return Desk(world.http, world.house, signer, client)


@dataclass
class World:
    """A member with coverage and every kind of caller."""

    http: FlaskClient
    house: House
    person_id: str
    coverage: Coverage
    clinic: Desk
    insurer: Desk
    other_insurer: Desk
    patient: Desk
    stranger: Desk

    def a_code(self, kind: ClientKind, party: str) -> str:
        """A fresh one-time code."""
        code = make_code(self.house.random_bytes)
        row = OneTimeCode(
            code_mac(CODE_KEY, code),
            kind,
            party,
            OLD.digits,
            self.house.at.replace(year=2027),
        )
        with self.house.store.transaction() as tx:
            tx.put_code(row)
        return code

    def issued(self) -> dict[str, Any]:
        """A certificate for the member."""
        answer = self.insurer.post(
            "/v1/insurer/certificates",
            {"whom": {"person_ids": [self.person_id]}, "form": "a4"},
        )
        assert answer.status_code == 201, answer.text
        (paper,) = answer.get_json()["issued"]
        return dict(paper)

    def printable_run(self, form: str = "a4") -> str:
        """The id of a finished run that issued the member's certificate."""
        told = self.coverage.identity
        line = f"{OLD.digits},{told.symbol},{told.number},{told.branch},1980-05-05"
        begun = self.insurer.post(
            f"/v1/insurer/runs?form={form}&key=run-{next(_jtis)}",
            data=f"保険者番号,記号,番号,枝番,生年月日\n{line}\n".encode(),
            content_type="text/csv",
        )
        run_id = str(begun.get_json()["run_id"])
        house = rooms_of(self.house)
        crew = alone(house.bulk, house.clock)
        carry_on(house.bulk, crew, run_id, house.clock, lambda counts: None)
        return run_id

    def everything_kept(self) -> dict[str, int]:
        """How many rows stand in each table but for what is spent on every call."""
        passing = {"spent_proofs", "windows", "access_tokens"}
        with self.house.store.reading() as tx:
            names = [
                name
                for (name,) in tx.run(
                    "SELECT name FROM sqlite_schema WHERE type = 'table'"
                )
                if not name.startswith("sqlite_") and name not in passing
            ]
            return {
                name: tx.run(f'SELECT count(*) FROM "{name}"').fetchone()[0]
                for name in names
            }


def a_world(http: FlaskClient, house: House) -> World:
    person_id = house.person(insurers=(OLD,))
    coverage = house.cover(person_id)
    other = house.person(birth_on=date(1990, 1, 2), insurers=(NEW,))
    house.cover(other, insurer=NEW)

    def desk(kind: ClientKind, party: str) -> Desk:
        return a_desk(http, house, kind, party)

    return World(
        http,
        house,
        person_id,
        coverage,
        clinic=desk(ClientKind.CLINIC, CLINIC),
        insurer=desk(ClientKind.INSURER, OLD.digits),
        other_insurer=desk(ClientKind.INSURER, NEW.digits),
        patient=desk(ClientKind.PATIENT, person_id),
        stranger=desk(ClientKind.PATIENT, other),
    )


def possession(signer: LocalSigner, code: str, at: datetime) -> str:
    return make_possession(signer, BASE, code, at)
