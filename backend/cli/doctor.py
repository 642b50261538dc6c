"""`shikaku doctor`: names each misconfiguration, and how to mend it."""

import json
import sys
from collections.abc import Iterator
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

import click

from backend.admitting.relying_party import why_no_passkeys
from backend.audit.events import read_entry
from backend.cli.doctor_files import about_database, about_files
from backend.cli.failing import words_of
from backend.cli.finding import Finding, finding, warning
from backend.cli.opening import explained, json_option
from backend.credentials.key_set import KeyPurpose
from backend.domain.errors import MalformedError, ShikakuError, UnavailableError
from backend.house import House, open_house
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
    "監査記録が封印より短い: shikaku audit verify で調べ、バックアップから戻す / "
    "the log is shorter than sealed: shikaku audit verify, and restore the backup"
)
LONGEST_REST = timedelta(days=366)  # without one entry: rather the clock is ahead
LOOPBACK = ("127.0.0.1", "localhost", "::1")


@click.command()
@json_option
@explained
def doctor(as_json: bool) -> None:
    """設定・鍵・データベース・時計を点検し、直し方を示します。

    Look at settings, keys, database and clock. Status 1 if anything must be mended.
    """
    findings = list(_examine_all())
    _show(findings, as_json)
    if not all(found.is_well for found in findings if found.is_grave):
        raise SystemExit(1)


def _examine_all() -> Iterator[Finding]:
    try:
        settings = Settings.read()
    except MalformedError as error:
        yield finding(error.field, False, str(error.reason), str(error.fix))
    else:
        yield from examine(settings, now())


def examine(settings: Settings, at: datetime) -> Iterator[Finding]:
    """Every finding about a deployment, at the instant `at`."""
    version = ".".join(map(str, sys.version_info[:3]))
    yield finding("python", sys.version_info >= (3, 11), version, "Python 3.11+")
    yield from _about_settings(settings)
    yield from about_files(settings)
    database = about_database(settings)
    yield database
    if database.is_well:  # else opening it would make one, or fail for the same reason
        yield from _about_house(settings, at)


def _about_house(settings: Settings, at: datetime) -> Iterator[Finding]:
    try:
        house = open_house(settings, lambda: at, random_bytes)
    except (KeyringError, UnavailableError) as error:
        name = "secrets" if isinstance(error, KeyringError) else "database"
        yield finding(name, False, "開けません cannot be opened", str(words_of(error)))
        return
    try:
        yield from _about_database(house)
        yield from _about_keys(house)
        yield _about_clock(house, at)
    except UnavailableError as error:  # what is damaged may show only when it is read
        yield finding("database", False, "読めません cannot be read", str(error.reason))
    finally:
        house.store.close()


def _about_settings(settings: Settings) -> Iterator[Finding]:
    host = urlsplit(settings.base_url).hostname or ""
    is_local = host in LOOPBACK
    yield finding(
        "debug",
        not settings.debug,
        "on" if settings.debug else "off",
        "SHIKAKU_DEBUG=0 (本番では必ず / always in production)",
    )
    yield finding(
        "base-url",
        is_local or settings.base_url.startswith("https://"),
        settings.base_url,
        "SHIKAKU_BASE_URL=https://… (TLS)",
    )
    yield _about_passkeys(settings)
    yield finding(
        "sample-data",
        is_local or not settings.sample_data,
        "on" if settings.sample_data else "off",
        "SHIKAKU_SAMPLE_DATA=0 (見本データは手元の試用だけ / for local trials only)",
    )


def _about_passkeys(settings: Settings) -> Finding:
    """Without them there is no console; everything else works all the same."""
    why = why_no_passkeys(settings.base_url)
    return warning("passkeys", settings.base_url, str(why) if why else "")


def _about_database(house: House) -> Iterator[Finding]:
    for condition in house.store.checks():
        yield finding(
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
        return finding("checkpoints", False, str(journal), _LOST_JOURNAL)
    found = f"{journal} ({head.size}/{size})"
    return finding("checkpoints", head.size <= size, found, _CUT_LOG)


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
            yield finding(name, False, "none", f"shikaku keys new{option}")
            continue
        cure = _why_it_cannot_sign(house, record.kid)
        yield finding(name, cure == "", record.kid, cure)


def _why_it_cannot_sign(house: House, kid: str) -> str:
    """The reason with its cure; empty if it can."""
    try:
        house.keyring.signer(kid).sign(b"shikaku doctor")
    except ShikakuError as error:
        return str(words_of(error))
    return ""


def _about_clock(house: House, at: datetime) -> Finding:
    """Wrong if before our release or our last entry, or long after that entry.

    Whether the system keeps it right (NTP) is not asked: only some systems can tell.
    """
    with house.store.reading() as tx:
        last = list(tx.audit_entries(max(tx.audit_size() - 1, 0)))
    newest = RELEASED_AT
    if last:
        try:
            newest = max(newest, read_entry(last[-1][1]).at)
        except MalformedError:
            newest = RELEASED_AT  # `shikaku audit verify` tells what is wrong with it
    return finding(
        "clock",
        newest - CLOCK_SLACK <= at <= newest + LONGEST_REST,
        at.isoformat(timespec="seconds"),
        f"最後の記録は {newest:%Y-%m-%d}。時刻を合わせる（NTP、timedatectl） / the "
        "newest entry is of that day: set the clock (NTP, timedatectl)",
    )


def _show(findings: list[Finding], as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps([asdict(found) for found in findings]))
        return
    for found in findings:
        ill = "✗" if found.is_grave else click.style("!", fg="yellow")
        mark = click.style("✓", fg="green") if found.is_well else ill
        click.echo(f"{mark} {found.name}: {found.found}")
        if not found.is_well:
            click.echo(click.style(f"    → {found.cure}", fg="yellow"))
