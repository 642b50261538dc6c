"""`shikaku serve`: the HTTP server, one process that writes."""

import gc
import logging
import signal
import threading
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click
from granian.constants import HTTPModes, Interfaces, Loops
from granian.http import HTTP1Settings
from granian.log import LogLevels
from granian.server import MPServer as Granian

from backend.cli.address import Address
from backend.cli.crew import crew_beside
from backend.cli.opening import explained
from backend.cli.serving_alone import alone_on, require_free
from backend.domain.errors import ShikakuError
from backend.house import House, open_house
from backend.issuing.bulk.runs import abandon, carry_on_ready
from backend.issuing.checkpoints import Checkpointer
from backend.registering.erasing import forget_uncommitted
from backend.registering.filings import KEPT
from backend.registering.lists import go_on
from backend.settings import Settings
from backend.storage.store import Store
from backend.system import now, random_bytes

if TYPE_CHECKING:
    from backend.api.front import Front

GARBAGE = 20_000  # objects made before a search for rings, about a hundred checks
CHECKPOINT_SECONDS = 30  # safety target: at most 60 s of log without an outside seal
UNCOMMITTED = timedelta(days=1)  # a member list that nobody commits is let go
LEFT_RUN = timedelta(days=30)  # a bulk run that nobody finishes is given up
RUNS_SECONDS = 1.0  # between two looks for bulk runs that may go on
TRANSIENT = timedelta(minutes=15)
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_LOG = logging.getLogger("shikaku.keeper")


@click.command()
@click.option(
    "--host",
    type=Address(),
    default="127.0.0.1",
    show_default=True,
    help="待ち受けアドレス / address to listen on",
)
@click.option(
    "--port",
    type=click.IntRange(1, 65535),
    default=8000,
    show_default=True,
    help="待ち受けポート / port",
)
@click.option(
    "--pages",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="スマホと窓口の画面のフォルダー（phone/ reader/） / folder of pages to serve",
)
@click.option(
    "--certificate",
    "tls",
    type=(FILE, FILE),
    metavar="CERTIFICATE KEY",
    help="HTTPS の証明書と鍵（PEM） / certificate and key, to serve HTTPS",
)
@click.option("--quiet", is_flag=True, help="起動の表示を省く / say nothing at start")
@explained
def serve(
    host: str, port: int, pages: Path | None, tls: tuple[Path, Path] | None, quiet: bool
) -> None:
    """HTTP サーバーを起動します（書き込みは 1 プロセスのみ）。

    Start the HTTP server. Behind it must stand exactly one `serve` per database.
    """
    settings = Settings.read()
    if settings.pkcs11_library is None:  # a token's session does not survive the fork
        open_house(settings, now, random_bytes).store.close()  # fails here, with words
    if not quiet:
        scheme = "https" if tls else "http"
        click.echo(f"資格 Shikaku: {settings.base_url}  ({scheme}://{host}:{port})")
    require_free(host, port)
    with alone_on(settings.data_dir):
        server = http_server(host, port, tls)
        loader = partial(application, settings, pages)
        server.serve(target_loader=loader, wrap_loader=False)


def http_server(host: str, port: int, tls: tuple[Path, Path] | None = None) -> Granian:
    """The server as we set it: one process, HTTP/1.1, slow headers cut off."""
    certificate, key = tls or (None, None)
    return Granian(
        target="shikaku",
        address=host,
        port=port,
        interface=Interfaces.RSGI,
        loop=Loops.uvloop,
        workers=1,
        http=HTTPModes.http1,
        http1_settings=HTTP1Settings(header_read_timeout=10_000),
        websockets=False,
        ssl_cert=certificate,
        ssl_key=key,
        log_level=LogLevels.warning,
        respawn_failed_workers=True,
    )


def application(settings: Settings, pages: Path | None = None) -> "Front":
    """The RSGI application of a worker, opened after the fork."""
    # The web is read here, for other commands begin in half the time without it.
    from backend.api.front import Front
    from backend.app import create_app

    # Ctrl-C reaches parent and worker alike: the parent alone ends the worker.
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    # No line tells thread or process, so none is asked (Logging HOWTO, Optimization).
    logging.logThreads = logging.logProcesses = logging.logMultiprocessing = False
    logging.basicConfig(
        level=logging.DEBUG if settings.debug else logging.INFO,
        format="%(asctime)s %(levelname)s %(name)s %(message)s",
    )
    house = open_house(settings, now, random_bytes)
    # What is made until now stays; young objects mostly die without a search for rings.
    gc.freeze()
    gc.set_threshold(GARBAGE)
    for work in (_keep, _carry):
        threading.Thread(target=work, args=(house,), daemon=True).start()
    return Front(create_app(house.rooms, pages).wsgi_app, house.rooms)


def _keep(house: House) -> None:
    """Seal the log's head and forget what is spent, for as long as we serve.

    First of all, go on with member lists that an earlier server left half written.
    """
    _go_on(house)
    checkpointer = Checkpointer(house.rooms.issuer, house.settings.checkpoints)
    pause = threading.Event()
    while not pause.wait(CHECKPOINT_SECONDS):
        try:
            checkpointer.seal(now())
            _forget(house.store)
        except ShikakuError as error:  # a full disk mends; the next round tries again
            _LOG.error("no checkpoint: %s", error)


def _carry(house: House) -> None:
    """Carry on the bulk runs of insurers' systems, one after another, as we serve."""
    bulk, pause = house.rooms.bulk, threading.Event()
    crew_for = partial(crew_beside, house.settings, bulk)
    while not pause.wait(RUNS_SECONDS):
        try:
            for run in carry_on_ready(bulk, crew_for, now):
                _LOG.info("bulk run %s: %s", run.id, run.state.value)
        except ShikakuError as error:  # the next round goes on where this one ended
            _LOG.error("a bulk run rests: %s", error)


def _go_on(house: House) -> None:
    try:
        for list_id in go_on(house.rooms.registrar, now()):
            _LOG.warning("member list %s was left half written: finished", list_id)
    except ShikakuError as error:  # its insurer may send the commitment again
        _LOG.error("a member list is still half written: %s", error)


def _forget(store: Store) -> None:
    """Forget in short writes until nothing is left: others write in between."""
    transient, uncommitted = now() - TRANSIENT, now() - UNCOMMITTED
    while store.write(lambda tx: tx.forget_transients(transient)):
        pass
    forget_uncommitted(store, uncommitted)
    store.write(lambda tx: tx.forget_filings(now() - KEPT))
    abandon(store, now() - LEFT_RUN, now())
