"""Papers that do not count: withdrawn, suspended, altered, or of another kind."""

from backend.domain.words import Words
from mobile_sim.forger import with_a_later_expiry
from mobile_sim.world import World, insist


def a_certificate_is_withdrawn(world: World) -> None:
    """Lost, and withdrawn by the insurer: final."""
    world.telling.step(
        Words(
            "紛失で失効させた資格確認書", "A certificate withdrawn because it was lost"
        )
    )
    paper = world.paper_of(world.employees, world.cast.loser)
    told = world.employees.withdraw(paper["serial"], "revoke", "lost")
    insist("state", "revoked", told["state"])
    world.check(world.clinic, paper["qr"], "revoked")


def a_certificate_is_suspended(world: World) -> None:
    """Mislaid: suspended, found again, reinstated."""
    world.telling.step(
        Words(
            "見当たらず使用停止中の資格確認書（見つかれば再開できます）",
            "A certificate suspended while its owner looks for it",
        )
    )
    paper = world.paper_of(world.employees, world.cast.misplacer)
    world.employees.withdraw(paper["serial"], "suspend", "lost")
    world.check(world.clinic, paper["qr"], "suspended")
    world.employees.withdraw(paper["serial"], "reinstate", "other")
    insist("reinstated", "valid", world.clinic.check(paper["qr"])["outcome"])
    world.telling.note("見つかったので再開: 有効", "found again and reinstated: valid")


def a_certificate_is_altered(world: World) -> None:
    """One printed field changed: the signature no longer fits."""
    world.telling.step(
        Words(
            "有効期限を書き換えた資格確認書",
            "A certificate whose expiry was altered",
        )
    )
    paper = world.paper_of(world.employees, world.cast.victim)
    forged = with_a_later_expiry(paper["qr"], world.house.base_url)
    answer = world.check(world.clinic, forged, "bad-signature")
    insist("nobody is named", None, answer["person"])
    insist("the true one", "valid", world.clinic.check(paper["qr"])["outcome"])


def a_token_of_another_kind(world: World) -> None:
    """Genuine and signed by us, but no certificate: refused all the same."""
    world.telling.step(
        Words(
            "本物でも種類の違うトークン（スマホ内の資格トークンや控え）を提示",
            "Genuine tokens of another kind: a phone's credential, a receipt",
        )
    )
    phone = world.phones[world.cast.phone_holder.name]
    world.check(world.clinic, phone.token, "wrong-kind")
    receipt = world.clinic.check(phone.show_code())["receipt"]
    insist("a receipt", "wrong-kind", world.clinic.check(receipt)["outcome"])
