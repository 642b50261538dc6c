"""The contract of the register: parties, people, coverages, as insurers tell."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Protocol

from backend.domain.coverage import Coverage, Hold, PendingFiling, Record
from backend.domain.insured_identity import InsuredIdentity
from backend.storage.rows import Clinic, Insurer, Member


class Register(Protocol):
    """Parties, people, coverages, as insurers tell; append-only but for parties."""

    def put_insurer(self, insurer: Insurer) -> None:
        """Add or change an insurer; the later instant of delivery stays."""
        ...

    def insurer(self, number: str) -> Insurer | None: ...
    def note_delivery(self, insurer: str, at: datetime) -> None:
        """The insurer told or confirmed something at `at`; the later instant stays."""
        ...

    def put_clinic(self, clinic: Clinic) -> None:
        """Add or change a clinic."""
        ...

    def clinic(self, code: str) -> Clinic | None: ...
    def requires_challenge(self, clinic: str, insurer: str | None) -> bool:
        """Whether the clinic or the insurer takes only codes that were made online."""
        ...

    def person_by_number(self, blind_index: bytes) -> str | None:
        """The id of the person whose My Number has this keyed digest."""
        ...

    def add_person(
        self,
        person_id: str,
        audit_key: bytes,
        blind_index: bytes | None,
        sealed_number: bytes | None,
    ) -> None:
        """Remember a human; `audit_key` is what ties the audit log to them.

        No two people may have one `blind_index`, the keyed digest of a My Number.
        """
        ...

    def erase_person(self, person_id: str) -> None:
        """Forget the audit key, the number and every description of a person.

        So are the names of their phones and delegates, and what they reported.
        Coverages and papers stay, with their days and without numbers, charges and
        signed texts, so that an old paper is still answered. It cannot be undone.
        """
        ...

    def people_ended_before(self, on: date) -> Sequence[str]:
        """Everyone not erased whose coverages, as newest told, all ended before."""
        ...

    def audit_key(self, person_id: str) -> bytes | None:
        """What ties the log to a person; None when erased, or not known."""
        ...

    def put_member(self, member: Member) -> None:
        """Append an insurer's newest description of a person."""
        ...

    def member(self, person_id: str, insurer: str) -> Member | None:
        """The newest description of a person by an insurer."""
        ...

    def undisclosed_since(self, person_id: str) -> datetime | None:
        """Since when an insurer has said 不開示 without a break; the latest of several.

        None for a person of whom no insurer says so now.
        """
        ...

    def described(
        self, person_id: str, insurer: str
    ) -> tuple[Insurer | None, Member | None]:
        """An insurer, and its newest description of a person: what an answer tells."""
        ...

    def put_coverage(self, version: Coverage) -> None:
        """Append a version of a coverage."""
        ...

    def coverage(self, coverage_id: str) -> Coverage | None:
        """The newest version."""
        ...

    def coverage_history(self, coverage_id: str) -> Sequence[Coverage]:
        """Every version, oldest first."""
        ...

    def members_of(self, insurer: str) -> Iterator[tuple[Member, Coverage]]:
        """Everyone an insurer ever registered: newest description and coverage.

        One pair a coverage, read as they are asked for, within the transaction. The
        erased are left out.
        """
        ...

    def coverages_numbered(
        self, insurer: str, symbol_key: str, number_key: str
    ) -> Sequence[Coverage]:
        """Newest versions of an insurer's coverages whose folded numbers are these."""
        ...

    def record_of_person(self, person_id: str) -> Record:
        """Every version of every coverage that was ever this person's, and beside.

        A coverage that was moved to or from another person is in both records whole.
        `delivered_at` is that of the insurer of the coverage acquired last.
        """
        ...

    def record_of_coverages(self, coverage_ids: Iterable[str]) -> Record:
        """All that is known of the people whom these coverages belong to."""
        ...

    def open_hold(self, hold: Hold, reason: str) -> None:
        """Hide a coverage from clinics. Raises NotFoundError for an unknown one."""
        ...

    def release_hold(self, coverage_id: str, at: datetime) -> None:
        """End every hold on a coverage that is still open."""
        ...

    def put_filing(
        self,
        filing_id: str,
        filing: PendingFiling,
        identity: InsuredIdentity,
        birth_on: date,
    ) -> None:
        """Remember a filing under the numbers that the coverage will have."""
        ...

    def filings_of(
        self, insurer: str, identity: InsuredIdentity, birth_on: date
    ) -> Sequence[PendingFiling]:
        """What waits under these numbers for a person born that day."""
        ...

    def settle_filings(
        self, insurer: str, identity: InsuredIdentity, birth_on: date
    ) -> None:
        """Forget what waited under these numbers: it is registered now."""
        ...

    def end_filing(self, insurer: str, filing_id: str) -> bool:
        """Forget a filing of this insurer; False if it has none of this id."""
        ...

    def forget_filings(self, before: datetime) -> int:
        """Forget what was filed before an instant; how many there were."""
        ...
