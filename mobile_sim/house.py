"""The house that the demo runs: its settings, its command line, its server."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Self

import requests

from mobile_sim.lan import Lan

_PAGES = Path(__file__).parent
_COMMAND = (sys.executable, "-m", "backend.cli.main")
_COMMAND_SECONDS = 60
_START_SECONDS = 30
_STOP_SECONDS = 10
_PAGE_SECONDS = 10
_PAUSE_SECONDS = 0.1
_LINES_OF_LOG = 15


class HouseError(Exception):
    """The server or a command did not do its part; the text says what to do."""


class House:
    """A deployment in two folders, reached on one port of this machine."""

    def __init__(
        self, data_dir: Path, keys_dir: Path, port: int, lan: Lan | None = None
    ) -> None:
        self.base_url = f"http://localhost:{port}"  # passkeys need a name, no number
        self._host, self.port = "127.0.0.1", port
        self._serving = ["--port", str(port), "--pages", str(_PAGES)]
        if lan is not None:
            self.base_url = f"https://{lan.host}:{port}"
            self._host = lan.host
            self._serving += ["--host", lan.host]
            self._serving += ["--certificate", str(lan.certificate), str(lan.key)]
        self._log = data_dir / "server.log"
        self._settings = {
            "SHIKAKU_DATA_DIR": str(data_dir.resolve()),
            "SHIKAKU_KEYS_DIR": str(keys_dir.resolve()),
            "SHIKAKU_BASE_URL": self.base_url,
            "SHIKAKU_SAMPLE_DATA": "1",
        }
        self._server: subprocess.Popen[bytes] | None = None

    def command(self, *arguments: str) -> str:
        """Run `shikaku` with these arguments; what it printed. Raises HouseError."""
        try:
            done = subprocess.run(  # noqa: S603 - our own command line
                [*_COMMAND, *arguments],
                env=self._environment(),
                capture_output=True,
                encoding="utf-8",
                timeout=_COMMAND_SECONDS,
                check=False,
            )
        except subprocess.TimeoutExpired:
            raise HouseError(f"shikaku {' '.join(arguments)}: 応答なし") from None
        if done.returncode != 0:
            told = (done.stderr or done.stdout).strip()
            raise HouseError(f"shikaku {' '.join(arguments)}: {told}")
        return done.stdout

    def told(self, *arguments: str) -> dict[str, Any]:
        """Run `shikaku … --json` and read its answer."""
        answer: dict[str, Any] = json.loads(self.command(*arguments, "--json"))
        return answer

    def set_up(self) -> None:
        """Make keys and database. Raises HouseError."""
        self.command("init")

    def __enter__(self) -> Self:
        """Start the server and wait until it answers. Raises HouseError."""
        with self._log.open("wb") as log:
            self._server = subprocess.Popen(  # noqa: S603 - our own command line
                [*_COMMAND, "serve", "--quiet", *self._serving],
                env=self._environment(),
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,  # Ctrl-C is for us; we end the server
            )
        try:
            self._wait_until_ready(self._server)
        except BaseException:
            self._stop()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self._stop()

    def require_page(self, path: str) -> str:
        """The address of a page that answers. Raises HouseError if it does not."""
        address = self.base_url + path
        try:
            answer = requests.get(address, timeout=_PAGE_SECONDS)
            answer.raise_for_status()
        except requests.RequestException as error:
            raise HouseError(f"{address}: {error}") from None
        return address

    def wait(self) -> None:
        """Return when the server has ended of itself.

        Looked after again and again: Ctrl-C in the instant before a wait without end
        would be heard only at its end.
        """
        while self._server is not None and self._server.poll() is None:
            time.sleep(_PAUSE_SECONDS)

    def _environment(self) -> Mapping[str, str]:
        inherited = {k: v for k, v in os.environ.items() if k[:8] != "SHIKAKU_"}
        return inherited | self._settings | {"PYTHONUTF8": "1"}

    def require_free_port(self) -> None:
        """Raise HouseError, naming another port, if ours is taken."""
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((self._host, self.port))
            except OSError as error:
                raise HouseError(
                    f"ポート{self.port}は使えません（{error.strerror}）。別のポートを"
                    f"選んでください: make demo PORT={_another(self.port)} / Port"
                    f" {self.port} cannot be used. Choose another one as above."
                ) from None

    def _wait_until_ready(self, server: subprocess.Popen[bytes]) -> None:
        until = time.monotonic() + _START_SECONDS
        while time.monotonic() < until:
            if server.poll() is not None:
                raise HouseError(f"サーバーが起動しません / no start:\n{self._tail()}")
            try:
                requests.get(f"{self.base_url}/healthz", timeout=2).raise_for_status()
            except requests.RequestException:
                time.sleep(_PAUSE_SECONDS)
            else:
                return
        raise HouseError(
            f"{_START_SECONDS}秒待ちましたが応答がありません / no answer from "
            f"{self.base_url}/healthz:\n{self._tail()}"
        )

    def _stop(self) -> None:
        if self._server is None or self._server.poll() is not None:
            return
        self._server.terminate()
        try:
            self._server.wait(_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            os.killpg(self._server.pid, signal.SIGKILL)  # its workers as well
            self._server.wait()

    def _tail(self) -> str:
        lines: Sequence[str] = self._log.read_text("utf-8", "replace").splitlines()
        return "\n".join(lines[-_LINES_OF_LOG:])


def _another(port: int) -> int:
    return port + 1 if port < 65535 else 8000
