"""How every command opens the house, and how it says that something is wrong."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any, NoReturn, ParamSpec, TypeVar

import click

from backend.cli.failing import words_of
from backend.domain.errors import NotFoundError, ShikakuError, UnavailableError
from backend.domain.insurer_number import InsurerNumber
from backend.domain.words import Words
from backend.house import House, open_house
from backend.settings import Settings
from backend.system import now, random_bytes

P = ParamSpec("P")
R = TypeVar("R")

NO_DATABASE = Words(
    "データベースがありません。バックアップから戻すか、初めてなら shikaku init を"
    "実行してください。",
    "There is no database: restore it from the backup, or run shikaku init for a new "
    "one.",
)
json_option = click.option(
    "--json", "as_json", is_flag=True, help="機械可読な JSON で出力 / print JSON"
)


@contextmanager
def opened() -> Iterator[House]:
    """The house of the present settings, closed again whatever happens.

    Raises UnavailableError where there is no database: none but `init` makes one.
    """
    settings = Settings.read()
    if not settings.database.exists():
        raise UnavailableError(NO_DATABASE)
    house = open_house(settings, now, random_bytes)
    try:
        yield house
    finally:
        house.store.close()


def enrolled_insurer(house: House, text: str) -> InsurerNumber:
    """The insurer named; raises MalformedError, or NotFoundError if not enrolled."""
    number = InsurerNumber.parse(text)
    with house.store.reading() as tx:
        if tx.insurer(number.digits) is None:
            raise NotFoundError("insurer")
    return number


def explained(command: Callable[P, R]) -> Callable[P, R]:
    """Turn what went wrong into two plain lines and status 1; never a traceback."""

    @wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return command(*args, **kwargs)
        except (ShikakuError, OSError) as error:
            _fail(error)

    return run


def say(as_json: bool, facts: dict[str, Any], ja: str, en: str) -> None:
    """Print facts as JSON, or as a Japanese and an English line."""
    if as_json:
        click.echo(json.dumps(facts, ensure_ascii=False, default=str))
    else:
        click.echo(ja)
        click.echo(en)


def _fail(error: ShikakuError | OSError) -> NoReturn:
    words = words_of(error)
    for line in (words.ja, words.en):
        click.echo(click.style(line, fg="red"), err=True)
    raise SystemExit(1)
