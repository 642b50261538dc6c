"""The fields that requests and answers are made of: bounded, and plain about errors.

Each field has one complaint that says its whole rule, for a wrong type, length, range
or pattern alike. OpenAPI learns the same bounds from `metadata`.
"""

import re
from collections.abc import Mapping
from datetime import date, datetime
from enum import Enum
from typing import Any

from marshmallow import (
    RAISE,
    Schema,
    ValidationError,
    fields,
    missing,
    validates_schema,
)
from marshmallow.types import ErrorMessages

from backend.api.answers import instant
from backend.api.complaints import Complaint
from backend.domain.words import Words

_CONTROL = re.compile("[\x00-\x1f\x7f\ud800-\udfff]")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_FIRST_DAY, _LAST_DAY = date(1868, 1, 25), date(2199, 12, 31)  # 明治元年1月1日 on

_MISSING = Complaint(
    Words("必須の項目がありません", "it is required and missing"),
    Words("この項目を加えてください", "add this field"),
)
_UNKNOWN = Complaint(
    Words("この API にない項目です", "this door knows no such field"),
    Words("項目名を確かめるか、除いてください", "check its name, or leave it out"),
)
_NOT_AN_OBJECT = Complaint(
    Words("JSON のオブジェクトではありません", "it is not a JSON object"),
    Words('{"項目": 値} の形で送ってください', 'send it as {"field": value}'),
)


class Shape(Schema):
    """A JSON object of which every member is known."""

    error_messages = {  # noqa: RUF012 - marshmallow's own way
        "unknown": _UNKNOWN,  # type: ignore[dict-item] # any object may be a message
        "type": _NOT_AN_OBJECT,  # type: ignore[dict-item] # any object may be a message
    }

    class Meta:
        unknown = RAISE

    def complaint(self, loaded: Mapping[str, Any]) -> Complaint | None:
        """What is wrong with the object as a whole; each shape may have such a rule."""
        return None

    def load(self, data: Any, **how: Any) -> Any:
        """As marshmallow loads; where nothing is wrong, by a shorter way."""
        if (
            not any(how.values())
            and isinstance(data, dict)
            and data.keys() <= self.load_fields.keys()
        ):
            try:
                loaded = self._loaded(data)
            except ValidationError:
                loaded = None
            if loaded is not None and self.complaint(loaded) is None:
                return loaded
        return super().load(data, **how)

    def _loaded(self, data: Mapping[str, Any]) -> dict[str, Any] | None:
        loaded = {}
        for name, field in self.load_fields.items():
            if name in data:
                is_plain = isinstance(field, Plain) and data[name] is not None
                read = field._deserialize if is_plain else field.deserialize
                loaded[name] = read(data[name], name, data)
            elif field.required or field.load_default is not missing:
                return None
        return loaded

    @validates_schema
    def _as_a_whole(self, data: Mapping[str, Any], **_: Any) -> None:
        complaint = self.complaint(data)
        if complaint is not None:
            raise ValidationError([complaint])


class Plain(fields.Field[Any]):
    """A field with one complaint for every way of being wrong."""

    def __init__(self, says: Complaint, bounds: Mapping[str, Any], **more: Any) -> None:
        messages: ErrorMessages = {"required": [_MISSING], "null": [says]}
        described = more.pop("metadata", {})
        super().__init__(
            error_messages=messages, metadata={**bounds, **described}, **more
        )
        self.says = says

    def refuse(self) -> ValidationError:
        """The error to raise."""
        return ValidationError([self.says])


class Text(Plain, fields.String):
    """Text without control characters, of a bounded length, perhaps of a pattern."""

    def __init__(
        self,
        longest: int,
        *,
        shortest: int = 1,
        pattern: str | None = None,
        says: Complaint | None = None,
        **more: Any,
    ) -> None:
        bounds: dict[str, Any] = {"minLength": shortest, "maxLength": longest}
        if pattern is not None:
            bounds["pattern"] = f"^{pattern}$"
        super().__init__(says or _text_rule(shortest, longest), bounds, **more)
        self._lengths = range(shortest, longest + 1)
        self._pattern = re.compile(pattern) if pattern is not None else None

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> str:
        if (
            not isinstance(value, str)
            or len(value) not in self._lengths
            or _CONTROL.search(value)
            or (self._pattern and not self._pattern.fullmatch(value))
        ):
            raise self.refuse()
        return value


def _text_rule(shortest: int, longest: int) -> Complaint:
    return Complaint(
        Words(
            f"{shortest}〜{longest}文字の文字列ではありません（制御文字は不可）",
            f"it is not text of {shortest} to {longest} characters"
            " without control characters",
        ),
        Words("文字数と文字を確かめてください", "check its length and characters"),
    )


