"""Without network the reader answers codes and lists as the house's own readers do."""

import json
import zlib
from datetime import date
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from backend.credentials.certificate import Form, seal_certificate
from backend.credentials.certificate_qr import to_qr
from backend.credentials.certificate_template import write_fields
from backend.credentials.issuer_names import IssuerNames
from backend.credentials.signing import LocalSigner
from backend.credentials.transport import CodeKind, pack, unpack
from backend.domain.charge import LimitCategory, SpecificDisease
from backend.domain.codes import Sex
from backend.domain.insurer_number import InsurerNumber
from tests.whole_certificate import INSURER, OTHER_INSURER, WHOLE, one_field_changed

VECTORS = Path(__file__).parents[1] / "vectors"
KINDS = ("certificate-code", "status-list", "status-list-encoding")
CASES = [it.parent for kind in KINDS for it in VECTORS.glob(f"{kind}/*/verdict.json")]
PUBLISHED = ("next", "active", "retiring")

READ = """async (cases) => {
  const { openCertificateCode } = await import('/reader/paper/certificate_code.js');
  const lists = await import('/reader/paper/status_list.js');
  const hex = (octets) => Array.from(octets, (it) => it.toString(16).padStart(2, '0'));
  const readers = {
    'certificate-code': async (text, keys, asked) => {
      const paper = await openCertificateCode(text, asked.base_url, keys);
      if (Date.parse(asked.at) >= paper.expiresAt) return { verdict: 'expired' };
      return { verdict: 'good', jwt: paper.jwt };
    },
    'status-list': async (text, keys, asked) => {
      const at = Date.parse(asked.at);
      const list = await lists.openStatusList(text, asked.uri, keys, at);
      return { verdict: 'good', status: lists.statusAt(list, asked.index) };
    },
    'status-list-encoding': async (text) => {
      const packed = await lists.unpackedList(JSON.parse(text).lst);
      const statuses = hex(packed).flatMap((_, at) =>
        [0, 2, 4, 6].map((by) => packed[at] >> by & 3));
      return { verdict: 'good', bytes: hex(packed).join(''), statuses };
    },
  };
  const refused = (error) => {
    const kind = error.constructor.name;
    if (kind === 'StatusUnknownError') return { verdict: 'status-unknown' };
    if (kind !== 'NotGenuineError') throw error;
    return { verdict: 'not-genuine', reason: error.message };
  };
  const answers = [];
  for (const [kind, ...given] of cases)
    answers.push(await readers[kind](...given).catch(refused));
  return answers;
}"""

NAMES = IssuerNames("https://shikaku.example")
SIGNER = LocalSigner.of(ec.derive_private_key(31, ec.SECP256R1()))
SPELLED = [
    {},
    {"symbol": None, "branch": None, "relation": None, "insured_name": None},
    {"copay_ratio": None, "copay_from_on": None, "limit_category": None},
    {"limit_from_on": None, "specific_diseases": (), "is_special_expenses": False},
    {"name": "𠮷田　辻󠄀子", "insured_name": "邊見・㈱ 'ﾊﾝｶｸ' ~～"},
    {"name": 'עדן ●👩\u200d⚕️ \\"x"', "kana": "ｶﾞﾊﾟｳﾞ-ｰ｡", "symbol": "\ufeff①"},
    {"birth_on": date(1900, 1, 1), "expires_on": date(2079, 6, 5)},
    {"limit_category": LimitCategory.A_A, "sex": Sex.UNSET},
    {"limit_category": LimitCategory.GENERAL_1},
    {"specific_diseases": tuple(SpecificDisease)},
    {"status_list": 65_535, "status_index": 2**32 - 1},
]
SPOILT = [
    lambda p: b"",
    lambda p: p[:1],
    lambda p: p[:70],
    lambda p: p[:-1],
    lambda p: p + b"\0",
    lambda p: b"\x13" + p[1:],
    lambda p: p[:108],
    lambda p: p[:70] + bytes(38) + p[108:],
    lambda p: p[:108] + b"\xff" * 40,
    lambda p: p[:108] + deflated(bytes(200_000)),
    lambda p: p[:108] + deflated(zlib.decompress(p[108:], wbits=-15) + b"\x02"),
    lambda p: p[:108] + b"\x03\x00",
]


@pytest.fixture
def page(visitor):
    return visitor.visit("/reader/")


def told(folder, name):
    return json.loads((folder / name).read_text("utf-8"))


def published(keys):
    """Keys as `/.well-known/jwks.json` has them."""
    return [
        key["jwk"]
        | {"kid": key["kid"]}
        | ({"insurer": key["insurer"]} if key["insurer"] else {})
        for key in keys
        if key["state"] in PUBLISHED
    ]


def deflated(octets):
    deflating = zlib.compressobj(level=9, wbits=-15)
    return deflating.compress(octets) + deflating.flush()


def sealed(fields, form=Form.A4):
    return seal_certificate(fields, form, NAMES, SIGNER)


def answers(page, codes):
    keys = [SIGNER.public.jwk | {"kid": SIGNER.kid, "insurer": INSURER}]
    asked = {"at": "2026-11-23T09:00:00Z", "base_url": NAMES.base_url}
    return page.evaluate(READ, [["certificate-code", c, keys, asked] for c in codes])


def test_every_vector_is_answered_as_it_says(page):
    assert len(CASES) >= 20
    cases = [
        [
            folder.parent.name,
            (folder / "input.txt").read_bytes().decode("utf-8"),
            published(told(folder, "keys.json")),
            told(folder, "question.json"),
        ]
        for folder in CASES
    ]

    answered = page.evaluate(READ, cases)

    names = [f"{folder.parent.name}/{folder.name}" for folder in CASES]
    expected = [told(folder, "verdict.json") for folder in CASES]
    assert dict(zip(names, answered, strict=True)) == dict(
        zip(names, expected, strict=True)
    )


def test_what_was_signed_is_rebuilt_byte_for_byte(page):
    papers = [
        sealed(
            WHOLE._replace(**changes, **({"address": None} if is_card else {})), form
        )
        for changes in SPELLED
        for form in Form
        for is_card in [form is Form.CARD]
    ]

    read = answers(page, [to_qr(paper) for paper in papers])

    assert read == [{"verdict": "good", "jwt": paper} for paper in papers]


def test_altering_any_printed_field_is_detected(page):
    head = unpack(to_qr(sealed(WHOLE)))[1][:70]
    altered = one_field_changed()
    forged = [
        pack(CodeKind.CERTIFICATE, head + write_fields(fields, Form.A4))
        for fields in altered.values()
    ]

    read = answers(page, forged)

    found = dict(zip(altered, read, strict=True))
    wanted = {"verdict": "not-genuine", "reason": "bad-signature"}
    assert {name: it for name, it in found.items() if it != wanted} == {}


def test_a_key_speaks_for_its_own_insurer_only(page):
    other = WHOLE._replace(insurer_number=InsurerNumber.parse(OTHER_INSURER))

    (read,) = answers(page, [to_qr(sealed(other))])

    assert read == {"verdict": "not-genuine", "reason": "unknown-key"}


def test_other_bytes_are_malformed(page):
    payload = unpack(to_qr(sealed(WHOLE)))[1]

    read = answers(page, [pack(CodeKind.CERTIFICATE, it(payload)) for it in SPOILT])

    wanted = {"verdict": "not-genuine", "reason": "malformed"}
    assert [it for it in read if it != wanted] == []
