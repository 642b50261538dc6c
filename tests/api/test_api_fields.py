"""Each kind of field: what it takes, what it refuses, and that it says its own rule."""

from datetime import date
from enum import Enum
from typing import Any

import pytest
from marshmallow import ValidationError, fields

from backend.api.complaints import Complaint, complaints_in
from backend.api.schemas.fields import (
    Choice,
    Day,
    Flag,
    Part,
    Several,
    Shape,
    Text,
    Whole,
)


class Colour(Enum):
    RED = "red"
    BLUE = "1"


class Inner(Shape):
    a = Whole(1, 3, required=True)


FIELDS: dict[str, tuple[fields.Field[Any], list[Any], list[Any]]] = {
    "text": (
        Text(3),
        ["a", "あ𠮷e", "   "],
        ["", "abcd", "a\x00", "a\n", "\x7f", "\ud800", 1, None, True, [], {}, b"a"],
    ),
    "empty text": (Text(3, shortest=0), ["", "abc"], ["\t", None]),
    "pattern": (Text(9, pattern="a+"), ["a", "aaa"], ["b", "ab", "aa\n", ""]),
    "whole": (
        Whole(1, 3),
        [1, 3],
        [0, 4, -1, True, False, 1.0, 2.5, "1", None, [], {}, 10**15],
    ),
    "whole of text": (
        Whole(1, 30, from_text=True),
        ["1", "30", "007"],
        ["0", "31", "1.0", "-1", "+1", " 1", "１", "", "1_0", "9" * 5_000],
    ),
    "flag": (Flag(), [True, False], [0, 1, "true", "", None, [], {}]),
    "day": (
        Day(),
        ["2026-11-23", "2024-02-29", "1868-01-25", "2199-12-31"],
        [
            "2026-02-29",
            "20261123",
            "2026-W48-1",
            "2026-11-23T00:00:00",
            "1868-01-24",
            "2200-01-01",
            "0000-00-00",
            "２０２６-11-23",
            "",
            20261123,
            None,
            True,
            [],
        ],
    ),
    "choice": (
        Choice(Colour),
        ["red", "1"],
        ["RED", "green", 1, True, None, [], {}, ""],
    ),
    "several": (
        Several(Whole(1, 3), 2),
        [[], [1], [1, 3]],
        [[1, 2, 3], [4], [None], [[1]], "12", {}, {"0": 1}, None, 1],
    ),
    "part": (
        Part(Inner()),
        [{"a": 1}],
        [{}, {"a": 0}, {"a": 1, "b": 1}, [], [{"a": 1}], "a", 1, None, True],
    ),
}


def shape_of(kind: str) -> Shape:
    told: Shape = Shape.from_dict({"it": FIELDS[kind][0]})()
    return told


TAKEN = [(kind, value) for kind in FIELDS for value in FIELDS[kind][1]]
REFUSED = [(kind, value) for kind in FIELDS for value in FIELDS[kind][2]]


@pytest.mark.parametrize(("kind", "value"), TAKEN)
def test_what_is_within_the_rule_is_taken(kind: str, value: Any) -> None:
    loaded = shape_of(kind).load({"it": value})["it"]
    as_told = {"day": str, "choice": lambda it: it.value}.get(kind, lambda it: it)
    assert as_told(loaded) == (int(value) if kind == "whole of text" else value)


@pytest.mark.parametrize(("kind", "value"), REFUSED)
def test_what_is_not_is_refused_in_both_languages(kind: str, value: Any) -> None:
    with pytest.raises(ValidationError) as refusal:
        shape_of(kind).load({"it": value})
    (found,) = complaints_in(refusal.value.messages_dict)
    assert found.field.partition(".")[0] == "it"
    for sentence in (found.complaint.reason, found.complaint.fix):
        assert sentence.ja
        assert sentence.en


def test_a_day_is_loaded_as_a_day() -> None:
    assert shape_of("day").load({"it": "2024-02-29"}) == {"it": date(2024, 2, 29)}


def test_only_a_required_field_must_be_there() -> None:
    assert shape_of("text").load({}) == {}
    with pytest.raises(ValidationError) as refusal:
        Inner().load({})
    (found,) = complaints_in(refusal.value.messages_dict)
    assert "required" in found.complaint.reason.en


def test_the_answer_names_no_more_complaints_than_help() -> None:
    complaint = shape_of("flag").fields["it"].says  # type: ignore[attr-defined] # a plain field has its rule
    assert isinstance(complaint, Complaint)
    many = {f"f{number}": [complaint] for number in range(1_000)}
    assert len(complaints_in(many)) == 100
