"""`shikaku reminders`: letters for members without a phone, of what lapses soon."""

from pathlib import Path

import click

from backend.cli.new_file import new_file
from backend.cli.opening import enrolled_insurer, explained, json_option, opened, say
from backend.domain.reminder import DAYS_AHEAD
from backend.interchange.mailing import ENCODINGS
from backend.interchange.reminder_letters import reminder_letters
from backend.registering.registrar import Teller
from backend.registering.reminders import LONGEST_AHEAD, letters_due
from backend.system import now


@click.command()
@click.option(
    "--insurer", "insurer_number", required=True, help="保険者番号 / insurer number"
)
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    required=True,
    help="書き出すファイル（CSV） / the file to write",
)
@click.option(
    "--days",
    type=click.IntRange(0, LONGEST_AHEAD),
    default=DAYS_AHEAD,
    show_default=True,
    help="何日先まで / so many days ahead",
)
@click.option(
    "--encoding",
    type=click.Choice(ENCODINGS),
    default="utf-8",
    show_default=True,
    help="文字コード / its encoding",
)
@json_option
@explained
def reminders(
    insurer_number: str, out: Path, days: int, encoding: str, as_json: bool
) -> None:
    """スマホのない加入者への、期限のお知らせを郵送用ファイルに書き出します。

    Write what lapses soon, of members without a phone, as a file of letters.
    """
    with opened() as house, new_file(out, "--out") as write:
        teller = Teller(enrolled_insurer(house, insurer_number), now())
        with house.store.reading() as tx:
            letters = letters_due(tx, teller, days)
        write(reminder_letters(letters, encoding))
    say(
        as_json,
        {"letters": len(letters), "file": str(out)},
        f"{len(letters)}通分を書き出しました: {out}（発送後は削除してください）",
        f"Wrote {len(letters)} letters: {out} (delete it once they are sent)",
    )
