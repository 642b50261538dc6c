"""A whole small house for tests: real store, real keys, a clock that obeys."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from itertools import count
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import ec

from backend.api.answers import render_answer
from backend.credentials.issuer_names import IssuerNames
from backend.credentials.key_set import KeyPurpose
from backend.credentials.presentation import make_copy, make_presentation
from backend.credentials.signing import LocalSigner
from backend.domain.charge import CopayRatio, Effective, LimitCategory
from backend.domain.codes import Relation, Sex
from backend.domain.coverage import Coverage
from backend.domain.insured_identity import InsuredIdentity
from backend.domain.insured_person import InsuredPerson
from backend.domain.insurer_number import InsurerNumber
from backend.domain.person_name import PersonName
from backend.issuing.issuer import Issuer
from backend.issuing.keys import KnownKeys, add_key
from backend.issuing.tokens import TokenForPhone, issue_token
from backend.storage.rows import Client, ClientKind, Clinic, Insurer, Member
from backend.storage.sqlite.store import SqliteStore
from backend.verifying.online import OnlineCheck

NOW = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
TODAY = date(2026, 11, 23)
OLD = InsurerNumber.parse("01130012")
NEW = InsurerNumber.parse("06130017")
CLINIC, OTHER_CLINIC = "1312345678", "1399999999"


class CountingBytes:
    """Randomness that never repeats and is the same in every run."""

    def __init__(self) -> None:
        self._calls = count()

    def __call__(self, length: int) -> bytes:
        seed = b"".join(
            sha256(b"%d %d" % (call, block)).digest()
            for call in [next(self._calls)]
            for block in range(length // 32 + 1)
        )
        return seed[:length]


@dataclass
class Phone:
    """A phone that was activated: its key and its newest token."""

    client: Client
    signer: LocalSigner
    token: TokenForPhone

    def code(self, at: datetime, challenge: bytes | None = None) -> str:
        return make_presentation(self.token.handle, at, self.signer.sign, challenge)

    def copy(self, at: datetime, serial: str) -> str:
        return make_copy(self.token.handle, at, serial, self.signer.sign)


@dataclass
class House:
    """The house; `at` is its clock."""

    store: SqliteStore
    issuer: Issuer
    online: OnlineCheck
    signers: dict[str, LocalSigner]
    random_bytes: CountingBytes
    at: datetime = NOW
    numbers: "count[int]" = field(default_factory=lambda: count(1))
    made: tuple[str, ...] = ()

    def new_key(self, insurer: str | None) -> str:
        purpose = KeyPurpose.ISSUING if insurer else KeyPurpose.SERVICE
        return add_key(self.store, self.make_key, purpose, insurer, self.at).kid

    def make_key(self) -> dict[str, str]:
        signer = LocalSigner.of(ec.generate_private_key(ec.SECP256R1()))
        self.signers[signer.kid] = signer
        return signer.public.jwk

    def person(
        self,
        birth_on: date = date(1980, 5, 5),
        name: str = "見本　花子",
        card_status: str = "NO_CARD",
        address: str | None = "架空県見本市一丁目1-1",
        is_undisclosed: bool = False,
        insurers: tuple[InsurerNumber, ...] = (OLD, NEW),
    ) -> str:
        person_id = f"per-{next(self.numbers)}"
        person = InsuredPerson(
            person_id,
            PersonName.parse(name, "ﾐﾎﾝ ﾊﾅｺ"),
            birth_on,
            Sex.FEMALE,
            address,
            is_undisclosed,
        )
        with self.store.transaction() as tx:
            tx.add_person(person_id, self.random_bytes(32), None, None)
            for insurer in insurers:
                tx.put_member(Member(person, insurer.digits, card_status, self.at))
        return person_id

    def cover(self, person_id: str, **bent: object) -> Coverage:
        number = next(self.numbers)
        whole = {
            "id": f"cov-{number}",
            "person_id": person_id,
            "insurer": OLD,
            "identity": InsuredIdentity("見本", f"{1000 + number}", "01"),
            "acquired_on": date(2020, 4, 1),
            "recorded_at": self.at - timedelta(days=100),
            "relation": Relation.INSURED,
            "copay": (Effective(CopayRatio.THREE_TENTHS, date(2020, 4, 1), None),),
            "limits": (Effective(LimitCategory.A_U, date(2026, 8, 1), None),),
        }
        coverage = Coverage(**{**whole, **bent})
        with self.store.transaction() as tx:
            tx.put_coverage(coverage)
        return coverage

    def phone(self, person_id: str) -> Phone:
        signer = LocalSigner.of(ec.generate_private_key(ec.SECP256R1()))
        client = Client(
            f"phone-{next(self.numbers)}",
            ClientKind.PATIENT,
            person_id,
            "花子のスマホ",
            signer.public.jwk,
            self.at,
        )
        with self.store.transaction() as tx:
            tx.put_client(client)
        return Phone(client, signer, issue_token(self.issuer, client, self.at))


def open_house(directory: Path) -> House:
    """Two insurers with their keys, two clinics, no people yet."""
    store = SqliteStore(directory / "shikaku.db", status_list_size=4096)
    signers: dict[str, LocalSigner] = {}
    random_bytes = CountingBytes()
    issuer = Issuer(
        store=store,
        signer_of=lambda kid: signers[kid],
        names=IssuerNames("https://shikaku.example"),
        random_bytes=random_bytes,
        challenge_key=bytes(32),
    )
    online = OnlineCheck(
        store=store,
        keys=KnownKeys().at,
        signer_of=issuer.signer_of,
        names=issuer.names,
        challenge_key=issuer.challenge_key,
        random_bytes=random_bytes,
        render=render_answer,
    )
    house = House(store, issuer, online, signers, random_bytes)
    with store.transaction() as tx:
        tx.put_insurer(Insurer(OLD.digits, "架空協会けんぽ", "03-0000-0001"))
        tx.put_insurer(Insurer(NEW.digits, "見本健康保険組合", "03-0000-0002"))
        tx.put_clinic(Clinic(CLINIC, "見本内科"))
        tx.put_clinic(Clinic(OTHER_CLINIC, "となり歯科"))
    for insurer in (None, OLD.digits, NEW.digits):
        house.new_key(insurer)
    return house
