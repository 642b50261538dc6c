"""Floor plan, glossary, decisions, dependencies: drawn as the house is built."""

import ast
import re

from house_files import HOUSE, caption_of, cells_of, files, rooms, syntax_of, text_of

DOCS = HOUSE / "docs"
FENCED = re.compile(r"```\w*\n(.*?)```", re.S)


def test_the_floor_plan_is_the_one_that_is_checked(pyproject):
    contract = pyproject["tool"]["importlinter"]["contracts"][0]
    floors = reversed(contract["layers"])
    built = {
        room.strip(): str(floor)
        for floor, layer in enumerate(floors, start=1)
        for room in layer.split("|")
    }

    drawn = cells_of(DOCS / "architecture.md", "floor")
    assert {room: floor for floor, room, _ in drawn} == built
    for _, room, caption in drawn:
        package = HOUSE / "backend" / room / "__init__.py"
        module = HOUSE / "backend" / f"{room}.py"
        assert caption == caption_of(package if package.exists() else module)


def test_the_picture_shows_the_same_floors():
    picture = FENCED.findall(text_of(DOCS / "architecture.md"))[0]
    floors = re.findall(r"subgraph floor(\d) \[ \]\n(.*?)\n *end", picture, re.S)
    drawn = {room: n for n, line in floors for room in re.findall(r"\w+", line)}

    listed = cells_of(DOCS / "architecture.md", "floor")
    assert drawn == {room: floor for floor, room, _ in listed}


def public_names():
    """The names of the backend: classes and functions, and what classes hold."""
    names = {}
    for room in rooms():
        for node in syntax_of(room).body:
            if isinstance(node, ast.ClassDef | ast.FunctionDef):
                names.setdefault(node.name, set()).update(parts_of(node))
            elif isinstance(node, ast.Assign):
                names.setdefault(ast.unparse(node.targets[0]), set())
    return names


def parts_of(node):
    for part in node.body:
        if isinstance(part, ast.FunctionDef):
            yield part.name
        elif isinstance(part, ast.AnnAssign):
            yield ast.unparse(part.target)


def test_every_word_of_the_glossary_is_a_name_in_code():
    names = public_names()
    words = [row[0] for row in cells_of(DOCS / "glossary.md", "in code")]
    parted = [word.partition(".") for word in words if word != "–"]

    unknown = [
        word + dot + part
        for word, dot, part in parted
        if word not in names or (part and part not in names[word])
    ]
    assert unknown == []


def test_every_class_of_the_domain_is_in_the_glossary():
    words = {row[0] for row in cells_of(DOCS / "glossary.md", "in code")}
    inside = {"Words", "Coverage", "Enum"}  # a sentence; rows of their own
    classes = {
        node.name
        for room in files("backend/domain")
        if room.suffix == ".py" and room.stem != "errors"
        for node in syntax_of(room).body
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_")
    }

    assert classes - words - inside == set()


def test_the_list_of_decisions_is_complete():
    decisions = sorted(DOCS.glob("adr/0*.md"))
    listed = re.findall(r"^- \[(.+)\]\((.+)\)$", text_of(DOCS / "adr/README.md"), re.M)

    assert listed == [
        (text_of(path).splitlines()[0].removeprefix("# "), path.name)
        for path in decisions
    ]
    assert [path.name[:4] for path in decisions] == [
        f"{number:04}" for number in range(1, len(decisions) + 1)
    ]


def test_every_dependency_is_documented(pyproject):
    project = pyproject["project"]
    asked = [*project["dependencies"]]
    for texts in project["optional-dependencies"].values():
        asked += texts
    names = {re.match(r"[A-Za-z0-9_-]+", text)[0] for text in asked}

    assert {row[0] for row in cells_of(DOCS / "dependencies.md", "package")} == names
