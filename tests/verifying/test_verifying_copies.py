"""A certificate's copy on a phone answers as the paper would, and is told from it ."""

from datetime import date, timedelta

import pytest

from backend.audit.events import read_entry
from backend.credentials import transport
from backend.credentials.certificate import Form
from backend.credentials.receipt import open_receipt
from backend.domain.codes import LossReason
from backend.domain.identifiers import new_serials
from backend.issuing.certificates import issue_certificates
from backend.issuing.issued_text import issued_text
from backend.issuing.keys import declare_compromised, key_set
from backend.issuing.withdrawals import WithdrawalReason, withdraw
from backend.storage.rows import Insurer, WithdrawalKind
from backend.verifying.question import CodeShown, PaperShown
from backend.verifying.refusals import ChallengeRequiredError
from tests.house_of_glass import NEW, OLD, OTHER_CLINIC, TODAY


class Holder:
    """Somebody with a phone and a paper."""

    def __init__(self, house, **bent):
        self.person = house.person()
        self.coverage = house.cover(self.person, **bent)
        self.phone = house.phone(self.person)
        run = issue_certificates(
            house.issuer, OLD.digits, [self.person], Form.A4, house.at
        )
        self.serial = run.issued[0].serial
        self.paper = issued_text(run.issued[0])


@pytest.fixture
def holder(house):
    return Holder(house)


@pytest.fixture
def ask_copy(house, ask):
    def asking(phone, serial, at=None, **more):
        return ask(CodeShown(phone.copy(at or house.at, serial)), **more)

    return asking


def withdrawn(house, serial, kind, reason=WithdrawalReason.LOST):
    withdraw(house.store, OLD.digits, serial, kind, reason, house.at)


def test_it_answers_as_the_certificate_and_says_that_it_is_a_copy(
    house, ask, ask_copy, holder
):
    copy = ask_copy(holder.phone, holder.serial)
    paper = ask(PaperShown(holder.paper))

    for field in ("outcome", "qualification", "person", "coverage", "charge"):
        assert copy[field] == paper[field], field
    assert copy["outcome"] == "valid"
    assert copy["document"] == paper["document"] | {
        "is_copy": True,
        "presentation_kind": 3,
    }
    assert copy["document"]["serial"] == holder.serial
    find = key_set(house.store).find
    told = open_receipt(copy["receipt"], find)
    assert (told.is_copy, told.object_id) == (True, holder.serial)
    assert not open_receipt(paper["receipt"], find).is_copy
    with house.store.reading() as tx:
        entries = [read_entry(stored) for _, stored in tx.audit_entries()]
    assert [(it.object, it.note) for it in entries[-2:]] == [
        (holder.serial, "certificate/copy"),
        (holder.serial, "certificate"),
    ]


def test_it_is_spent_once_like_any_code(house, ask_copy, ask, holder):
    first = ask_copy(holder.phone, holder.serial)
    again = ask_copy(holder.phone, holder.serial, clinic=OTHER_CLINIC)
    plain = ask(CodeShown(holder.phone.code(house.at)))  # of the same second

    assert first["outcome"] == "valid"
    assert (again["outcome"], again["person"]) == ("replayed", None)
    assert plain["outcome"] == "replayed"


@pytest.mark.parametrize(("seconds", "outcome"), [(-91, "stale"), (31, "stale")])
def test_an_old_screen_is_stale(house, ask_copy, holder, seconds, outcome):
    made_at = house.at + timedelta(seconds=seconds)

    assert ask_copy(holder.phone, holder.serial, made_at)["outcome"] == outcome


def test_an_old_coverage_answers_newer_as_the_paper_does(house, ask, ask_copy, holder):
    gone = holder.coverage
    with house.store.transaction() as tx:
        tx.put_coverage(
            type(gone)(
                **{
                    **{name: getattr(gone, name) for name in gone.__slots__},
                    "lost_on": date(2026, 11, 1),
                    "loss_reason": LossReason.OTHER_INSURANCE,
                    "recorded_at": house.at,
                }
            )
        )
    house.cover(holder.person, insurer=NEW, acquired_on=date(2026, 11, 1))

    copy = ask_copy(holder.phone, holder.serial)
    plain = ask(CodeShown(holder.phone.code(house.at + timedelta(seconds=1))))

    assert (copy["outcome"], copy["qualification"]["validity"]) == (
        "newer-coverage",
        "3",
    )
    assert plain["outcome"] == "valid"


