"""スマホ保険証の交付: one eligibility token for one phone, and its renewal."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from backend.audit.events import ActorKind, AuditEntry, AuditKind, pseudonym
from backend.credentials import jose
from backend.credentials.eligibility_token import (
    TOKEN_TYP,
    TokenClaims,
    TokenDraft,
    draft_token,
)
from backend.credentials.key_set import KeyPurpose
from backend.credentials.presentation import make_handle
from backend.credentials.signing import PublicKey
from backend.credentials.status_list import StatusReference
from backend.domain.coverage import Coverage
from backend.domain.errors import ConflictError, NotFoundError
from backend.domain.japan_time import japan_day
from backend.domain.judgement import PhoneShown, judge
from backend.domain.next_step import HEADLINES
from backend.domain.outcome import Outcome
from backend.domain.recorded_copay import recorded_copay
from backend.domain.words import Words
from backend.issuing.issuer import Issuer, active_signer
from backend.issuing.keys import key_set, note_expiry
from backend.storage.rows import (
    Client,
    Insurer,
    IssuedToken,
    Member,
    StatusPlace,
    TokenIntent,
)
from backend.storage.store import Transaction

LIFETIME = timedelta(days=14)  # design §4: days to weeks, renewed


@dataclass(frozen=True, slots=True)
class TokenForPhone:
    """The token's text, which only the phone keeps, and the handle that it shows."""

    handle: str
    text: str
    expires_at: datetime


def issue_token(issuer: Issuer, client: Client, at: datetime) -> TokenForPhone:
    """Issue a token of the person's coverage today, bound to the phone's key.

    Intent, signature, record, as for certificates (docs/issuance.md). Raises
    ConflictError where no single coverage holds today: there is nothing to carry; and
    for a phone that is ended meanwhile: its token would be in no status list.
    """
    keys = key_set(issuer.store)
    handle = make_handle(issuer.random_bytes)
    expires_at = _expiry(client, at)

    def intend(tx: Transaction) -> tuple[TokenIntent, TokenDraft]:
        coverage, member, insurer = _covered(tx, client.party, at)
        signer = active_signer(issuer, keys, KeyPurpose.ISSUING, insurer.number)
        place = tx.allocate_status(insurer.number, 1, issuer.random_bytes)[0]
        draft = _draft(
            issuer, client, handle, place, coverage, member, insurer, at, expires_at
        )
        to_sign = jose.signing_input(draft.payload, TOKEN_TYP, signer.kid)
        intent = TokenIntent(
            handle=handle,
            coverage_id=coverage.id,
            person_id=coverage.person_id,
            place=place,
            kid=signer.kid,
            signing_input=to_sign,
            digest=sha256(to_sign).digest(),
            expires_on=japan_day(expires_at),
            intended_at=at,
        )
        tx.put_intent(intent)
        note_expiry(tx, keys, signer.kid, expires_at)
        return intent, draft

    intent, draft = issuer.store.write(intend)
    signature = issuer.signer_of(intent.kid).sign(intent.signing_input)
    text = draft.complete(jose.attach(intent.signing_input, signature))
    issuer.store.write(lambda tx: _record(tx, intent, client, text, expires_at, at))
    return TokenForPhone(handle, text, expires_at)


def _expiry(client: Client, at: datetime) -> datetime:
    """In two weeks; a delegate's not after their last day."""
    latest = (at + LIFETIME).replace(microsecond=0)
    if client.delegate is None:
        return latest
    return min(latest, client.delegate.delegation.ends_at)


def _covered(
    tx: Transaction, person_id: str, at: datetime
) -> tuple[Coverage, Member, Insurer]:
    """The one coverage that holds today, as its insurer describes the person."""
    record = tx.record_of_person(person_id)
    verdict = judge(PhoneShown(person_id), record, japan_day(at), at)
    coverage = verdict.coverage
    if not verdict.is_valid or coverage is None:
        why = HEADLINES[Outcome(verdict.reason.value)]
        raise ConflictError(
            Words(
                f"本日有効な資格がないため交付できません: {why.ja}",
                f"No coverage holds today, so no token can be issued: {why.en}",
            )
        )
    member = tx.member(person_id, coverage.insurer.digits)
    insurer = tx.insurer(coverage.insurer.digits)
    if member is None or insurer is None:
        raise NotFoundError("member")
    return coverage, member, insurer


def _draft(
    issuer: Issuer,
    client: Client,
    handle: str,
    place: StatusPlace,
    coverage: Coverage,
    member: Member,
    insurer: Insurer,
    at: datetime,
    expires_at: datetime,
) -> TokenDraft:
    person = member.person
    scheme, on = coverage.insurer.scheme, japan_day(at)
    recorded = recorded_copay(coverage.copay, scheme, person.birth_on, on)
    claims = TokenClaims(
        insurer_number=coverage.insurer,
        insurer_name=insurer.name,
        symbol=coverage.identity.symbol,
        number=coverage.identity.number,
        branch=coverage.identity.branch,
        name=person.name.kanji,
        kana=person.name.kana,
        birth_on=person.birth_on,
        sex=person.sex,
        relation=coverage.relation,
        acquired_on=coverage.acquired_on,
        copay_ratio=recorded.value if recorded else None,
    )
    uri = issuer.names.status_list(place.insurer, place.list_number)
    return draft_token(
        claims,
        handle=handle,
        holder=PublicKey.from_jwk(client.jwk),
        status=StatusReference(uri, place.idx),
        issued_at=at,
        expires_at=expires_at,
        names=issuer.names,
        random_bytes=issuer.random_bytes,
    )


def _record(
    tx: Transaction,
    intent: TokenIntent,
    client: Client,
    text: str,
    expires_at: datetime,
    at: datetime,
) -> None:
    phone = tx.client(client.id)
    if phone is None or not phone.is_live(at):
        raise ConflictError(_ENDED)  # between its call and now
    tx.put_token(
        IssuedToken(
            handle=intent.handle,
            client=client,
            person_id=intent.person_id,
            coverage_id=intent.coverage_id,
            insurer=intent.place.insurer,
            place=intent.place,
            kid=intent.kid,
            digest=sha256(text.encode("ascii")).digest(),
            issued_at=at,
            expires_at=expires_at,
        )
    )
    key = tx.audit_key(intent.person_id)
    tx.append_audit(
        lambda sequence: AuditEntry(
            sequence=sequence,
            at=at,
            kind=AuditKind.TOKEN_ISSUED,
            actor_kind=ActorKind.PATIENT,
            terminal=client.id,
            subject=pseudonym(key) if key else "",
            object=intent.handle,
        )
    )


_ENDED = Words(
    "この端末は失効しています。新しい有効化コードで登録し直してください。",
    "This phone was ended: activate it again with a new code.",
)
