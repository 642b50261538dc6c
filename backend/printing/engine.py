"""Typst, shut in: one typeface, no network, nothing read but what it is given.

What stands on the papers reaches it as JSON and is shown as it is; none of it is ever
part of its source.
"""

from functools import cache
from importlib.resources import files
from typing import Any

import orjson
import typst

from backend.printing.typeface import FAMILY, FOLDER

_LARGE = 12_000_000  # bytes of JSON; about 700 cards
_KEPT_FOR = 12  # compilations; measured, a run of any length then stays below 0.5 GB


def set_pdf(shown: dict[str, Any]) -> bytes:
    """The PDF that `sheet.typ` makes of `shown`; it bears no date."""
    described = orjson.dumps(shown, default=tuple)
    given: Any = {  # files by name; the package's types know only a single one
        "main.typ": _source(),
        "shown.json": described,
    }
    pdf = _compile(given)
    if len(described) > _LARGE:
        _forget()
    return pdf


def _compile(given: Any) -> bytes:
    return typst.compile(
        given,
        font_paths=_fonts(),
        ignore_system_fonts=True,
        sys_inputs={"family": FAMILY},
        timestamp=0,
        pdf_tags=False,
    )


def _forget() -> None:
    """Let go of what was laid out: Typst keeps it for as many compilations."""
    for _ in range(_KEPT_FOR):
        _compile(b"")


@cache
def _source() -> bytes:
    return files(__package__).joinpath("sheet.typ").read_bytes()


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=False,
        font_paths=[str(FOLDER)],
    )
