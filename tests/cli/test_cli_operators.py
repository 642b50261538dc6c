"""`shikaku operators`: codes for the console, renewed and ended."""

from backend.admitting.attempts import Gate
from backend.admitting.passkeys import NewPasskey, passkey_options, register_passkey
from backend.house import open_house
from backend.settings import Settings
from backend.system import now, random_bytes
from tests.soft_authenticator import SoftAuthenticator

INSURER = "01130012"
LOCAL = {"origin": "http://localhost:8000", "rp_id": "localhost"}


def enrolled(shell):
    shell("enrol", "insurer", INSURER, "--name", "架空", "--contact", "0")
    return shell.told("enrol", "operator", INSURER, "--name", "見本係")


def register(shell, code, name):
    """Register a passkey with a code that the terminal printed."""
    house = open_house(Settings.read(shell.settings), now, random_bytes)
    base = LOCAL["origin"]
    gate = Gate(house.store, house.rooms.code_key, base, random_bytes)
    options = passkey_options(gate, code, "", now())
    made = SoftAuthenticator(name).create(options, **LOCAL)
    register_passkey(gate, NewPasskey(code, made, ""), now())
    house.store.close()


def passkeys(shell):
    (told,) = shell.told("operators", "list", INSURER)["operators"]
    return [bool(it["ended_at"]) for it in told["passkeys"]]


def test_an_operators_passkey_is_listed_renewed_and_ended(shell):
    made = enrolled(shell)
    register(shell, made["console_code"], b"first")
    assert passkeys(shell) == [False]
    assert "パスキー passkey  有効 active" in shell("operators", "list", INSURER).output

    renewed = shell.told("operators", "renew", made["id"])
    assert passkeys(shell) == [True]
    register(shell, renewed["code"], b"second")
    assert passkeys(shell) == [True, False]

    shell("operators", "end", made["id"])
    assert passkeys(shell) == [True, True]
    refused = shell("operators", "renew", made["id"], status=1)
    assert "renew" not in refused.output  # a sentence, no traceback


def test_the_codes_are_told_to_people_too(shell):
    shell("enrol", "insurer", INSURER, "--name", "架空", "--contact", "0")
    told = shell("enrol", "operator", INSURER, "--name", "見本係").output
    assert "担当者コード" in told
    assert "コンソールの登録コード" in told
