"""`shikaku audit`: seal the log's head, and verify the log against all sealed heads."""

import click

from backend.cli.opening import explained, json_option, opened, say
from backend.issuing.checkpoints import Checkpointer, verify_audit
from backend.system import now


@click.group()
def audit() -> None:
    """監査記録の封印と検証 / Seal and verify the audit log."""


@audit.command()
@click.option(
    "--begin-anew",
    is_flag=True,
    help="封印ファイルも写しも失われたとき始め直す / begin where every copy is lost",
)
@json_option
@explained
def checkpoint(begin_anew: bool, as_json: bool) -> None:
    """いまの監査記録を署名付きで封印します。

    Sign the head of the log and append it to the checkpoint journal.
    """
    with opened() as house:
        sealing = Checkpointer(house.rooms.issuer, house.settings.checkpoints)
        size = sealing.begin_anew(now()) if begin_anew else sealing.seal(now())
    say(
        as_json,
        {"size": size},
        f"{size}件までを封印しました。",
        f"Sealed {size} entries.",
    )


@audit.command()
@json_option
@explained
def verify(as_json: bool) -> None:
    """監査記録を封印と照合し、変更・削除・挿入・入替・切捨てを見つけます。

    Compare the whole log with every checkpoint; status 1 if anything differs.
    """
    with opened() as house:
        report = verify_audit(house.rooms.issuer, house.settings.checkpoints)
    say(
        as_json,
        {
            "sound": report.is_sound,
            "size": report.size,
            "sealed": report.sealed,
            "root": report.root.hex(),
            "found": report.found,
            "problems": [
                {
                    "step": problem.step.name.lower(),
                    "ja": problem.words.ja,
                    "en": problem.words.en,
                    "sequence": problem.sequence,
                    "checkpoint": problem.checkpoint,
                }
                for problem in report.problems
            ],
        },
        _lines(report.is_sound, report.size, report.sealed, report.found),
        "\n".join(str(problem.words) for problem in report.problems),
    )
    if not report.is_sound:
        raise SystemExit(1)


def _lines(is_sound: bool, size: int, sealed: int, found: int) -> str:
    if is_sound:
        return (
            f"異常なし: 監査記録 {size}件（封印済み {sealed}件） / "
            f"Sound: {size} entries, {sealed} of them sealed"
        )
    return f"異常あり: {found}件の不一致 / {found} problems found"
