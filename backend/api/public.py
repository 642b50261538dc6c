"""Doors for anyone: published keys, status lists, the API's description, problems."""

from flask import Response, jsonify, render_template
from flask_smorest import current_api

from backend.api.doorway import Doorway
from backend.api.headers import make_public
from backend.api.problems import PROBLEMS
from backend.api.rooms import rooms
from backend.api.schemas.public import HealthShape, KeySetShape, StatusListsShape
from backend.domain.errors import NotFoundError
from backend.issuing.keys import key_set
from backend.issuing.status_lists import TIME_TO_LIVE, addresses, published

public = Doorway(
    "public",
    __name__,
    template_folder="templates",
    description="だれでも読めるもの / what anyone may read",
)

_KEYS_KEPT_FOR = 300
_PAGES_KEPT_FOR = 3600


@public.route("/.well-known/jwks.json", methods=["GET"])
@public.response(200, KeySetShape())
def published_keys() -> Response:
    """署名鍵の公開部分 / The keys that verify what we sign."""
    keys = key_set(rooms().store).published()
    return make_public(jsonify({"keys": keys}), _KEYS_KEPT_FOR)


@public.route("/status", methods=["GET"])
@public.response(200, StatusListsShape())
def status_lists() -> Response:
    """失効リストの所在 / Where every status list is found."""
    found = {"status_lists": list(addresses(rooms().issuer))}
    return make_public(jsonify(found), int(TIME_TO_LIVE.total_seconds()))


@public.route("/status/<name:insurer>/<int(max=1000000):number>", methods=["GET"])
@public.response(
    200,
    {"type": "string", "maxLength": 1_000_000},
    content_type="application/statuslist+jwt",
)
@public.doc(responses={"404": "NOT_FOUND"})
def status_list(insurer: str, number: int) -> Response:
    """失効リスト / One of an insurer's status lists (Token Status List)."""
    house = rooms()
    token = published(house.issuer, insurer, number, house.clock())
    answer = Response(token, content_type="application/statuslist+jwt")
    return make_public(answer, int(TIME_TO_LIVE.total_seconds()))


@public.route("/healthz", methods=["GET"])
@public.response(200, HealthShape())
def health() -> dict[str, str]:
    """稼働確認 / Whether the register can be read."""
    with rooms().store.reading() as tx:
        tx.audit_size()
    return {"status": "ok"}


@public.route("/problems/<name:code>", methods=["GET"])
@public.response(
    200, {"type": "string", "maxLength": 100_000}, content_type="text/html"
)
def problem_page(code: str) -> Response:
    """問題の説明 / What a problem's code means, and what to do."""
    problem = PROBLEMS.get(code)
    if problem is None:
        raise NotFoundError("problem")
    page = Response(render_template("problem.html", problem=problem))
    return make_public(page, _PAGES_KEPT_FOR)


@public.route("/problems", methods=["GET"])
@public.response(
    200, {"type": "string", "maxLength": 100_000}, content_type="text/html"
)
def problem_list() -> Response:
    """問題の一覧 / Every problem that a door may answer."""
    page = Response(render_template("problems.html", problems=PROBLEMS.values()))
    return make_public(page, _PAGES_KEPT_FOR)


@public.route("/openapi.json", methods=["GET"])
@public.response(200, {"type": "object"})
def description() -> Response:
    """この API の記述 / This API's own description (OpenAPI 3.1)."""
    answer = Response(current_api.text, content_type="application/json")
    return make_public(answer, _PAGES_KEPT_FOR)
