"""`python -m mobile_sim`: sets up a fresh demo, tells the story, keeps it running."""

import argparse
import os
import signal
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from backend.domain.words import Words
from mobile_sim.demo_folder import NotOursError, fresh_folder
from mobile_sim.hands_on import codes_to_try
from mobile_sim.house import House, HouseError
from mobile_sim.http_client import UnreachableError, system_clock
from mobile_sim.lan import Lan, NoLanError, TrustPage, lan_address, open_to_lan
from mobile_sim.story import begin, tell
from mobile_sim.telling import Telling
from mobile_sim.world import StoryError

_INTERRUPTED = 130
_ENDINGS = (StoryError, HouseError, NotOursError, NoLanError, UnreachableError)
_EMPTIED = "デモ専用。毎回空にします / the demo's own, emptied at each run"
_ADDRESSES = (
    (Words("はじめのページ", "start page"), "/"),
    (Words("APIの説明", "the API explained"), "/docs"),
    (Words("OpenAPI 3.1", "the API for machines"), "/openapi.json"),
    (Words("公開鍵", "the published keys"), "/.well-known/jwks.json"),
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the demo; 0 when every step showed what it promised, else 1."""
    chosen = _parse(arguments)
    telling = Telling()
    try:
        _run(chosen, telling)
    except KeyboardInterrupt:
        return _INTERRUPTED
    except _ENDINGS as error:
        telling.failure(str(error))
        return 1
    return 0


def _parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m mobile_sim",
        description="デモを実際の HTTP で実行します / tells the story over HTTP.",
    )
    parser.add_argument(
        "--once", action="store_true", help="デモが終わったら終了 / end after the story"
    )
    parser.add_argument(
        "--https",
        action="store_true",
        help="同じネットワークのスマホから使う / for phones on the same network",
    )
    parser.add_argument("--port", type=_port, default=8000, help="ポート / port")
    parser.add_argument(
        "--data-dir", type=Path, default=Path("var/demo"), help=_EMPTIED
    )
    parser.add_argument(
        "--keys-dir", type=Path, default=Path("var/demo/keys"), help=_EMPTIED
    )
    return parser.parse_args(arguments)


def _end(*_: object) -> None:
    raise KeyboardInterrupt


def _port(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 1 <= int(text[:6]) <= 65535:
        raise argparse.ArgumentTypeError(
            f"{text}: 1 から 65535 の数字にしてください（例: make demo PORT=8123） /"
            " give a number from 1 to 65535 (make demo PORT=8123)"
        )
    return int(text)


def _run(chosen: argparse.Namespace, telling: Telling) -> None:
    with _lan(chosen.https) as lan:
        house = House(chosen.data_dir, chosen.keys_dir, chosen.port, lan)
        house.require_free_port()
        with fresh_folder(chosen.data_dir), fresh_folder(chosen.keys_dir):
            house.set_up()
            with house:
                world = begin(house, telling)
                tell(world)
                pages = [(told, house.require_page(path)) for told, path in _ADDRESSES]
                if not chosen.once:
                    telling.addresses([*codes_to_try(world), *pages])
                    _run_on(house, telling, lan)


@contextmanager
def _lan(is_wanted: bool) -> Iterator[Lan | None]:
    """The local network, if phones are to reach the demo; our own calls trust it."""
    if not is_wanted:
        yield None
        return
    with TemporaryDirectory() as folder:
        lan = open_to_lan(Path(folder), lan_address(), system_clock())
        os.environ["REQUESTS_CA_BUNDLE"] = str(lan.authority)
        yield lan


def _run_on(house: House, telling: Telling, lan: Lan | None) -> None:
    try:
        if lan is None:
            _wait(house, telling)
        else:
            phone = f"{house.base_url}/phone/"
            with TrustPage(lan, house.port + 1, phone) as address:
                telling.note(f"スマホで読み取る: {address}", "scan it with a phone")
                telling.code(address)
                _wait(house, telling)
    except KeyboardInterrupt:
        return
    raise HouseError("サーバーが終了しました / the server has ended")


def _wait(house: House, telling: Telling) -> None:
    telling.note("終了は Ctrl-C", "the server runs on; Ctrl-C ends it")
    house.wait()


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, _end)  # so that the server ends with us
    sys.exit(main())
