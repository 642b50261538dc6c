"""Afterwards: a loss reaches the next check, the member reads, the log is verified."""

from backend.domain.codes import LossReason
from backend.domain.words import Words
from mobile_sim.screen import japan_clock
from mobile_sim.world import World, insist


def a_loss_reaches_the_next_check(world: World) -> None:
    """Valid, then reported lost, then lapsed: no cache stands between."""
    world.telling.step(
        Words(
            "保険者が資格喪失を登録すると、すぐ次の確認から無効になります",
            "The insurer reports a loss: the very next check says so",
        )
    )
    member = world.cast.leaver
    phone = world.phones[member.name]
    insist("before", "valid", world.clinic.check(phone.show_code())["outcome"])
    world.telling.note("届出の前: 有効", "before the report: valid")
    world.employees.end_coverage(
        world.coverage_of(world.employees, member), world.today, LossReason.OTHER
    )
    answer = world.check(world.clinic, phone.show_code(), "lapsed", "2")
    insist("since", world.today.isoformat(), answer["qualification"]["since"])


def the_member_reads_who_looked(world: World) -> None:
    """Every look is there with place and time, the refused one included."""
    world.telling.step(
        Words(
            "本人が、誰がいつ確認したかを読みます（拒否された試みも含む）",
            "The member reads who looked and when, refused attempts included",
        )
    )
    entries = world.phones[world.cast.phone_holder.name].history()
    checks = [e for e in entries if e["outcome"] and e["who"]["code"]]
    world.telling.table(
        ["日時\nwhen", "どこで\nwhere", "端末\nterminal", "結果\nanswer"],
        [
            [
                japan_clock(entry["at"]),
                entry["who"]["name"],
                entry["who"]["terminal"],
                entry["outcome_words"]["ja"],
            ]
            for entry in checks
        ],
    )
    seen = [(e["who"]["name"], e["outcome"]) for e in reversed(checks)]
    clinic, pharmacy = world.clinic.clinic.name, world.pharmacy.clinic.name
    insist(
        "who looked",
        [(clinic, "valid")] * 3
        + [(pharmacy, "replayed"), (pharmacy, "stale"), (clinic, "valid")],
        seen,
    )


def the_log_is_verified(world: World) -> None:
    """Every entry fits the tree and its signed checkpoints."""
    world.telling.step(
        Words(
            "監査ログを検証します（改ざん・削除・挿入・入替えがないこと）",
            "The audit log is verified: nothing edited, deleted, inserted, swapped",
        )
    )
    world.house.command("audit", "checkpoint")
    told = world.house.told("audit", "verify")
    insist("sound", True, told["sound"])
    insist("all entries sealed", told["size"], told["sealed"])
    world.telling.note(
        f"異常なし: 監査記録 {told['size']}件、すべて封印済み",
        f"sound: {told['size']} entries, all sealed",
    )
