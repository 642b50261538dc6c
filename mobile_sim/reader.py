"""The reader at a clinic's desk: scans or keys, asks, and keeps a proven receipt."""

import secrets
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec

from backend.credentials.receipt import Receipt, open_receipt
from backend.credentials.signing import LocalSigner
from backend.credentials.transport import CodeKind
from backend.domain.look_alikes import narrow
from mobile_sim.clinics import MadeUpClinic
from mobile_sim.http_client import Connection
from mobile_sim.published_keys import published_keys


class BadReceiptError(Exception):
    """A receipt that does not say what was answered."""


@dataclass(frozen=True, slots=True)
class Numbers:
    """What a desk keys when there is nothing to scan; empty parts are left out."""

    insurer_number: str
    number: str
    birth_on: str
    symbol: str = ""
    branch: str = ""


class Reader:
    """One terminal with its own key at one clinic."""

    def __init__(self, base_url: str, clinic: MadeUpClinic) -> None:
        self.clinic = clinic
        self._connection = Connection(
            base_url, LocalSigner.of(ec.generate_private_key(ec.SECP256R1()))
        )
        self._keys = published_keys(
            self._connection.get_openly("/.well-known/jwks.json")
        )

    @property
    def place(self) -> str:
        """Clinic and terminal, as the desk calls itself."""
        return f"{self.clinic.name} {self.clinic.terminal}"

    def close(self) -> None:
        """End the connection."""
        self._connection.close()

    def enrol(self, code: str) -> None:
        """Spend the operator's code: this terminal may now ask for its clinic."""
        self._connection.enrol(code, self.clinic.terminal)

    def check(
        self,
        shown: str | Numbers,
        on: date | None = None,
        agreed: Iterable[str] = (),
        idempotency_key: str | None = None,
    ) -> dict[str, Any]:
        """Ask whether what was shown holds; the answer's receipt has been verified.

        `shown` is the text of a code or certificate, or keyed numbers. `on` is the day
        of service (today). `agreed`: limit, diseases. Raises ProblemError,
        BadReceiptError.
        """
        question: dict[str, Any] = {"shown": _shown(shown), "agreed": list(agreed)}
        if on is not None:
            question["on"] = on.isoformat()
        key = idempotency_key or secrets.token_urlsafe(16)
        answer = self._connection.post(
            "/v1/clinic/checks", question, {"Idempotency-Key": key}, can_repeat=True
        )
        self._verify(answer)
        return answer

    def _verify(self, answer: dict[str, Any]) -> None:
        receipt = self.read_receipt(answer["receipt"])
        told = (
            receipt.check_id,
            receipt.outcome.value,
            receipt.on.isoformat(),
            receipt.clinic,
        )
        heard = (answer["check_id"], answer["outcome"], answer["on"], self.clinic.code)
        if told != heard:
            raise BadReceiptError("the receipt and the answer differ")

    def read_receipt(self, text: str) -> Receipt:
        """Open a receipt with the published keys; raises NotGenuineError."""
        return open_receipt(text, self._keys.find)


def _shown(shown: str | Numbers) -> dict[str, Any]:
    if isinstance(shown, Numbers):
        keyed = {name: text for name, text in asdict(shown).items() if text}
        return {"numbers": keyed}
    is_phone = narrow(shown).strip().upper().startswith(CodeKind.PHONE.value)
    return {"code" if is_phone else "certificate": shown}
