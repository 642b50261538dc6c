"""An operator at the console, through the doors: passkey, sign-in, session."""

from dataclasses import dataclass, field
from typing import Any

from api_desk import CODE_KEY, Desk, World, a_key, possession

from backend.admitting.operators import EnrolledOperator, enrol_operator
from backend.credentials.signing import LocalSigner
from tests.house_of_glass import OLD
from tests.soft_authenticator import SoftAuthenticator

AT_DOOR = "/v1/operators"


@dataclass
class Person:
    """An operator with a device, and what their browser sends."""

    world: World
    enrolled: EnrolledOperator
    device: SoftAuthenticator = field(default_factory=SoftAuthenticator)

    def new_passkey(self) -> dict[str, Any]:
        """The body of POST /passkeys."""
        code = self.enrolled.code.code
        options = self._post("passkeys/options", {"code": code}, 200)
        return {"code": code, "credential": self.device.create(options)}

    def registers(self) -> dict[str, Any]:
        return self._post("passkeys", self.new_passkey(), 201)

    def sign_in(self, key: LocalSigner) -> dict[str, Any]:
        """The body of POST /sign-ins."""
        jkt = key.public.thumbprint()
        options = self._post("sign-ins/options", {"jkt": jkt}, 200)
        proof = possession(key, options["challenge"], self.world.house.at)
        return {"credential": self.device.get(options), "possession": proof}

    def signs_in(self) -> Desk:
        key = a_key()
        told = self._post("sign-ins", self.sign_in(key), 201)
        with self.world.house.store.reading() as tx:
            session = tx.client(told["client_id"])
        assert session is not None
        return Desk(self.world.http, self.world.house, key, session)

    def _post(self, path: str, body: dict[str, Any], status: int) -> dict[str, Any]:
        answer = self.world.http.post(f"{AT_DOOR}/{path}", json=body)
        assert answer.status_code == status, answer.text
        return dict(answer.get_json())


def a_person(
    world: World, name: str = "見本　担当", device: bytes = b"passkey-1"
) -> Person:
    house = world.house
    made = enrol_operator(
        house.store, CODE_KEY, OLD.digits, name, house.at, house.random_bytes
    )
    return Person(world, made, SoftAuthenticator(device))
