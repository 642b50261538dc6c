"""読み取ったコード: what a code of one kind holds, or why it is not genuine."""

from backend.credentials.jose import NotGenuine, NotGenuineError
from backend.credentials.transport import (
    CodeKind,
    DamagedCodeError,
    ForeignCodeError,
    unpack,
)


def payload_of(text: str, kind: CodeKind) -> bytes:
    """The payload of a code of this kind, as scanned or typed.

    Raises `NotGenuineError`: `WRONG_KIND` for any other code, `MALFORMED` for a damaged
    one (`transport.unpack` tells how it is damaged).
    """
    try:
        found, payload = unpack(text)
    except ForeignCodeError:
        raise NotGenuineError(NotGenuine.WRONG_KIND, "not a code of ours") from None
    except DamagedCodeError:
        raise NotGenuineError(NotGenuine.MALFORMED, "a damaged code") from None
    if found is not kind:
        raise NotGenuineError(NotGenuine.WRONG_KIND, "another code of ours")
    return payload
