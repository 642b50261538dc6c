"""Why someone is not let in; each says only what an honest caller needs."""

from backend.domain.errors import ShikakuError
from backend.domain.words import Words


class UnauthenticatedError(ShikakuError):
    """No access token, or one that is not (or no longer) good.

    `has_token` tells a caller who sent none from one whose token is refused.
    """

    code = "unauthenticated"

    def __init__(self, has_token: bool) -> None:
        super().__init__("token refused" if has_token else "no token")
        self.has_token = has_token


class BadProofError(ShikakuError):
    """A DPoP proof that does not fit the request, the token, the key or the time."""

    code = "bad-proof"

    def __init__(self, reason: Words) -> None:
        super().__init__(reason.en)
        self.reason = reason


class InvalidClientError(UnauthenticatedError):
    """A client assertion that proves no enrolled client; why is never told."""

    def __init__(self) -> None:
        super().__init__(has_token=False)


class CodeRefusedError(ShikakuError):
    """A one-time code that opens nothing; why is never told."""

    code = "code-refused"


class SignInRefusedError(ShikakuError):
    """A passkey that signs nobody in; why is never told."""

    code = "sign-in-refused"


class TooManyAttemptsError(ShikakuError):
    """Too many refused attempts from one place."""

    code = "too-many-attempts"

    def __init__(self, retry_after_seconds: int) -> None:
        super().__init__("too many attempts")
        self.retry_after_seconds = retry_after_seconds
