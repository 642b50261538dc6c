"""Holds every answer that a test gets against the API's own description."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from flask import Flask, Response, request
from jsonschema import Draft202012Validator
from jsonschema.exceptions import best_match

_ARGUMENT = re.compile(r"<(?:[^<>]*:)?([^<>:]+)>")


def path_of(rule: str) -> str:
    """A route of the application as OpenAPI writes it."""
    return _ARGUMENT.sub(r"{\1}", rule)


@dataclass(frozen=True)
class Given:
    """One answer."""

    method: str
    rule: str | None
    status: int
    kind: str
    text: str


def listen(app: Flask) -> list[Given]:
    """Note every JSON answer of the application from now on."""
    heard: list[Given] = []

    @app.after_request
    def note(response: Response) -> Response:
        if response.mimetype.endswith("json") and response.status_code != 204:
            rule = str(request.url_rule) if request.url_rule else None
            heard.append(
                Given(
                    request.method,
                    rule,
                    response.status_code,
                    response.mimetype,
                    response.get_data(as_text=True),
                )
            )
        return response

    return heard


def differences(document: dict[str, Any], heard: list[Given]) -> Iterator[str]:
    """Every answer that is not as it is described, and how."""
    for answer in heard:
        schema = _schema(document, answer)
        told = json.loads(answer.text)
        if schema is None:
            yield f"{answer.method} {answer.rule} {answer.status}: not described"
            continue
        whole = {**schema, "components": document["components"]}
        wrong = best_match(Draft202012Validator(whole).iter_errors(told))
        if wrong is not None:
            at = f"{answer.method} {answer.rule} {answer.status}"
            yield f"{at}: {wrong.json_path} {wrong.message[:200]}"


def _schema(document: dict[str, Any], answer: Given) -> dict[str, Any] | None:
    if answer.kind == "application/problem+json" and answer.status >= 400:
        return {"$ref": "#/components/schemas/ProblemShape"}
    if answer.status >= 400:
        return {"$ref": "#/components/schemas/OAuthErrorShape"}
    assert answer.rule is not None
    operation = document["paths"][path_of(answer.rule)][answer.method.lower()]
    content = operation["responses"].get(str(answer.status), {}).get("content", {})
    found: dict[str, Any] | None = content.get(answer.kind, {}).get("schema")
    return found
