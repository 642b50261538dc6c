"""A member's phone: its own key, its token, and a new code at every showing."""

from datetime import datetime, timedelta
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec

from backend.credentials.eligibility_token import open_token
from backend.credentials.presentation import make_copy, make_presentation
from backend.credentials.server_time import ServerTime, open_server_time
from backend.credentials.signing import LocalSigner
from mobile_sim.http_client import Clock, Connection, system_clock
from mobile_sim.published_keys import published_keys

_NEXT_INSTANT = timedelta(seconds=1)  # a code is spent by handle and second


class Phone:
    """One phone; `clock` is its own, and may be wrong until a server corrects it."""

    def __init__(self, base_url: str, name: str, clock: Clock = system_clock) -> None:
        self.name = name
        self._clock = clock
        self._correction = timedelta(0)
        self._last_shown_at: datetime | None = None
        self._key = LocalSigner.of(ec.generate_private_key(ec.SECP256R1()))
        self._connection = Connection(base_url, self._key, clock=self.now)
        self._keys = published_keys(
            self._connection.get_openly("/.well-known/jwks.json")
        )
        self.handle = ""
        self.token = ""

    def now(self) -> datetime:
        """The phone's clock, set right by the last signed time it got."""
        return self._clock() + self._correction

    @property
    def correction(self) -> timedelta:
        """How far the phone's own clock was found to be off."""
        return self._correction

    def close(self) -> None:
        """Switch the phone's network off."""
        self._connection.close()

    def activate(self, code: str) -> None:
        """Spend the insurer's activation code; from now on the phone holds a token."""
        answer = self._connection.enrol(code, self.name, door="activations")
        self._set_clock(answer["server_time"])
        self._keep_token(answer)

    def show_code(self, at: datetime | None = None) -> str:
        """A code of kind 1, made without the network; never two of one second.

        `at` gives the code of another instant: an old screen, or a wrong clock.
        """
        instant = at or self._next_instant()
        return make_presentation(self.handle, instant, self._key.sign)

    def show_code_online(self) -> str:
        """A code of kind 2: the server's challenge proves that it was made now."""
        answer = self._connection.post("/v1/patient/challenges", {}, can_repeat=True)
        challenge = self._set_clock(answer["server_time"]).challenge
        instant = self._next_instant()
        return make_presentation(self.handle, instant, self._key.sign, challenge)

    def show_copy(self, serial: str) -> str:
        """The code beside a certificate's copy (写し), made without the network."""
        return make_copy(self.handle, self._next_instant(), serial, self._key.sign)

    def status(self) -> dict[str, Any]:
        """The coverage, certificates and token of the phone's owner."""
        return self._connection.get("/v1/patient/status")

    def history(self) -> list[dict[str, Any]]:
        """Who looked, newest first, all pages."""
        entries: list[dict[str, Any]] = []
        query: dict[str, Any] = {"limit": 50}
        while True:
            page = self._connection.get("/v1/patient/history", query)
            entries += page["entries"]
            if page["next"] is None:
                return entries
            query["before"] = page["next"]

    def _next_instant(self) -> datetime:
        instant = self.now().replace(microsecond=0)
        if self._last_shown_at is not None:
            instant = max(instant, self._last_shown_at + _NEXT_INSTANT)
        self._last_shown_at = instant
        return instant

    def _set_clock(self, server_time: str) -> ServerTime:
        told = open_server_time(server_time, self._keys.find)
        self._correction = told.at - self._clock().replace(microsecond=0)
        return told

    def _keep_token(self, answer: dict[str, Any]) -> None:
        """Keep a token only if it is genuine and bound to this phone's key."""
        token = open_token(answer["token"], self._keys.find)
        if token.holder != self._key.public or token.handle != answer["handle"]:
            raise ValueError("the token is not this phone's")
        self.handle, self.token = token.handle, answer["token"]
