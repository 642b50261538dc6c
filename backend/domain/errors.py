"""Broken promises: the few families of error, each with a stable code and evidence.

A question gets a value (a verdict); only a broken promise raises. The HTTP door
turns `code` into a problem document in one table (docs/problems.md).
"""

from typing import Any, ClassVar

from backend.domain.words import Words


class ShikakuError(Exception):
    """The root of everything that we raise on purpose."""

    code: ClassVar[str]

    def __reduce__(self) -> tuple[Any, ...]:
        """So that one raised in another process arrives as it was raised."""
        return _as_raised, (type(self), self.args, vars(self))


def _as_raised(
    kind: type[ShikakuError], args: tuple[Any, ...], told: dict[str, Any]
) -> ShikakuError:
    error = kind.__new__(kind, *args)
    vars(error).update(told)
    return error


class MalformedError(ShikakuError):
    """A value that breaks a format rule: which field, why, and how to mend it.

    The offending value itself is never kept: it may be personal.
    """

    code = "malformed"

    def __init__(self, field: str, reason: Words, fix: Words) -> None:
        super().__init__(f"{field}: {reason.en}")
        self.field = field
        self.reason = reason
        self.fix = fix


class NotFoundError(ShikakuError):
    """Nothing of that name that the caller may know about."""

    code = "not-found"

    def __init__(self, what: str) -> None:
        super().__init__(f"no such {what}")
        self.what = what


class ConflictError(ShikakuError):
    """What is asked contradicts what is recorded."""

    code = "conflict"

    def __init__(self, reason: Words) -> None:
        super().__init__(reason.en)
        self.reason = reason


class RefusedError(ShikakuError):
    """The caller is known, and may not do this (now)."""

    code = "refused"

    def __init__(self, reason: Words) -> None:
        super().__init__(reason.en)
        self.reason = reason


class UnavailableError(ShikakuError):
    """We cannot answer now; nothing was written and the question may be repeated."""

    code = "unavailable"

    def __init__(self, reason: Words) -> None:
        super().__init__(reason.en)
        self.reason = reason
