"""Keys in a PKCS#11 token, tried on SoftHSM2 with a throw-away token directory."""

import os
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest

from backend.credentials.key_set import KeyPurpose
from backend.credentials.signing import PublicKey
from backend.domain.errors import NotFoundError
from backend.keyring.errors import KeyringError
from backend.keyring.pkcs11 import Pkcs11Keyring, Pkcs11Signer

LIBRARY = Path("/usr/lib/softhsm/libsofthsm2.so")
PIN = "1234"
AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def _init_token(label: str) -> None:
    command = ["softhsm2-util", "--init-token", "--free", "--label", label]
    pins = ["--pin", PIN, "--so-pin", "5678"]
    subprocess.run([*command, *pins], check=True, capture_output=True)


@pytest.fixture(scope="module")
def tokens(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The directory of two fresh tokens: `shikaku`, and `other` that stays shut."""
    if os.environ.get("SHIKAKU_WITHOUT_HSM") == "1":
        pytest.skip(
            "SHIKAKU_WITHOUT_HSM=1: the HSM signer is not tried on this machine"
        )
    if not LIBRARY.exists():
        pytest.fail(f"{LIBRARY} is missing; cure: apt-get install softhsm2")
    import pkcs11

    directory = tmp_path_factory.mktemp("softhsm")
    configuration = directory / "softhsm2.conf"
    configuration.write_text(f"directories.tokendir = {directory}\nlog.level = ERROR\n")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOFTHSM2_CONF", str(configuration))
        _init_token("shikaku")
        _init_token("other")
        yield directory
        # The library read its configuration once; the next user must start it anew.
        pkcs11.unload(str(LIBRARY))


@pytest.fixture
def keyring(tokens: Path) -> Iterator[Pkcs11Keyring]:
    keyring = Pkcs11Keyring(LIBRARY, "shikaku", PIN)
    yield keyring
    keyring.close()


def test_a_key_made_in_the_token_signs(keyring: Pkcs11Keyring) -> None:
    kid, jwk = keyring.create(KeyPurpose.ISSUING, "01130012", AT)
    public = PublicKey.from_jwk(jwk)
    signature = keyring.signer(kid).sign(b"message")
    assert kid == public.kid == keyring.signer(kid).kid
    assert 64 == len(signature)
    assert public.verify(b"message", signature)
    assert not public.verify(b"another", signature)


def test_the_private_key_does_not_leave_the_token(keyring: Pkcs11Keyring) -> None:
    from pkcs11 import Attribute
    from pkcs11.exceptions import AttributeSensitive

    kid, _ = keyring.create(KeyPurpose.SERVICE, None, AT)
    signer = keyring.signer(kid)
    assert isinstance(signer, Pkcs11Signer)
    with pytest.raises(AttributeSensitive):
        signer.private_key[Attribute.VALUE]
    assert signer.private_key[Attribute.EXTRACTABLE] is False
    assert signer.private_key[Attribute.NEVER_EXTRACTABLE] is True
    assert signer.private_key[Attribute.ALWAYS_SENSITIVE] is True


def test_keys_are_found_after_a_restart(tokens: Path) -> None:
    first = Pkcs11Keyring(LIBRARY, "shikaku", PIN)
    kid, jwk = first.create(KeyPurpose.SERVICE, None, AT)
    first.close()
    second = Pkcs11Keyring(LIBRARY, "shikaku", PIN)
    assert second.has(kid)
    assert PublicKey.from_jwk(jwk).verify(b"m", second.signer(kid).sign(b"m"))
    second.close()


def test_an_unknown_key_is_not_found(keyring: Pkcs11Keyring) -> None:
    assert not keyring.has("AAAAAAAA")
    with pytest.raises(NotFoundError):
        keyring.signer("AAAAAAAA")


def test_a_relabelled_key_is_refused(keyring: Pkcs11Keyring) -> None:
    from pkcs11 import Attribute, ObjectClass

    kid, _ = keyring.create(KeyPurpose.SERVICE, None, AT)
    for kind in (ObjectClass.PRIVATE_KEY, ObjectClass.PUBLIC_KEY):
        keyring._session.get_key(kind, label=kid)[Attribute.LABEL] = "BBBBBBBB"
    with pytest.raises(KeyringError, match="bears another's name"):
        keyring.signer("BBBBBBBB")


def test_a_key_on_another_curve_is_refused(keyring: Pkcs11Keyring) -> None:
    from pkcs11 import Attribute, KeyType
    from pkcs11.util.ec import encode_named_curve_parameters

    curve = {Attribute.EC_PARAMS: encode_named_curve_parameters("secp384r1")}
    domain = keyring._session.create_domain_parameters(KeyType.EC, curve, local=True)
    domain.generate_keypair(store=True, label="CCCCCCCC")
    with pytest.raises(KeyringError, match="bears another's name"):
        keyring.signer("CCCCCCCC")


def test_threads_share_the_token(keyring: Pkcs11Keyring) -> None:
    kid, jwk = keyring.create(KeyPurpose.SERVICE, None, AT)
    public, signer = PublicKey.from_jwk(jwk), keyring.signer(kid)
    messages = [str(number).encode() for number in range(200)]
    with ThreadPoolExecutor(8) as pool:
        signatures = list(pool.map(signer.sign, messages))
    assert all(map(public.verify, messages, signatures))


@pytest.mark.parametrize(
    ("library", "token", "pin"),
    [
        (LIBRARY, "missing", PIN),
        (LIBRARY, "other", "9999"),
        (Path("/nowhere/libpkcs11.so"), "shikaku", PIN),
    ],
    ids=["no such token", "wrong PIN", "no such library"],
)
def test_a_token_that_does_not_open_is_said(
    tokens: Path, library: Path, token: str, pin: str
) -> None:
    with pytest.raises(KeyringError, match="cannot be opened") as caught:
        Pkcs11Keyring(library, token, pin)
    assert pin not in str(caught.value)


def test_a_closed_token_signs_no_more(tokens: Path) -> None:
    keyring = Pkcs11Keyring(LIBRARY, "shikaku", PIN)
    kid, _ = keyring.create(KeyPurpose.SERVICE, None, AT)
    signer = keyring.signer(kid)
    keyring.close()
    with pytest.raises(KeyringError, match="does not sign"):
        signer.sign(b"message")


def test_the_room_opens_without_the_package() -> None:
    """`python-pkcs11` is an extra: its absence is said when a token is asked for."""
    script = """
import sys
sys.modules["pkcs11"] = None
from pathlib import Path
from backend.keyring.errors import KeyringError
from backend.keyring.pkcs11 import Pkcs11Keyring
try:
    Pkcs11Keyring(Path("/nowhere"), "token", "pin")
except KeyringError as error:
    print(error.fix.en)
"""
    ran = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert "pip install 'shikaku[hsm]'\n" == ran.stdout
