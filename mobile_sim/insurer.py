"""An insurer's office: registers its list, issues, reports what changed, withdraws."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec

from backend.credentials.signing import LocalSigner
from backend.domain.codes import LossReason
from mobile_sim.http_client import Connection
from mobile_sim.people import Identity, MadeUpInsurer, MadeUpMember

_SYSTEM = "資格管理システム"


class Insurer:
    """One insurer's system with its own key; it sees its own members only."""

    def __init__(self, base_url: str, insurer: MadeUpInsurer) -> None:
        self.insurer = insurer
        self._connection = Connection(
            base_url, LocalSigner.of(ec.generate_private_key(ec.SECP256R1()))
        )

    @property
    def name(self) -> str:
        """What the insurer is called."""
        return self.insurer.name

    def close(self) -> None:
        """End the connection."""
        self._connection.close()

    def enrol(self, code: str) -> None:
        """Spend the operator's code: this system may now speak for the insurer."""
        self._connection.enrol(code, _SYSTEM)

    def register_list(self, content: bytes) -> dict[str, Any]:
        """Upload a list; the preview says what would change. Nothing is changed yet."""
        return self._connection.post(
            "/v1/insurer/lists", content, {"Content-Type": "text/csv"}
        )

    def commit(self, list_id: str) -> dict[str, Any]:
        """Make a previewed list true; a second time changes nothing."""
        return self._connection.post(
            f"/v1/insurer/lists/{list_id}/commit", {}, can_repeat=True
        )

    def member(self, made_up: MadeUpMember) -> dict[str, Any]:
        """The registered member with these numbers. Raises LookupError."""
        wanted = made_up.identity
        found = self._connection.get(
            "/v1/insurer/members",
            {"number": wanted.number, "symbol": wanted.symbol, "limit": 50},
        )
        for member in found["members"]:
            for coverage in member["coverages"]:
                if (coverage["branch"] or "") == wanted.branch:
                    person_id = member["person_id"]
                    return self._connection.get(f"/v1/insurer/members/{person_id}")
        raise LookupError("no such member")

    def make_activation_codes(self, person_ids: Sequence[str]) -> list[dict[str, Any]]:
        """One-time codes for these members' phones."""
        answer = self._connection.post(
            "/v1/insurer/activations", {"person_ids": [*person_ids]}
        )
        codes: list[dict[str, Any]] = answer["codes"]
        return codes

    def issue_certificates(self) -> dict[str, Any]:
        """A4 certificates for everyone entitled who has none."""
        return self._connection.post(
            "/v1/insurer/certificates", {"whom": "entitled", "form": "a4"}
        )

    def end_coverage(
        self, coverage_id: str, lost_on: date, reason: LossReason
    ) -> dict[str, Any]:
        """Report 資格喪失: `lost_on` is the first day not covered."""
        return self._connection.post(
            f"/v1/insurer/coverages/{coverage_id}/end",
            {"lost_on": lost_on.isoformat(), "loss_reason": reason.value},
            can_repeat=True,
        )

    def withhold(self, coverage_id: str) -> dict[str, Any]:
        """不開示: no address is told any more, and nobody else's phone shows them."""
        return self._connection.post(
            f"/v1/insurer/coverages/{coverage_id}/change",
            {"is_undisclosed": True},
            can_repeat=True,
        )

    def file(
        self, identity: Identity, birth_on: date, expected_on: date
    ) -> dict[str, Any]:
        """届出受付: until the coverage is registered, clinics read that it will be."""
        return self._connection.post(
            "/v1/insurer/filings",
            {
                "symbol": identity.symbol,
                "number": identity.number,
                "branch": identity.branch,
                "birth_on": birth_on.isoformat(),
                "expected_on": expected_on.isoformat(),
            },
        )

    def withdraw(self, serial: str, step: str, reason: str) -> dict[str, Any]:
        """`step` is revoke, suspend or reinstate; the next check already sees it."""
        return self._connection.post(
            f"/v1/insurer/certificates/{serial}/{step}",
            {"reason": reason},
            can_repeat=True,
        )

    def end_phones(self, made_up: MadeUpMember) -> None:
        """End all phones of a member: lost, stolen, misused."""
        person_id = self.member(made_up)["person_id"]
        self._connection.delete(f"/v1/insurer/members/{person_id}/phones")
