"""`shikaku recheck` and `shikaku erase`: what was signed stays true, the old goes."""

from datetime import datetime
from functools import partial

import click

from backend.cli.opening import explained, json_option, opened, say
from backend.cli.progress import Watch, progress
from backend.issuing.recheck import recheck as recheck_papers
from backend.registering.erasing import erase_ended
from backend.storage.run_rows import RunCounts
from backend.system import now


@click.command()
@json_option
@explained
def recheck(as_json: bool) -> None:
    """発行済みの資格確認書をすべて読み直し、記録と照合します。

    Read everything ever signed again and hold it against the record; status 1 if
    anything differs.
    """
    with opened() as house:
        with house.store.reading() as tx:
            every = tx.count_certificates()
        with progress("再点検 recheck", every) as watch:
            found = recheck_papers(house.store, partial(_watched, watch))
    lines = [f"  {it.serial}: {it.words}" for it in found.discrepancies]
    say(
        as_json,
        {
            "read": found.read,
            "erased": found.erased,
            "discrepancies": [
                {"serial": it.serial, "ja": it.words.ja, "en": it.words.en}
                for it in found.discrepancies
            ],
        },
        "\n".join([f"{found.read}通を点検、不一致 {len(lines)}件", *lines]),
        f"Read {found.read} papers, {len(lines)} differ",
    )
    if found.discrepancies:
        raise SystemExit(1)


def _watched(watch: Watch, read: int, differ: int) -> None:
    watch(RunCounts(read, read - differ, 0, differ))


@click.command()
@click.option(
    "--ended-before",
    type=click.DateTime(["%Y-%m-%d"]),
    required=True,
    help="最後の資格喪失がこの日より前の人 / whose last coverage ended before this day",
)
@click.option("--yes", is_flag=True, help="実際に消去する / really erase")
@json_option
@explained
def erase(ended_before: datetime, yes: bool, as_json: bool) -> None:
    """保存期間を過ぎた人の情報を消去します（--yes がなければ人数だけ表示）。

    Erase people whose coverages all ended long ago. The log stays provable and can no
    longer be tied to them. Without --yes, only count them. It cannot be undone.
    """
    day = ended_before.date()
    with opened() as house:
        if yes:
            count = erase_ended(house.store, day, now())
        else:
            with house.store.reading() as tx:
                count = len(tx.people_ended_before(day))
    say(
        as_json,
        {"people": count, "erased": yes},
        f"{count}人{'を消去しました' if yes else 'が対象です（--yes で消去）'}",
        f"{count} people {'erased' if yes else 'would be erased (--yes erases)'}",
    )
