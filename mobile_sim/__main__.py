"""`python -m mobile_sim`: sets up a fresh demo, tells the story, keeps it running."""

import argparse
import signal
import sys
from collections.abc import Sequence
from pathlib import Path

from backend.domain.words import Words
from mobile_sim.demo_folder import NotOursError, fresh_folder
from mobile_sim.house import House, HouseError
from mobile_sim.http_client import UnreachableError
from mobile_sim.story import begin, tell
from mobile_sim.telling import Telling
from mobile_sim.world import StoryError

_INTERRUPTED = 130
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
    except (StoryError, HouseError, NotOursError, UnreachableError) as error:
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
    house = House(chosen.data_dir, chosen.keys_dir, chosen.port)
    house.require_free_port()
    with fresh_folder(chosen.data_dir), fresh_folder(chosen.keys_dir):
        house.set_up()
        with house:
            tell(begin(house, telling))
            pages = [(words, house.require_page(path)) for words, path in _ADDRESSES]
            if not chosen.once:
                telling.addresses(pages)
                _run_on(house, telling)


def _run_on(house: House, telling: Telling) -> None:
    try:
        telling.note("終了は Ctrl-C", "the server runs on; Ctrl-C ends it")
        house.wait()
    except KeyboardInterrupt:
        return
    raise HouseError("サーバーが終了しました / the server has ended")


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, _end)  # so that the server ends with us
    sys.exit(main())
