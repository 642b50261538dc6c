"""Print files written part by part: one PDF, or several numbered ones, and an index."""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from io import TextIOWrapper
from pathlib import Path
from typing import Any, NamedTuple

from backend.cli.new_file import file_exists, new_stream
from backend.printing.sheets import join_pdfs

MOST_PAPERS = 50_000  # in one file: its pages are held while it is written


class Part(NamedTuple):
    """Some pages ("" of none), and for each paper on them a row of the index."""

    pdf: bytes
    rows: Sequence[tuple[str, ...]]
    left_out: Sequence[tuple[str, ...]]


@dataclass
class PrintFiles:
    """What was written: the files in their order, and how many papers are on them.

    Where nothing may be printed there is the index alone.
    """

    out: Path
    is_numbered: bool
    files: list[Path] = field(default_factory=list)
    printed: int = 0
    left_out: int = 0

    @property
    def index(self) -> Path:
        """Where the index is written, beside the print file."""
        return self.out.with_suffix(".index.csv")

    def write(self, headings: Sequence[str], parts: Iterator[Part]) -> None:
        """Write all parts and their index; a failure leaves no index.

        Raises MalformedError (`--out`) where a file would be written over.
        """
        if self.out.exists():
            raise file_exists("--out")
        with new_stream(self.index, "--out") as raw:
            text = TextIOWrapper(raw, "utf-8-sig", newline="")
            writer = csv.writer(text, lineterminator="\r\n")
            writer.writerow(["ファイル file", *headings])
            ahead = _Ahead(parts)
            while ahead.part is not None:
                if ahead.part.pdf:
                    self._write_one(writer, ahead)
                else:  # a file without a page is none that a printer takes
                    self._note(writer, "", ahead)
            text.flush()
            text.detach()

    def _write_one(self, writer: Any, ahead: "_Ahead") -> None:
        name = f"{self.out.stem}-{len(self.files) + 1:03}{self.out.suffix}"
        path = self.out.with_name(name) if self.is_numbered else self.out
        self.files.append(path)
        with new_stream(path, "--out") as file:
            join_pdfs(self._pages(writer, ahead, path.name), file)

    def _pages(self, writer: Any, ahead: "_Ahead", name: str) -> Iterator[bytes]:
        """The pages of one file, while their rows go into the index."""
        last = self.printed + MOST_PAPERS
        while ahead.part is not None and self.printed < last:
            if ahead.part.pdf:
                yield ahead.part.pdf
            self._note(writer, name, ahead)

    def _note(self, writer: Any, name: str, ahead: "_Ahead") -> None:
        """Tell in the index what became of a part, and go on to the next."""
        part = ahead.part
        if part is not None:
            writer.writerows([name, *row] for row in part.rows)
            writer.writerows(["除外 left out", *row] for row in part.left_out)
            self.printed += len(part.rows)
            self.left_out += len(part.left_out)
        ahead.go_on()


class _Ahead:
    """The next part, or None after the last."""

    def __init__(self, parts: Iterator[Part]) -> None:
        self._parts = parts
        self.part = next(parts, None)

    def go_on(self) -> None:
        self.part = next(self._parts, None)