@pytest.mark.parametrize(
    ("kind", "outcome"),
    [(WithdrawalKind.REVOKED, "revoked"), (WithdrawalKind.SUSPENDED, "suspended")],
)
def test_a_withdrawn_paper_has_no_copy(house, ask_copy, holder, kind, outcome):
    withdrawn(house, holder.serial, kind)

    told = ask_copy(holder.phone, holder.serial)

    assert (told["outcome"], told["person"]) == (outcome, None)
    assert told["document"]["is_copy"] is True


def test_a_withdrawn_paper_has_none_on_a_phone_whose_token_expired_either(
    house, ask_copy, holder
):
    withdrawn(house, holder.serial, WithdrawalKind.REVOKED)
    house.at += timedelta(days=15)

    assert ask_copy(holder.phone, holder.serial)["outcome"] == "revoked"


def test_an_expired_paper_or_token_is_told_as_expired(house, ask_copy, holder):
    house.at += timedelta(days=15)  # the token has
    assert ask_copy(holder.phone, holder.serial)["outcome"] == "document-expired"
    with house.store.reading() as tx:
        last_on = tx.certificate(holder.serial).expires_on
    house.at += last_on - TODAY  # and the paper
    assert ask_copy(holder.phone, holder.serial)["document"]["state"] == "expired"


def test_an_ended_phone_shows_no_copy(house, ask_copy, holder):
    house.store.write(lambda tx: tx.revoke_client(holder.phone.client.id, house.at))

    told = ask_copy(holder.phone, holder.serial)

    assert (told["outcome"], told["qualification"]) == ("revoked", None)


def test_somebody_elses_serial_and_an_unknown_one_are_forgeries(
    house, ask_copy, holder
):
    other = Holder(house)
    unknown = next(new_serials(bytes))
    for second, serial in enumerate((other.serial, unknown)):
        made_at = house.at + timedelta(seconds=second)
        told = ask_copy(holder.phone, serial, made_at)
        assert (told["outcome"], told["person"]) == ("bad-signature", None)
        assert other.serial not in str(told)
    last = house.at + timedelta(seconds=5)
    assert ask_copy(holder.phone, holder.serial, last)["outcome"] == "valid"


def test_a_copy_signed_by_another_phone_is_a_forgery(house, ask, holder):
    forged = Holder(house).phone
    forged.token = holder.phone.token

    told = ask(CodeShown(forged.copy(house.at, holder.serial)))

    assert (told["outcome"], told["person"]) == ("bad-signature", None)


def test_an_offline_code_cannot_be_said_to_be_a_copy(house, ask, holder):
    kind, payload = transport.unpack(holder.phone.code(house.at))
    letters = holder.serial.replace("-", "").encode()
    bent = b"\x03" + payload[1:17] + letters + payload[17:]

    told = ask(CodeShown(transport.pack(kind, bent)))

    assert told["outcome"] == "bad-signature"


def test_a_key_stolen_before_the_paper_was_signed_answers_for_no_copy(
    house, ask_copy, holder
):
    with house.store.reading() as tx:
        kid = tx.certificate(holder.serial).kid
    house.at += timedelta(minutes=1)
    declare_compromised(house.store, kid, house.at - timedelta(days=1), house.at)

    assert ask_copy(holder.phone, holder.serial)["outcome"] == "bad-signature"


def test_where_an_online_code_is_demanded_a_copy_is_not_enough(house, ask_copy, holder):
    with house.store.transaction() as tx:
        tx.put_insurer(Insurer(OLD.digits, "架空協会けんぽ", "03", None, True))

    with pytest.raises(ChallengeRequiredError):
        ask_copy(holder.phone, holder.serial)
