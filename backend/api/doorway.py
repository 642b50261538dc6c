"""A group of doors: flask-smorest's blueprint with our way of reading requests."""

from collections.abc import Mapping
from typing import Any, NoReturn

from flask import Request
from flask_smorest import Blueprint
from marshmallow import Schema, ValidationError
from webargs.flaskparser import FlaskParser
from werkzeug.datastructures import MultiDict

from backend.api.complaints import (
    Complaint,
    InvalidFieldsError,
    complaints_in,
)
from backend.api.json_body import read_json
from backend.api.limits import require_media_type
from backend.domain.words import Words

_REPEATED = Complaint(
    Words("同じ項目が二度あります", "it is given twice"),
    Words("一度だけ送ってください", "send it once"),
)


class StrictParser(FlaskParser):
    """Reads bodies strictly and names every field that is wrong.

    Raises MalformedJsonError, WrongMediaTypeError, InvalidFieldsError.
    """

    DEFAULT_UNKNOWN_BY_LOCATION = FlaskParser.DEFAULT_UNKNOWN_BY_LOCATION | {
        "query": None,  # as the schema says: unknown names are refused
    }

    def load_json(self, request: Request, schema: Schema) -> Any:
        """The body, which must be there and say that it is JSON."""
        require_media_type(request, "application/json")
        return read_json(request.get_data())

    def load_querystring(self, request: Request, schema: Schema) -> Any:
        """The query; a name given twice would mean two things."""
        return _said_once(request.args)

    def load_form(self, request: Request, schema: Schema) -> Any:
        """The form (RFC 6749 §3.2: parameters are not repeated)."""
        require_media_type(request, "application/x-www-form-urlencoded")
        return _said_once(request.form)

    def handle_error(
        self,
        error: ValidationError,
        request: Request,
        schema: Schema,
        *,
        error_status_code: int | None,
        error_headers: Mapping[str, str] | None,
    ) -> NoReturn:
        """Hand the complaints on, without the name of the place they came from."""
        given = error.messages
        below = given.values() if isinstance(given, dict) else ()
        raise InvalidFieldsError([it for found in below for it in complaints_in(found)])


def _said_once(given: MultiDict[str, str]) -> dict[str, str]:
    repeated = {name: _REPEATED for name, values in given.lists() if len(values) > 1}
    if repeated:
        raise InvalidFieldsError(complaints_in(repeated))
    return given.to_dict()


class Doorway(Blueprint):
    """One actor's doors."""

    ARGUMENTS_PARSER = StrictParser()
