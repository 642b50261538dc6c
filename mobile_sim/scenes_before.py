"""Before anyone falls ill: enrolment, lists, phones, certificates."""

from datetime import datetime, timedelta

from backend.domain.entitlement import Entitled, entitlement
from backend.domain.words import Words
from mobile_sim.cast import certificate_limit
from mobile_sim.http_client import Clock, system_clock
from mobile_sim.insurer import Insurer
from mobile_sim.list_files import list_file
from mobile_sim.people import MadeUpMember
from mobile_sim.phone import Phone
from mobile_sim.world import World, insist


def parties_are_enrolled(world: World) -> None:
    """Insurers' systems and clinics' terminals make their keys and prove them."""
    world.telling.step(
        Words(
            "保険者のシステムと医療機関の端末を登録します",
            "Insurers' systems and clinics' terminals are enrolled, each with its key",
        )
    )
    for insurer in world.insurers:
        made_up = insurer.insurer
        more = _limit(world) if insurer is world.employees else ()
        told = world.house.told(
            *("enrol", "insurer", made_up.number),
            *("--name", made_up.name, "--contact", made_up.contact),
            *more,
        )
        insurer.enrol(told["code"])
        world.telling.note(f"保険者 {made_up.number} {made_up.name}", "insurer")
    for reader in (world.clinic, world.pharmacy):
        told = world.house.told(
            *("enrol", "clinic", reader.clinic.code, "--name", reader.clinic.name)
        )
        reader.enrol(told["code"])
        world.telling.note(
            f"医療機関 {reader.clinic.code} {reader.place}", "clinic, terminal"
        )


def _limit(world: World) -> tuple[str, str]:
    return "--certificate-until", certificate_limit(world.today).isoformat()


def lists_are_registered(world: World) -> None:
    """Each list is previewed, committed, and sent again: nothing changes twice."""
    world.telling.step(
        Words(
            "三つの保険者が加入者の一覧を登録します（登録前に変更点を確認）",
            "Three insurers register their members; each sees the changes first",
        )
    )
    rows = []
    for insurer in world.insurers:
        content = list_file(insurer.insurer)
        preview = insurer.register_list(content)
        counts = preview["counts"]
        members = len(insurer.insurer.members)
        insist("rows", members, counts["rows"])
        insist("added", members, counts["added"])
        insist("errors", 0, counts["errors"])
        insurer.commit(preview["list_id"])
        again = insurer.register_list(content)["counts"]
        insist("unchanged when sent again", members, again["unchanged"])
        rows.append(
            [insurer.name, preview["encoding"], members, counts["added"], 0, members]
        )
    world.telling.table(
        [
            "保険者\ninsurer",
            "文字\ncodec",
            "行\nrows",
            "追加\nadded",
            "誤り\nerrors",
            "再送で不変\nsent again: same",
        ],
        rows,
    )
    insist("encodings", {"cp932", "utf-8"}, {str(row[1]) for row in rows})


def phones_are_activated(world: World) -> None:
    """A letter's code and the phone's own key become a token on the phone."""
    world.telling.step(
        Words(
            "加入者がスマホを登録します（保険者からの通知書の有効化コードを一度だけ使用）",
            "Members activate their phones with the one-time code of a letter",
        )
    )
    phone = activate(world, world.employees, world.cast.phone_holder)
    fast = activate(world, world.employees, world.cast.leaver, _seven_minutes_fast)
    insist("correction in minutes", -7, round(fast.correction.total_seconds() / 60))
    world.telling.note(
        "時計が7分進んだスマホは、サーバーの署名付き時刻で補正",
        "a clock seven minutes fast is corrected by the signed server time",
    )
    status = phone.status()
    insist("status", "1", status["qualification"]["validity"])
    world.telling.note("スマホの画面（30秒ごとに新しくなります）", "the phone's screen")
    world.telling.code(phone.show_code())


def _seven_minutes_fast() -> datetime:
    return system_clock() + timedelta(minutes=7)


def activate(
    world: World,
    insurer: Insurer,
    member: MadeUpMember,
    clock: Clock = system_clock,
) -> Phone:
    """The insurer writes a code, the member's phone spends it."""
    person_id = insurer.member(member)["person_id"]
    (letter,) = insurer.make_activation_codes([person_id])
    phone = Phone(world.house.base_url, f"{member.name}のスマホ", clock)
    phone.activate(letter["code"])
    world.phones[member.name] = phone
    world.telling.note(phone.name, f"token {phone.handle[:4]}…")
    return phone


def certificates_are_issued(world: World) -> None:
    """Everyone without a usable card gets one, and nobody else does."""
    world.telling.step(
        Words(
            "マイナ保険証を使えない加入者全員に資格確認書を交付します",
            "Certificates go to everyone without a usable card",
        )
    )
    rows = []
    for insurer in world.insurers:
        run = insurer.issue_certificates()
        papers = {paper["person_id"]: paper for paper in run["issued"]}
        world.papers[insurer.insurer.number] = papers
        due = [m for m in insurer.insurer.members if _is_due(world, m)]
        insist(f"certificates of {insurer.name}", len(due), len(papers))
        rows.append([insurer.name, len(papers), len(run["skipped"])])
    world.telling.table(["保険者\ninsurer", "交付\nissued", "対象外\nnot due"], rows)


def _is_due(world: World, member: MadeUpMember) -> bool:
    holds = member.lost_on is None or world.today < member.lost_on
    return holds and isinstance(entitlement(member.card, applied=False), Entitled)
