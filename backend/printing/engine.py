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


def set_pdf(template: str, shown: dict[str, Any]) -> bytes:
    """The PDF that a template of this room makes of `shown`; it bears no date."""
    given: Any = {  # files by name; the package's types know only a single one
        "main.typ": _source(template),
        "shown.json": orjson.dumps(shown, default=tuple),
    }
    return typst.compile(
        given,
        font_paths=_fonts(),
        ignore_system_fonts=True,
        sys_inputs={"family": FAMILY},
        timestamp=0,
        pdf_tags=False,
    )


@cache
def _source(template: str) -> bytes:
    return files(__package__).joinpath(template).read_bytes()


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=False,
        font_paths=[str(FOLDER)],
    )
