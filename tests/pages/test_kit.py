"""What all pages are made of, in a real browser, held against the house's own rooms."""

import hashlib

import pytest

from backend.credentials import base64url, jose
from backend.credentials.transport import CodeKind, pack

PAYLOADS = [b"", b"\x00", b"\xff" * 31, bytes(range(97)), b"twelve bytes"]
CODE = pack(CodeKind.PHONE, b"twelve bytes")


@pytest.fixture
def page(visitor):
    return visitor.visit("/console/")


def from_kit(page, module, body, argument=None):
    """Run `body` with the module's names as `kit` and the argument as `it`."""
    kit = f"const kit = await import('/pages/kit/{module}.js');"
    script = f"async (it) => {{ {kit} {body} }}"
    return page.evaluate(script, argument)


@pytest.mark.parametrize("kind", CodeKind)
def test_codes_are_written_and_read_as_the_house_does(page, kind):
    told = [(kind.value, list(payload)) for payload in PAYLOADS]
    expected = [pack(kind, payload) for payload in PAYLOADS]

    packed = from_kit(
        page,
        "transport",
        "return it.map(([kind, octets]) => kit.pack(kind, Uint8Array.from(octets)))",
        told,
    )
    read = from_kit(
        page,
        "transport",
        "return it.map((text) => kit.unpack(text)).map(([k, p]) => [k, Array.from(p)])",
        [f"  {text.lower()}\n" for text in expected],
    )

    assert packed == expected
    assert [tuple(it) for it in read] == told


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("https://example.jp/", "ForeignCodeError"),
        ("", "ForeignCodeError"),
        ("SK1P", "DamagedCodeError"),
        (CODE[:-1], "DamagedCodeError"),
        (CODE.replace("OR3", "OR4"), "DamagedCodeError"),
    ],
)
def test_other_and_damaged_codes_are_told_apart(page, text, error):
    found = from_kit(
        page,
        "transport",
        "try { kit.unpack(it); return '' }"
        " catch (error) { return error.constructor.name }",
        text,
    )

    assert found == error


def test_a_key_cannot_be_exported_and_signs_what_the_house_opens(page):
    refused = from_kit(
        page,
        "jose",
        "const key = await kit.makeKey();"
        "return crypto.subtle.exportKey('jwk', key.privateKey)"
        ".then(() => 'exported', (error) => error.name)",
    )
    sealed = from_kit(
        page,
        "jose",
        "return kit.sealSelfSigned(await kit.makeKey(), 'dpop+jwt', {jti: '名'})",
    )

    assert refused == "InvalidAccessError"
    assert jose.open_self_signed(sealed, "dpop+jwt").claims["jti"] == "名"


def test_a_kept_key_is_still_there_after_a_reload_and_still_not_to_be_had(page):
    from_kit(
        page,
        "kept",
        "const { makeKey } = await import('/pages/kit/jose.js');"
        "await new kit.Cupboard('try').put('key', await makeKey())",
    )
    page.reload()

    told = from_kit(
        page,
        "kept",
        "const key = await new kit.Cupboard('try').get('key');"
        "return [key.privateKey.extractable,"
        " await crypto.subtle.exportKey('pkcs8', key.privateKey).catch((e) => e.name)]",
    )

    assert told == [False, "InvalidAccessError"]


def test_digests_and_base64url_are_the_house_s(page):
    told = from_kit(page, "jose", "return kit.digest(it)", "7K2M-0QX4-9TZB")

    assert told == base64url.encode(hashlib.sha256(b"7K2M-0QX4-9TZB").digest())


def test_text_is_text_and_furigana_is_ruby(page):
    told = from_kit(
        page,
        "dom",
        "const made = kit.h('p', {}, it, kit.name('<b>مريم</b>'));"
        "return [made.querySelectorAll('ruby').length, made.querySelector('b'),"
        " made.querySelector('bdi').textContent, made.textContent]",
        "{資格|しかく}を<i>喪失",
    )

    ruby, bold, name, text = told
    assert (ruby, bold, name) == (1, None, "<b>مريم</b>")
    assert text.startswith("資格（しかく）を<i>喪失")
