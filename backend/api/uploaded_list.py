"""A list in a request's body: what is taken, how much of it, and how it is opened."""

from hashlib import sha256
from io import BytesIO

from flask import request

from backend.api.limits import require_one_of
from backend.interchange.list_limits import MIB, ListLimits
from backend.interchange.list_stream import OpenList, open_list

_MEDIA = (
    "text/csv",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "application/zip",
)
_FILE = {"schema": {"type": "string", "format": "binary"}}
LIST_BODY = {
    "required": True,
    "description": "CSV（UTF-8 か CP932）か xlsx、zip も可 / the list",
    "content": dict.fromkeys(_MEDIA, _FILE),
}
LIST_REFUSALS = {
    "413": "REQUEST_ENTITY_TOO_LARGE",
    "415": "UNSUPPORTED_MEDIA_TYPE",
    "422": "UNPROCESSABLE_ENTITY",
}
_LIMITS = ListLimits(unpacked_bytes=1024 * MIB, workbook_bytes=256 * MIB)


def uploaded_list() -> tuple[str, OpenList]:
    """The list of this request, and the SHA-256 that names it."""
    require_one_of(request, _MEDIA)
    content = request.get_data()
    return sha256(content).hexdigest(), open_list(BytesIO(content), _LIMITS)
