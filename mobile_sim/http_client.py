"""A connection of an enrolled key: proofs on every request, problems as errors."""

import secrets
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import requests

from backend.credentials.making_proofs import (
    make_client_assertion,
    make_dpop,
    make_possession,
)
from backend.credentials.signing import LocalSigner

_TIMEOUT = (5, 30)  # seconds: to connect, to answer
_ATTEMPTS = 3
_PAUSE_SECONDS = 0.2
_RENEW_BEFORE = timedelta(seconds=30)
_ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"  # RFC 7523

Clock = Callable[[], datetime]


def system_clock() -> datetime:
    """What this machine's clock says, in UTC."""
    return datetime.now(UTC)


class ProblemError(Exception):
    """The server refused; `code` is the last part of the problem's type (RFC 9457)."""

    def __init__(self, status: int, code: str, detail: str, errors: Any = None) -> None:
        super().__init__(f"{status} {code}: {detail}")
        self.status = status
        self.code = code
        self.detail = detail
        self.errors = errors or []


class UnreachableError(Exception):
    """No answer after all attempts."""


class Connection:
    """Speaks for one key; the session keeps its TCP connection open.

    `client_id` is None until the key is enrolled. `clock` is the caller's own: a
    proof made by a wrong clock is refused.
    """

    def __init__(
        self,
        base_url: str,
        key: LocalSigner,
        client_id: str | None = None,
        clock: Clock = system_clock,
    ) -> None:
        self.base_url = base_url
        self.client_id = client_id
        self._key = key
        self._clock = clock
        self._session = requests.Session()
        self._token: str | None = None
        self._renew_at = datetime.min.replace(tzinfo=UTC)

    def close(self) -> None:
        """End the TCP connection."""
        self._session.close()

    def enrol(self, code: str, name: str, door: str = "enrolments") -> dict[str, Any]:
        """Spend a one-time code: the key becomes a known client named `name`."""
        at = self._clock()
        possession = make_possession(self._key, self.base_url, code, at)
        answer = self.post_openly(
            f"/v1/{door}", {"code": code, "name": name, "possession": possession}
        )
        self.client_id = answer["client_id"]
        return answer

    def get_openly(self, path: str) -> dict[str, Any]:
        """Read something public."""
        return _read(self._send("GET", path, lambda: {}, can_repeat=True))

    def post_openly(self, path: str, body: Mapping[str, Any]) -> dict[str, Any]:
        """Ask a door that needs no enrolled key."""
        return _read(
            self._send("POST", path, lambda: {}, can_repeat=False, content=body)
        )

    def get(self, path: str, query: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """Read something that only this client may see."""
        return self._ask("GET", path, can_repeat=True, query=query)

    def post(
        self,
        path: str,
        body: Mapping[str, Any] | bytes,
        headers: Mapping[str, str] | None = None,
        can_repeat: bool = False,
    ) -> dict[str, Any]:
        """Do something; `can_repeat` says that a second time changes nothing more."""
        return self._ask(
            "POST", path, can_repeat=can_repeat, content=body, headers=headers
        )

    def delete(self, path: str) -> dict[str, Any]:
        """Take something away."""
        return self._ask("DELETE", path, can_repeat=True)

    # ---- one request, with its proofs ----

    def _ask(
        self,
        method: str,
        path: str,
        *,
        can_repeat: bool,
        content: Mapping[str, Any] | bytes | None = None,
        query: Mapping[str, Any] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> dict[str, Any]:
        def prove() -> dict[str, str]:
            return {**(headers or {}), **self._authorization(method, path)}

        answer = self._send(
            method, path, prove, can_repeat=can_repeat, content=content, query=query
        )
        if answer.status_code == requests.codes.unauthorized:
            self._token = None  # it ran out, or the server forgot it: once more
            answer = self._send(
                method, path, prove, can_repeat=can_repeat, content=content, query=query
            )
        return _read(answer)

    def _send(
        self,
        method: str,
        path: str,
        prove: Callable[[], Mapping[str, str]],
        *,
        can_repeat: bool,
        content: Mapping[str, Any] | bytes | None = None,
        query: Mapping[str, Any] | None = None,
    ) -> requests.Response:
        """Send, with fresh proofs each time; 503 means that nothing was written."""
        body: dict[str, Any] = (
            {"data": content} if isinstance(content, bytes) else {"json": content}
        )
        for attempt in range(1, _ATTEMPTS + 1):
            try:
                answer = self._session.request(
                    method,
                    self.base_url + path,
                    params=query,
                    headers=dict(prove()),
                    timeout=_TIMEOUT,
                    allow_redirects=False,
                    **body,
                )
            except (requests.ConnectionError, requests.Timeout) as error:
                if not can_repeat or attempt == _ATTEMPTS:
                    raise UnreachableError(f"{method} {path}: no answer") from error
            else:
                if answer.status_code != 503 or attempt == _ATTEMPTS:
                    return answer
            time.sleep(_PAUSE_SECONDS * attempt)
        raise AssertionError("unreachable")

    def _authorization(self, method: str, path: str) -> dict[str, str]:
        token = self._fresh_token()
        return {
            "Authorization": f"DPoP {token}",
            "DPoP": self._dpop(method, path, token),
        }

    def _dpop(self, method: str, path: str, token: str | None = None) -> str:
        jti = secrets.token_urlsafe(16)
        url = self.base_url + path
        return make_dpop(self._key, method, url, self._clock(), jti, token)

    def _fresh_token(self) -> str:
        """The access token, fetched anew shortly before it runs out (RFC 9449 §5)."""
        if self._token is not None and self._clock() < self._renew_at:
            return self._token
        if self.client_id is None:
            raise UnreachableError("this key is not enrolled")
        path = "/oauth/token"
        asked_at = self._clock()
        answer = self._session.post(
            self.base_url + path,
            data={
                "grant_type": "client_credentials",
                "client_assertion_type": _ASSERTION_TYPE,
                "client_assertion": make_client_assertion(
                    self._key,
                    self.client_id,
                    self.base_url,
                    asked_at,
                    secrets.token_urlsafe(16),
                ),
            },
            headers={"DPoP": self._dpop("POST", path)},
            timeout=_TIMEOUT,
            allow_redirects=False,
        )
        granted = _read(answer)
        self._token = str(granted["access_token"])
        lifetime = timedelta(seconds=int(granted["expires_in"]))
        self._renew_at = asked_at + lifetime - _RENEW_BEFORE
        return self._token


def _read(answer: requests.Response) -> dict[str, Any]:
    """The JSON object of an answer; ProblemError for a refusal of either shape."""
    try:
        body = answer.json() if answer.content else {}
    except ValueError:
        body = {}
    if not isinstance(body, dict):
        body = {"": body}
    if answer.ok:
        return body
    code = body.get("code") or body.get("error") or answer.reason
    detail = body.get("detail") or body.get("error_description") or ""
    raise ProblemError(answer.status_code, str(code), str(detail), body.get("errors"))
