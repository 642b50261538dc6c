"""The text of a certificate as it was signed, made again from what is recorded."""

from backend.credentials import jose
from backend.credentials.certificate import CERTIFICATE_TYP
from backend.credentials.certificate_mould import poured
from backend.storage.rows import IssuedCertificate


def issued_text(paper: IssuedCertificate) -> str:
    """The compact JWT (RFC 7515 §7.1): "" once the person is erased.

    Raises ValueError where the record was tampered with and makes no text.
    """
    if not paper.words:
        return ""
    place = paper.place.idx, paper.place.list_number
    claims = poured(paper.mould, paper.serial, *place, paper.words)
    to_sign = jose.signing_input(claims, CERTIFICATE_TYP, paper.kid)
    return jose.attach(to_sign, paper.signature)
