"""`shikaku doctor`: names each misconfiguration, and how to mend it."""

import json
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

import click

from backend.app import House, open_house
from backend.audit.events import read_entry
from backend.cli.opening import explained, json_option
from backend.credentials.key_set import KeyPurpose
from backend.domain.errors import MalformedError, ShikakuError, UnavailableError
from backend.issuing.checkpoints import last_head
from backend.issuing.keys import key_set
from backend.keyring.errors import KeyringError
from backend.settings import Settings
from backend.system import now, random_bytes

RELEASED_AT = datetime(2026, 11, 1, tzinfo=UTC)  # no right clock shows an earlier time
CLOCK_SLACK = timedelta(seconds=2)  # safety target for clocks
_LOST_JOURNAL = (
    "封印ファイルを写しから戻す。戻すまで監査記録は信用できません / restore the "
    "journal from its copy; until then the log cannot be trusted"
)
_CUT_LOG = (
    "監査記録が封印より短い: shikaku audit verify で調べ、控えから戻す / the log is "
    "shorter than sealed: shikaku audit verify, and restore the backup"
)
LOOPBACK = ("127.0.0.1", "localhost", "::1")


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at: is it well, what was found, and how to mend it."""

    name: str
    is_well: bool
    found: str
    cure: str


@click.command()
@json_option
@explained
def doctor(as_json: bool) -> None:
    """設定・鍵・データベース・時計を点検し、直し方を示します。

    Look at settings, keys, database and clock. Status 1 if anything must be mended.
    """
    findings = list(examine(Settings.read(), now()))
    _show(findings, as_json)
    if not all(finding.is_well for finding in findings):
        raise SystemExit(1)


def examine(settings: Settings, at: datetime) -> Iterator[Finding]:
    """Every finding about a deployment, at the instant `at`."""
    version = ".".join(map(str, sys.version_info[:3]))
    yield _finding("python", sys.version_info >= (3, 11), version, "Python 3.11+")
    yield from _about_settings(settings)
    yield from _about_files(settings)
    try:
        house = open_house(settings, lambda: at, random_bytes)
    except (KeyringError, UnavailableError) as error:
        yield _finding("open", False, str(error.reason), _cure_of(error))
        return
    try:
        yield from _about_database(house)
        yield from _about_keys(house)
        yield _about_clock(house, at)
    finally:
        house.store.close()


def _about_settings(settings: Settings) -> Iterator[Finding]:
    host = urlsplit(settings.base_url).hostname or ""
    is_local = host in LOOPBACK
    yield _finding(
        "debug",
        not settings.debug,
        "on" if settings.debug else "off",
        "SHIKAKU_DEBUG=0 (本番では必ず / always in production)",
    )
    yield _finding(
        "base-url",
        is_local or settings.base_url.startswith("https://"),
        settings.base_url,
        "SHIKAKU_BASE_URL=https://… (TLS)",
    )
    yield _finding(
        "sample-data",
        is_local or not settings.sample_data,
        "on" if settings.sample_data else "off",
        "SHIKAKU_SAMPLE_DATA=0 (見本データは手元の試用だけ / for local trials only)",
    )


def _about_files(settings: Settings) -> Iterator[Finding]:
    if not settings.keys_dir.is_dir():
        yield _finding("keys-dir", False, str(settings.keys_dir), "shikaku init")
        return
    for path in [settings.keys_dir, *_secret_files(settings.keys_dir)]:
        mode = path.stat().st_mode & 0o777
        allowed = 0o700 if path.is_dir() else 0o600
        yield _finding(
            f"permissions {path.name}",
            mode & 0o077 == 0,
            oct(mode),
            f"chmod {allowed:o} {path}",
        )


def _secret_files(keys_dir: Path) -> list[Path]:
    named = [keys_dir / "master", keys_dir / "passphrase"]
    return [*sorted(keys_dir.glob("*.pem")), *(p for p in named if p.exists())]


def _about_database(house: House) -> Iterator[Finding]:
    for condition in house.store.checks():
        yield _finding(
            condition.name, condition.is_met, condition.found, str(condition.cure)
        )
    yield _about_checkpoints(house)


def _about_checkpoints(house: House) -> Finding:
    """A journal that is lost, or longer than the log, is never cured by sealing."""
    journal = house.settings.checkpoints
    try:
        head = last_head(house.store, journal)
    except ShikakuError:
        head = None
    with house.store.reading() as tx:
        size = tx.audit_size()
    if head is None:
        return _finding("checkpoints", False, str(journal), _LOST_JOURNAL)
    found = f"{journal} ({head.size}/{size})"
    return _finding("checkpoints", head.size <= size, found, _CUT_LOG)


def _about_keys(house: House) -> Iterator[Finding]:
    keys = key_set(house.store)
    with house.store.reading() as tx:
        insurers = sorted({row.insurer for row in tx.keys() if row.insurer})
    wanted = [(KeyPurpose.SERVICE, None)] + [
        (KeyPurpose.ISSUING, insurer) for insurer in insurers
    ]
    for purpose, insurer in wanted:
        record = keys.active(purpose, insurer)
        name = f"key {purpose.value} {insurer or ''}".strip()
        option = f" --insurer {insurer}" if insurer else ""
        if record is None:
            yield _finding(name, False, "none", f"shikaku keys new{option}")
            continue
        cure = (
            f"鍵 {record.kid} を控えから戻す / restore the key from its backup (keys/)"
        )
        yield _finding(name, _signs(house, record.kid), record.kid, cure)


def _signs(house: House, kid: str) -> bool:
    try:
        house.keyring.signer(kid).sign(b"shikaku doctor")
    except ShikakuError:
        return False
    return True


def _about_clock(house: House, at: datetime) -> Finding:
    """The clock is wrong if it shows a time before our release or our last entry."""
    with house.store.reading() as tx:
        last = list(tx.audit_entries(max(tx.audit_size() - 1, 0)))
    newest = RELEASED_AT
    if last:
        try:
            newest = max(newest, read_entry(last[-1][1]).at)
        except MalformedError:
            newest = RELEASED_AT  # `shikaku audit verify` tells what is wrong with it
    return _finding(
        "clock",
        at >= newest - CLOCK_SLACK,
        at.isoformat(timespec="seconds"),
        "時刻を合わせる（NTP） / set the clock (NTP)",
    )


def _finding(name: str, is_well: bool, found: str, cure: str) -> Finding:
    return Finding(name, is_well, found, "" if is_well else cure)


def _cure_of(error: KeyringError | UnavailableError) -> str:
    return str(error.fix) if isinstance(error, KeyringError) else "shikaku init"


def _show(findings: list[Finding], as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps([asdict(finding) for finding in findings]))
        return
    for finding in findings:
        mark = click.style("✓", fg="green") if finding.is_well else "✗"
        click.echo(f"{mark} {finding.name}: {finding.found}")
        if not finding.is_well:
            click.echo(click.style(f"    → {finding.cure}", fg="yellow"))
