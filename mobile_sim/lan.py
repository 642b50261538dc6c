"""The demo on the local network: an address that phones reach, and whom they may trust.

A phone keeps keys and works offline only over HTTPS (Secure Contexts §3.1). So a
throw-away authority is made for each run: its key never leaves memory, and whoever
trusts it takes it out of the phone again afterwards.
"""

import socket
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import trustme

_LIFETIME = timedelta(days=7)  # phones refuse long ones, and nobody needs this long
_ANYWHERE = ("192.0.2.1", 9)  # documentation's network (RFC 5737): nothing is sent
_AUTHORITY_PATH = "/shikaku-demo-ca.crt"
_PAGE = """<!doctype html>
<html lang="ja">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>資格 Shikaku デモ</title>
<h1>資格 Shikaku デモ</h1>
<ol>
<li><a href="{authority}">デモ用の認証局を入れる</a>。iPhone: 「設定」→「プロファイルが\
ダウンロード済み」→インストール→「一般」→「情報」→「証明書信頼設定」でオン。Android: \
「設定」→「セキュリティ」→「CA証明書」。
<p lang="en">Install the demo's authority, and trust it in the settings.</p>
<li><a href="{phone}">スマホの画面を開く</a>
<p lang="en">Open the phone's page.</p>
<li>終わったら、認証局を端末から削除する。
<p lang="en">Afterwards, remove the authority from the phone.</p>
</ol>
</html>
"""


class NoLanError(Exception):
    """This machine has no address that a phone could reach; the text says so."""


@dataclass(frozen=True, slots=True)
class Lan:
    """Where phones reach the demo, and the files that prove that it is the demo."""

    host: str
    certificate: Path
    key: Path
    authority: Path


def open_to_lan(folder: Path, host: str, at: datetime) -> Lan:
    """Make certificate and authority for this address, in files of `folder`."""
    authority = trustme.CA(organization_name="Shikaku demo, throw-away")
    issued = authority.issue_cert(host, "localhost", not_after=at + _LIFETIME)
    lan = Lan(host, *(folder / name for name in ("server.pem", "server.key", "ca.pem")))
    issued.private_key_pem.write_to_path(lan.key)
    for number, part in enumerate(issued.cert_chain_pems):
        part.write_to_path(lan.certificate, append=number > 0)
    authority.cert_pem.write_to_path(lan.authority)
    return lan


def lan_address() -> str:
    """This machine's own address on its network. Raises NoLanError."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(_ANYWHERE)
        except OSError:
            raise NoLanError(
                "この機械はネットワークにつながっていません。HTTPS=1 なしで動かすか、"
                "Wi-Fi につないでください。 / This machine is on no network: connect"
                " it, or leave HTTPS=1 out."
            ) from None
        host: str = probe.getsockname()[0]
        return host


class TrustPage:
    """Hands the authority to phones over plain HTTP, and tells them what to do."""

    def __init__(self, lan: Lan, port: int, phone: str) -> None:
        page = _PAGE.format(authority=_AUTHORITY_PATH, phone=phone).encode()
        found = {
            "/": ("text/html; charset=utf-8", page),
            _AUTHORITY_PATH: ("application/x-x509-ca-cert", lan.authority.read_bytes()),
        }
        self._server = ThreadingHTTPServer((lan.host, port), partial(_Giver, found))
        self._server.daemon_threads = True
        self.address = f"http://{lan.host}:{self._server.server_address[1]}/"

    def __enter__(self) -> str:
        """Serve; the address to open."""
        Thread(target=self._server.serve_forever, daemon=True).start()
        return self.address

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()


class _Giver(BaseHTTPRequestHandler):
    def __init__(
        self, found: dict[str, tuple[str, bytes]], *rest: object, **more: object
    ) -> None:
        self._found = found
        super().__init__(*rest, **more)  # type: ignore[arg-type] # as the server calls

    def do_GET(self) -> None:
        kind, content = self._found.get(self.path, ("", b""))
        self.send_response(200 if kind else 404)
        self.send_header("Content-Type", kind or "text/plain")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: the story is told on this terminal."""