class Whole(Plain, fields.Integer):
    """A whole number within bounds; `from_text` reads digits of a query string."""

    def __init__(
        self, least: int, most: int, *, from_text: bool = False, **more: Any
    ) -> None:
        says = Complaint(
            Words(
                f"{least}〜{most}の整数ではありません",
                f"it is not a whole number from {least} to {most}",
            ),
            Words("範囲内の整数にしてください", "send a whole number in that range"),
        )
        super().__init__(says, {"minimum": least, "maximum": most}, **more)
        self._bounds = least, most
        self._from_text = from_text

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> int:
        if self._from_text and re.fullmatch(r"[0-9]{1,18}", str(value), re.ASCII):
            value = int(value)
        least, most = self._bounds
        if type(value) is not int or not least <= value <= most:
            raise self.refuse()
        return value


class Flag(Plain, fields.Boolean):
    """true or false, and nothing that only resembles them."""

    def __init__(self, **more: Any) -> None:
        says = Complaint(
            Words("true か false ではありません", "it is neither true nor false"),
            Words("true か false を送ってください", "send true or false"),
        )
        super().__init__(says, {}, **more)

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> bool:
        if not isinstance(value, bool):
            raise self.refuse()
        return value


class Day(Plain, fields.Date):
    """A calendar day, `2026-11-23`, between the first of Meiji and 2199.

    In an answer, a day that is spelled already stays as it is; so do instants and
    choices.
    """

    def __init__(self, **more: Any) -> None:
        says = Complaint(
            Words(
                "2026-11-23 の形の、暦にある日付ではありません",
                "it is not a day of the calendar written like 2026-11-23",
            ),
            Words("西暦で 年-月-日 の形にしてください", "write it as year-month-day"),
        )
        super().__init__(says, {"minLength": 10, "maxLength": 10}, **more)

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> date:
        try:
            if not _DAY.fullmatch(value):
                raise self.refuse()
            day = date.fromisoformat(value)
        except (TypeError, ValueError):
            raise self.refuse() from None
        if not _FIRST_DAY <= day <= _LAST_DAY:
            raise self.refuse()
        return day

    def _serialize(self, value: date | str | None, *_: Any, **__: Any) -> str | None:
        return value.isoformat() if isinstance(value, date) else value


class Instant(Plain, fields.DateTime):
    """An instant in an answer, RFC 3339 in UTC: `2026-11-23T03:04:05Z`."""

    def __init__(self, **more: Any) -> None:
        says = Complaint(Words("時刻です", "an instant"), Words("", ""))
        super().__init__(says, {"maxLength": 27}, dump_only=True, **more)

    def _serialize(
        self, value: datetime | str | None, *_: Any, **__: Any
    ) -> str | None:
        return instant(value) if isinstance(value, datetime) else value


class Choice(Plain, fields.Enum):  # type: ignore[type-arg] # its base takes no argument at run time
    """One of an enumeration's wire names; loads as the member."""

    def __init__(self, choices: type[Enum], **more: Any) -> None:
        names = ", ".join(str(member.value) for member in choices)
        says = Complaint(
            Words(f"{names} のどれでもありません", f"it is none of {names}"),
            Words("どれか一つを送ってください", "send one of them"),
        )
        super().__init__(says, {}, enum=choices, by_value=fields.String, **more)
        self._members = {member.value: member for member in choices}

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> Enum:
        if not isinstance(value, str) or value not in self._members:
            raise self.refuse()
        return self._members[value]

    def _serialize(self, value: Enum | str | None, *_: Any, **__: Any) -> Any:
        return value.value if isinstance(value, Enum) else value


class Several(Plain, fields.List[Any]):
    """A list of at most `most` things."""

    def __init__(self, inner: fields.Field[Any], most: int, **more: Any) -> None:
        says = Complaint(
            Words(
                f"{most}件以下の配列ではありません",
                f"it is not a list of at most {most} things",
            ),
            Words("配列にし、件数を減らしてください", "send a list, or a shorter one"),
        )
        super().__init__(says, {"maxItems": most}, cls_or_instance=inner, **more)
        self._most = most

    def _deserialize(self, value: Any, *rest: Any, **more: Any) -> list[Any]:
        if not isinstance(value, list) or len(value) > self._most:
            raise self.refuse()
        return super()._deserialize(value, *rest, **more)


class Part(fields.Nested):
    """An object inside the object."""

    def __init__(self, shape: Schema, **more: Any) -> None:
        messages: ErrorMessages = {"required": [_MISSING], "null": [_NOT_AN_OBJECT]}
        super().__init__(shape, error_messages=messages, **more)


class _Bilingual(Shape):
    ja = Text(2000, required=True, metadata={"description": "日本語"})
    en = Text(2000, required=True, metadata={"description": "English"})


class Bilingual(Part):
    """A sentence in Japanese and in English."""

    def __init__(self, **more: Any) -> None:
        super().__init__(_BILINGUAL, **more)


_BILINGUAL = _Bilingual()
