"""A forger with a good printer: changes a printed field, keeps the old signature."""

from backend.credentials import jose
from backend.credentials.certificate import (
    CERTIFICATE_TYP,
    certificate_payload,
    read_fields,
)
from backend.credentials.certificate_qr import from_qr, to_qr
from backend.credentials.issuer_names import IssuerNames
from backend.domain.age import anniversary


def with_a_later_expiry(code: str, base_url: str) -> str:
    """The certificate's code with one more year on it; its checksum is right again."""
    token = from_qr(code, IssuerNames(base_url))
    fields, form, names = read_fields(jose.peek_claims(token))
    altered = fields._replace(expires_on=anniversary(fields.expires_on, 1))
    payload = certificate_payload(altered, form, names)
    kid = jose.peek_header(token).kid or ""
    _, _, signature = token.rpartition(".")
    unsigned = jose.signing_input(payload, CERTIFICATE_TYP, kid).decode("ascii")
    return to_qr(f"{unsigned}.{signature}")
