"""Audit entries: one spelling each, and never a name or a long number."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backend.audit.events import (
    ActorKind,
    AuditEntry,
    AuditKind,
    entry_bytes,
    pseudonym,
    read_entry,
)
from backend.domain.errors import MalformedError

TEXT_FIELDS = ("actor", "terminal", "object", "outcome", "note")

WORDS = st.text("abcXYZ019._:/-", max_size=11)


def test_an_entry_is_spelled_in_fixed_order_in_ascii(entry: AuditEntry) -> None:
    expected = (
        b'{"sequence":7,"at":"2026-11-23T09:00:00.000000Z","kind":"checked",'
        b'"actor_kind":"clinic","actor":"0110113719","terminal":"t-K7QW",'
        b'"subject":"0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f","object":"C-2Q4X",'
        b'"outcome":"lapsed","shown":["person","coverage"],"day":"2026-11-23",'
        b'"note":"reason-03"}'
    )
    assert expected == entry_bytes(entry)


def test_the_same_instant_in_japan_is_spelled_the_same(entry: AuditEntry) -> None:
    japan = timezone(timedelta(hours=9))
    assert entry_bytes(entry) == entry_bytes(
        replace(entry, at=entry.at.astimezone(japan))
    )


@settings(max_examples=60)
@given(
    entry=st.builds(
        AuditEntry,
        sequence=st.integers(0, 2**63),
        at=st.datetimes(timezones=st.just(UTC)),
        kind=st.sampled_from(AuditKind),
        actor_kind=st.sampled_from(ActorKind),
        actor=WORDS,
        terminal=WORDS,
        subject=st.binary(min_size=16, max_size=16).map(bytes.hex),
        object=WORDS,
        outcome=WORDS,
        shown=st.lists(WORDS, max_size=3).map(tuple),
        day=st.none() | st.dates(),
        note=WORDS,
    )
)
def test_what_is_spelled_reads_back(entry: AuditEntry) -> None:
    assert entry == read_entry(entry_bytes(entry))


@pytest.mark.parametrize("field", TEXT_FIELDS)
@pytest.mark.parametrize(
    "text",
    [
        "山田太郎",
        "ﾔﾏﾀﾞ",
        "Yamada Taro",
        "日本",
        "１２３",
        "line\nbreak",
        "trailing\n",
        "\x00",
        'quote"',
        "\ud800",
        "123456789012",
        "a0123456789012z",
        "x" * 201,
    ],
)
def test_a_field_refuses_what_could_be_personal(
    entry: AuditEntry, field: str, text: str
) -> None:
    with pytest.raises(MalformedError) as caught:
        replace(entry, **{field: text})
    assert caught.value.field == f"audit.{field}"
    assert text.strip() not in str(caught.value)


def test_shown_groups_are_guarded_too(entry: AuditEntry) -> None:
    with pytest.raises(MalformedError):
        replace(entry, shown=("person", "山田"))


@pytest.mark.parametrize("text", ["12345678901", "https://issuer.example/lists/3"])
def test_a_field_takes_codes_and_list_addresses(entry: AuditEntry, text: str) -> None:
    assert text == replace(entry, object=text).object


def test_a_pseudonym_may_happen_to_hold_twelve_digits(entry: AuditEntry) -> None:
    subject = "123456789012" + "a" * 20
    assert subject == read_entry(entry_bytes(replace(entry, subject=subject))).subject


@pytest.mark.parametrize("subject", ["0f" * 15, "0F" * 16, "0f" * 16 + "\n", "taro"])
def test_a_subject_is_a_pseudonym_or_nothing(entry: AuditEntry, subject: str) -> None:
    with pytest.raises(MalformedError):
        replace(entry, subject=subject)


def test_a_naive_instant_is_refused(entry: AuditEntry) -> None:
    with pytest.raises(MalformedError, match="time zone"):
        replace(entry, at=datetime(2026, 11, 23))  # noqa: DTZ001 - that is the point


def test_a_negative_sequence_is_refused(entry: AuditEntry) -> None:
    with pytest.raises(MalformedError, match="negative"):
        replace(entry, sequence=-1)


def _respelled(change: Callable[[dict[str, Any]], object]) -> Callable[[bytes], bytes]:
    def respell(stored: bytes) -> bytes:
        spelled = json.loads(stored)
        change(spelled)
        return json.dumps(spelled, separators=(",", ":")).encode()

    return respell


@pytest.mark.parametrize(
    "bend",
    [
        lambda stored: stored + b"\n",
        lambda stored: stored.replace(b":", b": ", 1),
        lambda stored: stored[:-1],
        lambda stored: b"\xff" + stored,
        lambda stored: stored.replace(b"lapsed", b"l\\u0061psed"),
        lambda stored: stored[:-1] + b',"note":"reason-03"}',
        lambda _: b"",
        lambda _: b"null",
        lambda _: b"[]",
        lambda _: b"[" * 100_000,
        lambda _: b"9" * 10_000,
        _respelled(lambda it: it.update(extra="")),
        _respelled(lambda it: it.pop("note")),
        _respelled(lambda it: it.update(sequence=True)),
        _respelled(lambda it: it.update(sequence=7.0)),
        _respelled(lambda it: it.update(sequence="7")),
        _respelled(lambda it: it.update(actor=110113719)),
        _respelled(lambda it: it.update(actor="山田")),
        _respelled(lambda it: it.update(kind="guessed")),
        _respelled(lambda it: it.update(at="2026-11-23T18:00:00.000000+09:00")),
        _respelled(lambda it: it.update(at="2026-11-23T09:00:00.000000")),
        _respelled(lambda it: it.update(shown="person")),
        _respelled(lambda it: it.update(shown={"person": 1})),
        _respelled(lambda it: it.update(day="")),
        _respelled(lambda it: it.update(day="20261123")),
    ],
)
def test_any_other_spelling_is_refused(
    entry: AuditEntry, bend: Callable[[bytes], bytes]
) -> None:
    stored = entry_bytes(entry)
    assert bend(stored) != stored
    with pytest.raises(MalformedError):
        read_entry(bend(stored))


def test_a_pseudonym_is_the_keyed_blake2b_of_its_label() -> None:
    # printf 'shikaku audit subject v1' | openssl mac -macopt hexkey:<32 times '6b'>
    #   -macopt size:16 BLAKE2BMAC
    assert "514e261f9a2ad258c47159cc2a34a007" == pseudonym(b"k" * 32)


def test_a_pseudonym_depends_on_the_key_alone() -> None:
    first, second = bytes(32), bytes(31) + b"\x01"
    assert pseudonym(first) == pseudonym(bytes(32))
    assert pseudonym(first) != pseudonym(second)


@pytest.mark.parametrize("length", [0, 16, 31, 33])
def test_a_pseudonym_needs_a_whole_key(length: int) -> None:
    with pytest.raises(MalformedError):
        pseudonym(bytes(length))
