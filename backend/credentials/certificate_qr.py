"""資格確認書のQRコード: the printed fields and the signature, the rest is rebuilt.

Payload: the template (1 byte: 0x11 is A4, 0x12 はがき, 0x20 card stock), the key's name
(5 bytes, the base32 of its 8 letters), the signature (64), then the fields as in
`certificate_template`.

A reader rebuilds the claims of `certificate_payload` (`iss`, `exp` and the status
list's address follow from the fields and from where the issuer stands) and verifies
the signature over the JWT so rebuilt: no printed field can be altered.
"""

import base64
from io import BytesIO

from backend.credentials import base64url, certificate_template, jose, transport
from backend.credentials.certificate import (
    CERTIFICATE_TYP,
    CertificateFields,
    Form,
    certificate_payload,
    read_fields,
)
from backend.credentials.issuer_names import IssuerNames
from backend.credentials.jose import NotGenuine, NotGenuineError
from backend.credentials.packed_text import LONGEST_CHARACTER, plain_octets
from backend.credentials.scanned_code import payload_of
from backend.credentials.signing import KID_LETTERS, SIGNATURE_BYTES
from backend.credentials.transport import CodeKind
from backend.domain.errors import MalformedError
from backend.domain.words import Words

KID_BYTES = KID_LETTERS * 5 // 8
_ANY_KID = "A" * KID_LETTERS

_TEMPLATES = {Form.A4: 0x11, Form.POSTCARD: 0x12, Form.CARD: 0x20}
_FORMS = {template: form for form, template in _TEMPLATES.items()}

# Characters that fit in alphanumeric mode at level M (ISO/IEC 18004 table 7): version
# 17 on A4 and はがき, 14 on card stock.
_CAPACITY = {Form.A4: 734, Form.POSTCARD: 734, Form.CARD: 528}
# Bytes for the texts of a paper where nothing of them can be deflated.
_ROOM = {
    form: transport.octets_in(capacity)
    - (1 + KID_BYTES + SIGNATURE_BYTES + certificate_template.BESIDE_THE_TEXTS)
    for form, capacity in _CAPACITY.items()
}


def to_qr(token: str) -> str:
    """The text of the code for a certificate that we sealed.

    Raises `MalformedError` (`qr`) if what is printed does not fit the form's code:
    no field is ever left out.
    """
    fields, form, names = read_fields(jose.peek_claims(token))
    kid, signature = jose.peek_header(token).kid or "", token.rpartition(".")[2]
    payload = (
        bytes([_TEMPLATES[form]])
        + base64.b32decode(kid)
        + base64url.decode(signature)
        + _octets(fields, form)
    )
    text = transport.pack(CodeKind.CERTIFICATE, payload)
    if len(text) > _CAPACITY[form] or not _comes_back(text, names, token):
        raise _does_not_fit()
    return text


def require_fits(
    fields: CertificateFields, texts: str, form: Form, names: IssuerNames
) -> None:
    """Raise `MalformedError` (`qr`) where the code of this paper would not fit.

    `texts` is its `printed_text`.

    Neither key nor signature nor status place change a code's size, so this is known
    before anything is signed.
    """
    if not _fits_surely(fields, texts, form):
        claims = certificate_payload(fields, form, names)
        unsigned = jose.signing_input(claims, CERTIFICATE_TYP, _ANY_KID)
        to_qr(jose.attach(unsigned, bytes(SIGNATURE_BYTES)))


def room_for_texts(form: Form) -> int:
    """Bytes that the code of a paper has for its texts, whatever they are."""
    return _ROOM[form]


def _fits_surely(fields: CertificateFields, texts: str, form: Form) -> bool:
    """Whether it fits even if nothing in it could be deflated; most papers do."""
    if not certificate_template.has_numbers_for(fields):
        return False
    room = _ROOM[form]
    return LONGEST_CHARACTER * len(texts) <= room or plain_octets(texts) <= room


def from_qr(text: str, names: IssuerNames) -> str:
    """The signed certificate in a code as scanned or typed, byte for byte.

    Nothing is proven yet: `open_certificate` is to read it. Raises `NotGenuineError`:
    `WRONG_KIND` for any other code, `MALFORMED` for a damaged one.
    """
    payload = payload_of(text, CodeKind.CERTIFICATE)
    try:
        return _rebuild(payload, names)
    except (ValueError, LookupError, TypeError, OverflowError, MalformedError):
        raise NotGenuineError(NotGenuine.MALFORMED, "not of a template") from None


def _octets(fields: CertificateFields, form: Form) -> bytes:
    try:
        return certificate_template.write_fields(fields, form)
    except (OverflowError, ValueError):
        raise _does_not_fit() from None


def _comes_back(text: str, names: IssuerNames, token: str) -> bool:
    try:
        return from_qr(text, names) == token
    except NotGenuineError:
        return False


def _rebuild(payload: bytes, names: IssuerNames) -> str:
    source = BytesIO(payload)
    form = _FORMS[source.read(1)[0]]
    kid = base64.b32encode(source.read(KID_BYTES)).decode("ascii")
    signature = source.read(SIGNATURE_BYTES)
    fields = certificate_template.read_fields(source.read(), form)
    claims = certificate_payload(fields, form, names)
    return jose.attach(jose.signing_input(claims, CERTIFICATE_TYP, kid), signature)


def _does_not_fit() -> MalformedError:
    return MalformedError(
        "qr",
        Words(
            "記載事項がこの様式のQRコードに収まりません",
            "what is printed does not fit this form's code",
        ),
        Words(
            "氏名・住所・記号番号を短くするか、A4かはがきに印刷してください",
            "shorten names, address or numbers, or print it on A4 or a postcard",
        ),
    )
