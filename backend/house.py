"""The composition root: settings, driver, keys and clock become rooms."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from backend.api.answers import render_answer
from backend.api.rooms import Rooms
from backend.credentials.issuer_names import IssuerNames
from backend.issuing.bulk.bulk import Bulk
from backend.issuing.issuer import Issuer
from backend.issuing.keys import KnownKeys
from backend.keyring.column_safe import ColumnSafe
from backend.keyring.keyring import Keyring
from backend.keyring.passphrase import read_passphrase
from backend.keyring.pkcs11 import Pkcs11Keyring
from backend.keyring.secrets_box import ColumnKeys, derived, read_master
from backend.registering.registrar import Registrar
from backend.settings import Settings
from backend.storage.sqlite.store import SqliteStore
from backend.verifying.online import OnlineCheck

COLUMN_KEYS_VERSION = 1


@dataclass(frozen=True, slots=True)
class House:
    """A whole deployment, opened: what commands and doors work with."""

    settings: Settings
    store: SqliteStore
    keyring: Keyring | Pkcs11Keyring
    rooms: Rooms


def open_house(
    settings: Settings,
    clock: Callable[[], datetime],
    random_bytes: Callable[[int], bytes],
) -> House:
    """Open the store and the keys that `shikaku init` made.

    Raises KeyringError or UnavailableError, each with its cure.
    """
    master = read_master(settings.keys_dir)
    keyring = _keyring(settings)
    store = SqliteStore(settings.database)
    issuer = Issuer(
        store=store,
        signer_of=keyring.signer,
        names=IssuerNames(settings.base_url),
        random_bytes=random_bytes,
        challenge_key=derived(master, "shikaku challenges"),
    )
    safe = ColumnSafe(ColumnKeys.derive(master, COLUMN_KEYS_VERSION), random_bytes)
    rooms = Rooms(
        store=store,
        clock=clock,
        random_bytes=random_bytes,
        issuer=issuer,
        bulk=Bulk(issuer, safe, settings.approval_above, random_bytes),
        online=_online(issuer),
        code_key=derived(master, "shikaku one-time codes"),
        registrar=Registrar(
            store=store,
            safe=safe,
            random_bytes=random_bytes,
            sample_data=settings.sample_data,
        ),
        base_url=settings.base_url,
    )
    return House(settings, store, keyring, rooms)


def _keyring(settings: Settings) -> Keyring | Pkcs11Keyring:
    """Key files, or the PKCS#11 token that the settings name."""
    if settings.pkcs11_library is not None:
        return Pkcs11Keyring(
            settings.pkcs11_library, settings.pkcs11_token, settings.pkcs11_pin or ""
        )
    passphrase = read_passphrase(settings.key_passphrase, settings.keys_dir)
    return Keyring(settings.keys_dir, passphrase)


def _online(issuer: Issuer) -> OnlineCheck:
    return OnlineCheck(
        store=issuer.store,
        keys=KnownKeys().at,
        signer_of=issuer.signer_of,
        names=issuer.names,
        challenge_key=issuer.challenge_key,
        random_bytes=issuer.random_bytes,
        render=render_answer,
    )
