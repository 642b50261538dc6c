"""What of a certificate may still be handed out: not what must no longer be told."""

from backend.credentials.certificate import read_fields
from backend.credentials.jose import peek_claims
from backend.issuing.issued_text import issued_text
from backend.storage.rows import IssuedCertificate
from backend.storage.store import Transaction


def text_to_show(tx: Transaction, paper: IssuedCertificate) -> str | None:
    """The signed certificate; None where it is gone or may be shown to nobody.

    It is gone with an erased person, and shown to nobody where it carries the address
    of someone whose address has been withheld (不開示) since it was issued.
    """
    text = issued_text(paper)
    if not text:
        return None
    member = tx.member(paper.person_id, paper.insurer)
    is_withheld = member is not None and member.person.is_undisclosed
    return None if is_withheld and _has_address(text) else text


def _has_address(signed: str) -> bool:
    fields, _, _ = read_fields(peek_claims(signed))
    return fields.address is not None
