"""写し: what a person's own phone needs to draw the copy of a certificate."""

from dataclasses import dataclass

from backend.credentials.certificate import CertificateFields, Form, read_fields
from backend.credentials.jose import peek_claims
from backend.domain.errors import NotFoundError
from backend.issuing.showing import text_to_show
from backend.storage.rows import IssuedCertificate
from backend.storage.store import Store


@dataclass(frozen=True, slots=True)
class Copy:
    """A certificate as recorded, and every field that is printed on it."""

    paper: IssuedCertificate
    fields: CertificateFields
    form: Form


def copy_of(store: Store, person_id: str, serial: str) -> Copy | None:
    """The copy of one of the person's certificates; None where none may be shown.

    None is shown that bears an address which has been withheld since (不開示). Raises
    NotFoundError for somebody else's, or once the person is erased.
    """
    with store.reading() as tx:
        paper = tx.certificate(serial)
        if paper is None or paper.person_id != person_id or not paper.words:
            raise NotFoundError("certificate")
        text = text_to_show(tx, paper)
    if text is None:
        return None
    fields, form, _ = read_fields(peek_claims(text))
    return Copy(paper, fields, form)
