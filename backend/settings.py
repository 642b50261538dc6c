"""What an operator may set, read once from the environment; every name has a default.

Each is documented in docs/settings.md (a test compares the two).
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from backend.domain.errors import MalformedError
from backend.domain.words import Words

PREFIX = "SHIKAKU_"


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything set from outside; a wrong value stops the start, by name."""

    data_dir: Path = Path("var")
    checkpoints: Path = Path("var/checkpoints.jsonl")
    keys_dir: Path = Path("keys")
    base_url: str = "http://localhost:8000"  # passkeys need a name, no number
    key_passphrase: str | None = field(default=None, repr=False)
    pkcs11_library: Path | None = None
    pkcs11_token: str = "shikaku"  # noqa: S105 - the label of a token, no secret
    pkcs11_pin: str | None = field(default=None, repr=False)
    approval_above: int = 1_000
    operator_code: str | None = field(default=None, repr=False)
    sample_data: bool = False
    debug: bool = False

    @property
    def database(self) -> Path:
        """The SQLite file."""
        return self.data_dir / "shikaku.db"

    @classmethod
    def read(cls, environment: Mapping[str, str] | None = None) -> "Settings":
        """Read `SHIKAKU_*`; raises MalformedError naming a setting that is wrong."""
        given = {
            name.removeprefix(PREFIX).lower(): text
            for name, text in (
                os.environ if environment is None else environment
            ).items()
            if name.startswith(PREFIX) and text
        }
        data_dir = Path(given.get("data_dir", "var"))
        return cls(
            data_dir=data_dir,
            checkpoints=_path(given.get("checkpoints"))
            or data_dir / "checkpoints.jsonl",
            keys_dir=Path(given.get("keys_dir", "keys")),
            base_url=_url(given.get("base_url", "http://localhost:8000")),
            key_passphrase=given.get("key_passphrase"),
            pkcs11_library=_path(given.get("pkcs11_library")),
            pkcs11_token=given.get("pkcs11_token", "shikaku"),
            pkcs11_pin=given.get("pkcs11_pin"),
            operator_code=given.get("operator_code"),
            approval_above=_count("approval_above", given, 1_000),
            sample_data=_flag("sample_data", given),
            debug=_flag("debug", given),
        )


def _path(text: str | None) -> Path | None:
    return None if text is None else Path(text)


def _url(text: str) -> str:
    if not _is_base_url(text):
        raise MalformedError(
            "SHIKAKU_BASE_URL",
            Words(
                "URL は http:// か https:// とホスト名で始まり、/ で終わらない形に"
                "します（ポートは 1〜65535）",
                "must be http:// or https:// with a host, not end with /, and have a "
                "port of 1 to 65535 if any",
            ),
            Words(
                "例: https://shikaku.example.jp",
                "for example https://shikaku.example.jp",
            ),
        )
    return text


def _is_base_url(text: str) -> bool:
    if not text.startswith(("http://", "https://")) or text.endswith("/"):
        return False
    try:
        parts = urlsplit(text)
        return bool(parts.hostname) and parts.port != 0
    except ValueError:  # half an IPv6 address, a port out of range
        return False


def _count(name: str, given: Mapping[str, str], default: int) -> int:
    text = given.get(name, str(default))
    if not (text.isascii() and text.isdecimal() and len(text) <= 9):
        raise MalformedError(
            PREFIX + name.upper(),
            Words("0 以上の整数を指定します", "must be a whole number, 0 or more"),
            Words(f"例: {default}", f"for example {default}"),
        )
    return int(text)


def _flag(name: str, given: Mapping[str, str]) -> bool:
    text = given.get(name, "0")
    if text not in ("0", "1"):
        raise MalformedError(
            PREFIX + name.upper(),
            Words("0 か 1 を指定します", "must be 0 or 1"),
            Words("例: 1", "for example 1"),
        )
    return text == "1"
