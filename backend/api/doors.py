"""Puts every door into the application, with what stands around all of them."""

from functools import cached_property
from http import HTTPStatus
from typing import Any

from flask import Flask, json, request
from flask_smorest import Api
from werkzeug.routing import BaseConverter

from backend.api.auth import SECURITY_SCHEMES
from backend.api.clinic import clinic
from backend.api.enrolment import enrolment
from backend.api.headers import register_headers
from backend.api.insurer_figures import insurer_figures
from backend.api.insurer_lists import insurer_lists
from backend.api.insurer_members import insurer_members
from backend.api.insurer_overview import insurer_overview
from backend.api.insurer_papers import insurer_papers
from backend.api.insurer_previews import insurer_previews
from backend.api.insurer_prints import insurer_prints
from backend.api.insurer_register import insurer_register
from backend.api.insurer_reminders import insurer_reminders
from backend.api.insurer_runs import insurer_runs
from backend.api.limits import bound_body
from backend.api.minted import minted
from backend.api.oauth import oauth
from backend.api.operators import operators
from backend.api.patient import patient
from backend.api.patient_copies import patient_copies
from backend.api.patient_delegations import patient_delegations
from backend.api.problem_answers import PROBLEM_JSON, register_problem_answers
from backend.api.public import public
from backend.api.reports import reports
from backend.api.request_log import register_request_log
from backend.api.rooms import Rooms
from backend.api.schemas.problem import ProblemShape
from backend.api.wsgi_environ import REFUSED

_TITLE = "資格 Shikaku"
_VERSION = "1"
_OPENAPI = "3.1.0"
_ANY_PROBLEM = "どの API もこの形で断ります / every refusal has this form"
_DOORWAYS = (
    public,
    oauth,
    enrolment,
    operators,
    patient,
    patient_copies,
    patient_delegations,
    clinic,
    insurer_lists,
    insurer_register,
    insurer_members,
    insurer_papers,
    insurer_runs,
    insurer_previews,
    insurer_overview,
    insurer_prints,
    insurer_figures,
    insurer_reminders,
    reports,
    minted,
)


class NameConverter(BaseConverter):
    """A name in an address: anything else is not found, before anyone looks."""

    regex = "[A-Za-z0-9_-]{1,40}"


class Doors(Api):
    """The API with problem documents in place of flask-smorest's own errors."""

    ERROR_SCHEMA = ProblemShape

    @cached_property
    def text(self) -> str:
        """The description of every door, as JSON; asked for once all are in."""
        return json.dumps(self.spec.to_dict(), ensure_ascii=False)

    def _register_responses(self) -> None:
        """Describe every error as a problem document."""
        names = {status.name: status.phrase for status in HTTPStatus}
        names[self.DEFAULT_ERROR_RESPONSE_NAME] = _ANY_PROBLEM
        for name, phrase in names.items():
            content = {PROBLEM_JSON: {"schema": ProblemShape}}
            described = {"description": phrase, "content": content}
            self.spec.components.response(name, described, lazy=True)

    def _register_etag_headers(self) -> None:
        """No door answers by ETag."""

    def _register_pagination_header(self) -> None:
        """No door pages by header."""

    def _register_error_handlers(self) -> None:
        """Ours are registered for the whole application."""


def register_doors(app: Flask) -> Doors:
    """Every door of the API; `app.extensions["shikaku"]` holds the rooms behind.

    Returns the API, so that pages can be described with it.
    """
    house: Rooms = app.extensions["shikaku"]
    app.json.ensure_ascii = False  # type: ignore[attr-defined] # the default provider has it
    app.json.sort_keys = False  # type: ignore[attr-defined] # the default provider has it
    app.url_map.converters["name"] = NameConverter
    register_request_log(app, house.random_bytes)
    app.before_request(_raise_what_the_front_refused)
    app.before_request(lambda: bound_body(request))
    register_headers(app, house.base_url.startswith("https://"))
    register_problem_answers(app)
    doors = _described(app, house.base_url)
    for doorway in _DOORWAYS:
        doors.register_blueprint(doorway)
    return doors


def _raise_what_the_front_refused() -> None:
    refused: Exception | None = request.environ.get(REFUSED)
    if refused is not None:
        raise refused


def _described(app: Flask, base_url: str) -> Doors:
    app.config.update(
        API_TITLE=_TITLE,
        API_VERSION=_VERSION,
        OPENAPI_VERSION=_OPENAPI,
        OPENAPI_JSON_PATH=None,
    )
    doors = Doors(app, spec_kwargs={"servers": [{"url": base_url}]})
    doors.register_converter(NameConverter, _name_described)
    for name, scheme in SECURITY_SCHEMES.items():
        doors.spec.components.security_scheme(name, scheme)
    return doors


def _name_described(converter: BaseConverter) -> dict[str, Any]:
    return {"type": "string", "pattern": f"^{converter.regex}$", "maxLength": 40}
