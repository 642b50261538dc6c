"""依拠当事者: us, as browsers know us when they make and ask for passkeys."""

import ipaddress
from urllib.parse import urlsplit

from backend.credentials.passkeys import RelyingParty
from backend.domain.errors import RefusedError
from backend.domain.words import Words

_USUAL_PORTS = {"http": 80, "https": 443}


def relying_party(base_url: str) -> RelyingParty:
    """Who answers at this address: its host, and its origin as browsers spell it.

    Raises RefusedError for an IP address: browsers know no passkeys for one.
    """
    parts = urlsplit(base_url)
    host = parts.hostname or ""
    if _is_ip_address(host):
        raise RefusedError(_NO_HOST_NAME)
    is_usual = parts.port in (None, _USUAL_PORTS.get(parts.scheme))
    port = "" if is_usual else f":{parts.port}"
    return RelyingParty(host, f"{parts.scheme}://{host}{port}")


def why_no_passkeys(base_url: str) -> Words | None:
    """Why browsers make no passkeys at this address, with the cure; None if they do.

    They know them for host names, and in secure contexts alone: HTTPS, or localhost.
    """
    parts = urlsplit(base_url)
    host = parts.hostname or ""
    if _is_ip_address(host):
        return _NO_HOST_NAME
    is_local = host == "localhost" or host.endswith(".localhost")
    return None if parts.scheme == "https" or is_local else _NO_HTTPS


def _is_ip_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


_NO_HOST_NAME = Words(
    "パスキーはホスト名のあるアドレスでだけ使えます。SHIKAKU_BASE_URL をホスト名"
    "（手元では http://localhost:8000）にし、そのアドレスで開いてください。",
    "Browsers know passkeys for host names only: set SHIKAKU_BASE_URL to one (here "
    "http://localhost:8000), and open the console at that address.",
)
_NO_HTTPS = Words(
    "パスキーは HTTPS のアドレスでだけ使えます（手元の http://localhost を除く）。"
    "SHIKAKU_BASE_URL を https:// にし、そのアドレスで開いてください。",
    "Browsers make passkeys over HTTPS only (but for http://localhost): set "
    "SHIKAKU_BASE_URL to https://, and open the console at that address.",
)
