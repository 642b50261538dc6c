"""How every command opens the house, and how it says that something is wrong."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any, NoReturn, ParamSpec, TypeVar

import click

from backend.app import House, open_house
from backend.domain.errors import (
    ConflictError,
    MalformedError,
    RefusedError,
    ShikakuError,
    UnavailableError,
)
from backend.keyring.errors import KeyringError
from backend.settings import Settings
from backend.system import now, random_bytes

P = ParamSpec("P")
R = TypeVar("R")

json_option = click.option(
    "--json", "as_json", is_flag=True, help="機械可読な JSON で出力 / print JSON"
)


@contextmanager
def opened() -> Iterator[House]:
    """The house of the present settings, closed again whatever happens."""
    house = open_house(Settings.read(), now, random_bytes)
    try:
        yield house
    finally:
        house.store.close()


def explained(command: Callable[P, R]) -> Callable[P, R]:
    """Turn our errors into two plain lines and status 1; never a traceback."""

    @wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return command(*args, **kwargs)
        except ShikakuError as error:
            _fail(error)

    return run


def say(as_json: bool, facts: dict[str, Any], ja: str, en: str) -> None:
    """Print facts as JSON, or as a Japanese and an English line."""
    if as_json:
        click.echo(json.dumps(facts, ensure_ascii=False, default=str))
    else:
        click.echo(ja)
        click.echo(en)


def _fail(error: ShikakuError) -> NoReturn:
    match error:
        case MalformedError(field=field, reason=reason, fix=fix):
            lines = [f"{field}: {reason.ja} {fix.ja}", f"{field}: {reason.en} {fix.en}"]
        case KeyringError(reason=reason, fix=fix):
            lines = [f"{reason.ja} → {fix.ja}", f"{reason.en} -> {fix.en}"]
        case ConflictError() | RefusedError() | UnavailableError():
            lines = [error.reason.ja, error.reason.en]
        case _:
            lines = [str(error)]
    for line in lines:
        click.echo(click.style(line, fg="red"), err=True)
    raise SystemExit(1)
