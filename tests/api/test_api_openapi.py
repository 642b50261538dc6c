"""The API's description: valid, whole, bounded, and as the doors behave."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from described import path_of
from doors_table import DOORS
from flask import Flask
from openapi_spec_validator import OpenAPIV31SpecValidator

METHODS = ("get", "post", "put", "patch", "delete")
Document = dict[str, Any]


@pytest.fixture
def document(http: Any) -> Document:
    told: Document = http.get("/openapi.json").get_json()
    return told


def operations(document: Document) -> Iterator[tuple[str, str, Document]]:
    for path, item in document["paths"].items():
        for method in METHODS:
            if method in item:
                yield method.upper(), path, item[method]


def schemas_in(found: Any, place: str = "") -> Iterator[tuple[str, Document]]:
    """Every schema below `found` that is a value of its own."""
    if isinstance(found, list):
        for number, below in enumerate(found):
            yield from schemas_in(below, f"{place}[{number}]")
    elif isinstance(found, dict):
        if "type" in found and not isinstance(found["type"], dict):
            yield place, found
        for name, below in found.items():
            if name not in ("enum", "required", "example"):
                yield from schemas_in(below, f"{place}.{name}")


def test_it_is_valid_openapi_31(document: Document) -> None:
    assert document["openapi"] == "3.1.0"
    OpenAPIV31SpecValidator(document).validate()


def test_every_route_is_in_it_and_nothing_else(app: Flask, document: Document) -> None:
    routes = {
        (method, path_of(rule.rule))
        for rule in app.url_map.iter_rules()
        if not rule.endpoint.startswith("folders.")  # files, no doors
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }
    assert {(method, path) for method, path, _ in operations(document)} == routes


def test_it_says_which_doors_need_a_token(document: Document) -> None:
    told = {
        (method, path): "security" in operation
        for method, path, operation in operations(document)
    }
    assert told == {
        (door.method, path_of(door.rule)): door.owner is not None for door in DOORS
    }
    assert document["components"]["securitySchemes"]["dpop"]["scheme"] == "DPoP"


def test_every_door_explains_itself_in_both_languages(document: Document) -> None:
    for method, path, operation in operations(document):
        summary = operation["summary"]
        is_oauth = operation["tags"] == ["oauth"]
        assert is_oauth or re.search("[ぁ-んァ-ヶ一-龠]", summary), (method, path)
        assert re.search("[A-Za-z]{3}", summary), (method, path)


def test_every_value_is_bounded(document: Document) -> None:
    unbounded = []
    for place, schema in schemas_in(document["components"]["schemas"]):
        kinds = schema["type"]
        kinds = set(kinds if isinstance(kinds, list) else [kinds])
        needs = {
            "string": {"maxLength", "enum", "format"},
            "integer": {"maximum", "enum"},
            "array": {"maxItems"},
        }
        for kind in kinds & needs.keys():
            if not needs[kind] & schema.keys():
                unbounded.append(place)
    assert unbounded == []


def test_requests_refuse_unknown_members(document: Document) -> None:
    asked = [
        operation["requestBody"]["content"]["application/json"]["schema"]["$ref"]
        for _, _, operation in operations(document)
        if "application/json" in operation.get("requestBody", {}).get("content", {})
    ]
    assert len(asked) >= 9
    for reference in asked:
        name = reference.rpartition("/")[2]
        schema = document["components"]["schemas"][name]
        assert schema["additionalProperties"] is False, name


def test_every_refusal_is_described_as_a_problem(document: Document) -> None:
    for method, path, operation in operations(document):
        if not path.startswith("/v1/"):
            continue
        answers = operation["responses"]
        assert {"401", "403"} <= answers.keys() or "security" not in operation
        for status, answer in answers.items():
            if status >= "400" or status == "default":
                name = answer["$ref"].rpartition("/")[2]
                content = document["components"]["responses"][name]["content"]
                assert list(content) == ["application/problem+json"], (method, path)
