"""Holds every answer that a test gets against the API's own description."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from flask import Flask, Response
from jsonschema import Draft202012Validator
from jsonschema.exceptions import best_match
from werkzeug.exceptions import HTTPException
from werkzeug.test import run_wsgi_app

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
    """Note every JSON answer of the application from now on, whoever gives it."""
    heard: list[Given] = []
    inner = app.wsgi_app

    def noting(environ: Any, start_response: Any) -> Any:
        parts, status, headers = run_wsgi_app(inner, environ, buffered=True)
        answer = Response(parts, status, headers)
        if answer.mimetype.endswith("json") and answer.status_code != 204:
            text = answer.get_data(as_text=True)
            rule, method = _rule(app, environ), environ["REQUEST_METHOD"]
            heard.append(Given(method, rule, answer.status_code, answer.mimetype, text))
        return answer(environ, start_response)

    app.wsgi_app = noting  # type: ignore[method-assign] # the way that Flask documents
    return heard


def _rule(app: Flask, environ: Any) -> str | None:
    try:
        rule, _ = app.url_map.bind_to_environ(environ).match(return_rule=True)
    except HTTPException:
        return None
    return rule.rule


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
