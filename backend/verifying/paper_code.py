"""Examine a certificate: genuine, recorded, alive; and which coverage it names."""

from datetime import datetime
from hashlib import sha256

from backend.credentials.certificate import Certificate, open_certificate
from backend.credentials.certificate_qr import from_qr
from backend.credentials.issuer_names import IssuerNames
from backend.credentials.jose import NotGenuine, NotGenuineError, peek_claims
from backend.credentials.key_set import KeyRecord, KeySet
from backend.domain.judgement import CertificateShown
from backend.domain.outcome import DocumentState
from backend.keyring.life import CouldNotCheck, Refused, accepts
from backend.storage.rows import IssuedCertificate, WithdrawalKind
from backend.storage.store import Transaction
from backend.verifying.answer import Document
from backend.verifying.examined import Examined

_NOT_GENUINE = {
    NotGenuine.WRONG_KIND: DocumentState.WRONG_KIND,
    NotGenuine.MALFORMED: DocumentState.UNREADABLE,
    NotGenuine.MISSING_CLAIM: DocumentState.UNREADABLE,
    NotGenuine.BAD_SIGNATURE: DocumentState.BAD_SIGNATURE,
    NotGenuine.MISDIRECTED: DocumentState.BAD_SIGNATURE,
    NotGenuine.UNKNOWN_KEY: DocumentState.UNKNOWN_ISSUER,
}
_WITHDRAWN = {
    WithdrawalKind.REVOKED: DocumentState.REVOKED,
    WithdrawalKind.SUSPENDED: DocumentState.SUSPENDED,
}


def examine_paper(
    tx: Transaction, text: str, keys: KeySet, names: IssuerNames, at: datetime
) -> Examined:
    """Everything about a certificate's code (or JWT) but its coverage.

    (1) readable, (2) of this kind, (3) signed by its insurer's key, (4) in our
    issuance record, by the hash of its signing input, (5) the key still counts, (6) not
    withdrawn, (7) not expired.
    """
    try:
        token = text if "." in text else from_qr(text, names)  # (1)
    except NotGenuineError as error:
        return Examined(Document("certificate", _NOT_GENUINE[error.reason]))
    try:
        paper = open_certificate(token, keys.find)  # (2) (3)
    except NotGenuineError as error:
        return _not_genuine(tx, token, _NOT_GENUINE[error.reason])
    recorded = tx.certificate(paper.fields.serial)
    if recorded is None or not _is_same(paper, recorded):  # (4)
        return _not_genuine(tx, token, DocumentState.BAD_SIGNATURE)
    state = paper_state(recorded, paper.expires_at, keys.find(paper.kid), at)
    return Examined(
        document=Document("certificate", state, recorded.serial),
        asked=CertificateShown(recorded.coverage_id)
        if state.tells_of_coverage
        else None,
        person_ids=(recorded.person_id,),
        insurer=recorded.insurer,
    )


def _not_genuine(tx: Transaction, token: str, state: DocumentState) -> Examined:
    """Whose paper it pretends to be, so that they read of the attempt."""
    try:
        serial = peek_claims(token).get("jti")
    except NotGenuineError:
        serial = None
    copied = tx.certificate(serial) if isinstance(serial, str) else None
    return Examined(
        Document("certificate", state),
        person_ids=(copied.person_id,) if copied else (),
    )


def _is_same(paper: Certificate, recorded: IssuedCertificate) -> bool:
    return recorded.digest == sha256(paper.signing_input).digest()


def paper_state(
    recorded: IssuedCertificate,
    expires_at: datetime,
    key: KeyRecord | None,
    at: datetime,
) -> DocumentState:
    """Of a certificate in our record: (5) to (7); `key` is the one that signed it."""
    if key is None:
        return DocumentState.UNKNOWN_ISSUER
    stolen_at = key.compromised_at
    is_older = stolen_at is None or recorded.issued_at < stolen_at
    match accepts(key, at, is_older):  # (5)
        case Refused():
            return DocumentState.BAD_SIGNATURE
        case CouldNotCheck():
            return DocumentState.COULD_NOT_CHECK
    if recorded.withdrawal is not None and recorded.withdrawal.kind in _WITHDRAWN:
        return _WITHDRAWN[recorded.withdrawal.kind]  # (6)
    is_alive = at < expires_at  # (7)
    return DocumentState.GOOD if is_alive else DocumentState.EXPIRED
