"""At the counter: what holds, what has lapsed, and what nobody can tell."""

from datetime import timedelta

from backend.domain.charge import LimitCategory
from backend.domain.codes import LossReason
from backend.domain.words import Words
from mobile_sim.scenes_before import activate
from mobile_sim.world import World, insist, numbers_of


def a_phone_is_valid(world: World) -> None:
    """Offline and online codes of one phone both answer 有効."""
    world.telling.step(
        Words(
            "スマホのコードを窓口で読み取ります: 有効",
            "A phone's code is scanned at the desk: valid",
        )
    )
    phone = world.phones[world.cast.phone_holder.name]
    answer = world.check(world.clinic, phone.show_code(), "valid", "1")
    insist("kind", 1, answer["document"]["presentation_kind"])
    insist("ratio", 3, answer["charge"]["ratio_tenths"])
    insist("no address", False, "address" in str(answer))
    insist("no limit without agreement", None, answer["charge"]["limit_category"])
    online = world.clinic.check(phone.show_code_online(), agreed=["limit"])
    insist("outcome", "valid", online["outcome"])
    insist("kind", 2, online["document"]["presentation_kind"])
    limit = online["charge"]["limit_category"]
    insist("limit", LimitCategory.A_U.value, limit["code"])
    world.telling.note(
        "通信できるスマホはサーバーのチャレンジに応答したコードを表示: これも有効",
        "online, the phone answers the server's challenge: valid as well",
    )
    world.telling.note(
        f"本人が同意した確認でだけ、限度額区分（{limit['label']}）も表示",
        "the limit category is shown only where the person agreed",
    )


def a_certificate_is_valid(world: World) -> None:
    """A printed certificate of someone over 75 answers 有効 with its ratio."""
    world.telling.step(
        Words(
            "印刷された資格確認書を読み取ります: 有効",
            "A printed certificate is scanned: valid",
        )
    )
    paper = world.paper_of(world.elderly, world.cast.paper_holder)
    answer = world.check(world.clinic, paper["qr"], "valid", "1")
    insist("ratio", 1, answer["charge"]["ratio_tenths"])
    insist("serial", paper["serial"], answer["document"]["serial"])


def a_member_changed_jobs(world: World) -> None:
    """The old certificate answers 3; the same person's phone answers 1."""
    world.telling.step(
        Words(
            "転職した方: 前の保険の資格確認書は無効（新しい資格あり）、スマホは有効",
            "Someone changed jobs: the old certificate fails, the phone holds",
        )
    )
    before, after = world.cast.changer_before, world.cast.changer_after
    old_paper = world.paper_of(world.residents, before)
    world.residents.end_coverage(
        world.coverage_of(world.residents, before),
        after.acquired_on + timedelta(days=1),  # 国保 ends on the day after joining
        LossReason.OTHER_INSURANCE,
    )
    world.telling.note("市の国保に喪失届が届きました", "the city learns of the new job")
    answer = world.check(world.clinic, old_paper["qr"], "newer-coverage", "3")
    insist(
        "the new insurer stays untold",
        False,
        world.employees.insurer.number in str(answer),
    )
    phone = activate(world, world.employees, after)
    answer = world.check(world.clinic, phone.show_code(), "valid", "1")
    insist(
        "insurer",
        world.employees.insurer.number,
        answer["coverage"]["insurer_number"],
    )


def a_retired_member_has_lapsed(world: World) -> None:
    """The paper says 2030, the register says that it ended: day, reason, next step."""
    paper = world.paper_of(world.employees, world.cast.retired)
    year = int(paper["expires_on"][:4])
    world.telling.step(
        Words(
            f"退職した方: 資格確認書の有効期限は{year}年でも、資格は喪失しています",
            f"Someone retired: the certificate says {year}, the coverage has lapsed",
        )
    )
    insist("years left on the paper", world.today.year + 4, year)
    lost_on = world.today - timedelta(days=2)
    coverage_id = world.coverage_of(world.employees, world.cast.retired)
    world.employees.end_coverage(coverage_id, lost_on, LossReason.OTHER)
    answer = world.check(world.clinic, paper["qr"], "lapsed", "2")
    found = answer["qualification"]
    insist("lapsed since", lost_on.isoformat(), found["since"])
    insist("reason of loss", LossReason.OTHER.value, found["loss_reason"]["code"])
    insist("a next step", True, bool(answer["next_step"]["ja"]))
    insist("whom to ask", world.employees.name, answer["ask"]["name"])
    last_day = lost_on - timedelta(days=1)
    earlier = world.clinic.check(paper["qr"], on=last_day)
    insist("the last day covered", "valid", earlier["outcome"])
    world.telling.note(
        f"受診日が{last_day:%m月%d日}なら有効（喪失日の前日まで）",
        "a visit on the last day covered is valid",
    )


def numbers_fit_two_people(world: World) -> None:
    """Without the branch the twins cannot be told apart, and nobody guesses."""
    world.telling.step(
        Words(
            "枝番なしの番号入力（双子）: 複数該当。枝番を入れると一人に決まります",
            "Numbers without branch fit twins; with the branch they fit one",
        )
    )
    first, _ = world.cast.twins
    keyed = numbers_of(world.employees, first)
    answer = world.check(world.clinic, keyed, "several-persons", "5")
    insist("nobody is named", None, answer["person"])
    branch = first.identity.branch
    answer = world.clinic.check(numbers_of(world.employees, first, branch))
    insist("outcome", "valid", answer["outcome"])
    insist("ratio of a preschool child", 2, answer["charge"]["ratio_tenths"])
    world.telling.note(f"枝番{branch}: 有効、2割（未就学）", "with branch: valid")


def a_stranger_is_not_found(world: World) -> None:
    """Nobody has these numbers."""
    world.telling.step(
        Words("登録のない番号: 該当資格なし", "Numbers that nobody has: none found")
    )
    keyed = numbers_of(world.employees, world.cast.stranger)
    answer = world.check(world.clinic, keyed, "none-found", "4")
    insist("nobody is named", None, answer["person"])


def a_code_is_shown_twice(world: World) -> None:
    """One code, one showing: the pharmacy is refused, the clinic's retry is not."""
    world.telling.step(
        Words(
            "撮影・コピーされたコードを別の薬局で提示: 使用済みとして拒否",
            "A copied code is shown again elsewhere: refused",
        )
    )
    phone = world.phones[world.cast.phone_holder.name]
    code = phone.show_code()
    key = "retry-after-a-lost-line"
    first = world.clinic.check(code, idempotency_key=key)
    insist("outcome", "valid", first["outcome"])
    again = world.clinic.check(code, idempotency_key=key)
    insist("the same receipt for a retry", first["receipt"], again["receipt"])
    world.telling.note(
        "同じ医療機関の再送（同じ Idempotency-Key）には同じ答えと控え",
        "the same clinic's retry gets the same answer and receipt",
    )
    answer = world.check(world.pharmacy, code, "replayed")
    insist("nobody is named", None, answer["person"])
    old_screen = phone.show_code(at=phone.now() - timedelta(minutes=5))
    insist("outcome", "stale", world.pharmacy.check(old_screen)["outcome"])
    world.telling.note("5分前の画面の写真: 時間切れ", "a photo of an old screen: stale")
