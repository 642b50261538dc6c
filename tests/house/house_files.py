"""The house as its files show it: rooms, texts, documents, lock files."""

import ast
from pathlib import Path

HOUSE = Path(__file__).parents[2]
FOLDERS = ("backend", "mobile_sim", "benchmarks", "tests", "docs", ".ci")
CACHES = {
    *("__pycache__", ".pytest_cache", ".mypy_cache", ".ruff_cache", ".hypothesis"),
    "node_modules",
}


def files(*folders: str) -> list[Path]:
    """Every file that belongs to the project in these folders."""
    return sorted(
        path
        for folder in folders
        for path in (HOUSE / folder).rglob("*")
        if path.is_file() and not CACHES & set(path.parts)
    )


def all_files() -> list[Path]:
    """Every file that belongs to the project."""
    loose = [it for it in HOUSE.iterdir() if it.is_file() and it.name != ".git"]
    keys = [HOUSE / "keys" / name for name in ("README.md", ".gitignore")]
    return sorted([*loose, *keys, *files(*FOLDERS)])


def rooms() -> list[Path]:
    """Every Python module of the product, the simulator and the benchmarks."""
    found = files("backend", "mobile_sim", "benchmarks")
    return [path for path in found if path.suffix == ".py"]


def documents() -> list[Path]:
    """Every Markdown file."""
    return [path for path in all_files() if path.suffix == ".md"]


def name_of(path: Path) -> str:
    """A path as it is named in the house."""
    return path.relative_to(HOUSE).as_posix()


def caption_of(path: Path) -> str:
    """The first line of a module's docstring, as it stands on the file's first line."""
    lines = text_of(path).splitlines() or [""]
    first = lines[0]
    return first.removeprefix('"""').removesuffix('"""') if first[:3] == '"""' else ""


def syntax_of(path: Path) -> ast.Module:
    """A module's syntax tree."""
    return ast.parse(text_of(path), str(path))


def cells_of(path: Path, first_heading: str) -> list[list[str]]:
    """The rows of the table in a document whose first heading is this one.

    Heading and rule are left out; backticks around a whole cell are taken off.
    """
    rows: list[list[str]] = []
    is_inside = False
    for line in text_of(path).splitlines():
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if not line.startswith("|"):
            is_inside = False
        elif cells[0] == first_heading:
            is_inside = True
        elif is_inside and not set(cells[0]) <= {"-", ":"}:
            rows.append([cell.strip("`") for cell in cells])
    return rows


def text_of(path: Path) -> str:
    """All of a text file."""
    return path.read_text("utf-8")
