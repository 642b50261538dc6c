"""Pictures of the insurer's console: what waits, lists looked at, a run, a member."""

from typing import Any

from console_desk import enter, go, orders, paper_holders, serials_file
from cryptography.hazmat.primitives.asymmetric import ec
from picture import LANGUAGES, take
from playwright.sync_api import Page
from visiting import Visitor

from backend.credentials.signing import LocalSigner
from mobile_sim.http_client import Connection
from mobile_sim.world import World

SCREEN = {"width": 1120, "height": 760}
SAID = {"wrong-copay": "2割のはずです。先月、窓口で届け出ました。", "not-me": None}


def console_pictures(world: World, visitor: Visitor) -> None:
    """Every main state, in both languages."""
    _made_before(world, visitor)
    pages = {it: enter(world, visitor, language=it, **SCREEN) for it in LANGUAGES}
    _each(pages, "today", "#waiting li", "console-today")
    _previews(world, pages)
    _run(world, pages)
    _member(world, pages)
    _each(pages, "reports", "article", "console-reports")
    _each(pages, "figures", ".chart", "console-figures")


def _each(pages: dict[str, Page], where: str, shown: str, name: str) -> None:
    for language, page in pages.items():
        go(page, where)
        page.locator(shown).first.wait_for()
        take(page, f"{name}-{language}")


def _made_before(world: World, visitor: Visitor) -> None:
    """Members report, clinics check, and a colleague's large run waits."""
    for (kind, text), member in zip(
        SAID.items(), paper_holders(world, 30, len(SAID)), strict=True
    ):
        _report(world, member, {"kind": kind} | ({"text": text} if text else {}))
    for member in paper_holders(world, 10, 8):
        world.clinic.check(world.paper_of(world.residents, member)["qr"])
    colleague = enter(world, visitor, "試谷　承認", **SCREEN)
    _begin(colleague, orders(world, paper_holders(world, 60, 3), strangers=1_001))


def _report(world: World, member: Any, told: dict[str, str]) -> None:
    person = world.residents.member(member)["person_id"]
    [code] = world.residents.make_activation_codes([person])
    key = LocalSigner.of(ec.generate_private_key(ec.SECP256R1()))
    phone = Connection(world.house.base_url, key)
    phone.enrol(code["code"], "見本のスマホ", door="activations")
    phone.post("/v1/patient/reports", told)
    phone.close()


def _look(page: Page, where: str, file: dict[str, Any]) -> None:
    go(page, where)
    page.locator("#list").set_input_files(file)
    if where == "withdraw":
        page.locator("#step-revoked").check()
        page.locator("#reason").select_option("returned")
    page.locator("#do-preview").click()
    page.locator("#preview").wait_for()


def _begin(page: Page, file: dict[str, Any]) -> str:
    """Begin to issue; where the run is found."""
    _look(page, "issue", file)
    page.locator("#do-begin").click()
    page.wait_for_url("**#/runs/run-*")
    return page.url.partition("#/")[2]


def _previews(world: World, pages: dict[str, Page]) -> None:
    members = paper_holders(world, 40, 5)
    serials = [world.paper_of(world.residents, it)["serial"] for it in members]
    files = {
        "issue": orders(world, [*members, members[0]], strangers=2),
        "withdraw": serials_file([*serials, serials[0], "AAAA-AAAA-AAAA-AAAD"]),
    }
    for where, file in files.items():
        for language, page in pages.items():
            _look(page, where, file)
            page.evaluate("document.getElementById('preview').scrollIntoView()")
            take(page, f"console-{where}-preview-{language}")


def _run(world: World, pages: dict[str, Page]) -> None:
    run = _begin(pages["ja"], orders(world, paper_holders(world, 20, 6), strangers=1))
    pages["ja"].locator("#do-part-1").wait_for()
    _each(pages, run, "#do-part-1", "console-run")


def _member(world: World, pages: dict[str, Page]) -> None:
    member = world.residents.member(paper_holders(world, 10, 1)[0])
    _each(pages, f"members/{member['person_id']}", "#issue-one", "console-member")
