"""An operator at the console: a device with a passkey, a browser, and lists."""

import csv
import io
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from playwright.sync_api import Page, expect
from visiting import Visitor

from backend.credentials.signing import LocalSigner
from mobile_sim.http_client import Connection
from mobile_sim.insurer import Insurer
from mobile_sim.people import MadeUpMember
from mobile_sim.world import World

DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}
HEADING = ("保険者番号", "記号", "番号", "枝番", "生年月日", "氏名", "交付事由")
LOST = "紛失"


def a_code(world: World, name: str, insurer: Insurer | None = None) -> str:
    """A one-time code for the passkey of a new operator."""
    number = (insurer or world.residents).insurer.number
    told = world.house.told("enrol", "operator", number, "--name", name)
    return str(told["console_code"])


def arrive(visitor: Visitor, **visit: Any) -> Page:
    """The console on a device that makes passkeys; a desktop unless told otherwise."""
    page = visitor.visit("/console/", **{"width": 1280, "height": 800, **visit})
    give_device(page)
    return page


def give_device(page: Page) -> None:
    """The page's device can make passkeys and knows its owner."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})


def register(page: Page, code: str) -> None:
    """Spend the code for a passkey of the page's device."""
    page.locator("#code").fill(code)
    page.locator("#do-register").click()
    expect(page.locator(".note.good")).to_be_visible()


def enter(
    world: World, visitor: Visitor, name: str = "見本　担当", **visit: Any
) -> Page:
    """Register and sign in: what waits is shown, and nothing is asked any more."""
    page = arrive(visitor, **visit)
    register(page, a_code(world, name))
    page.locator("#do-sign-in").click()
    expect(page.locator("#waiting")).to_be_visible()
    return page


def go(page: Page, where: str) -> None:
    """Open a page of the console by its address."""
    page.evaluate("(hash) => { location.hash = hash }", f"#/{where}")


def paper_holders(world: World, skip: int, count: int) -> list[MadeUpMember]:
    """Some of the residents' insurer who hold a certificate, none of the story's."""
    papers = world.papers[world.residents.insurer.number]
    insurer = world.residents
    holding = (
        made_up
        for made_up in insurer.insurer.members[1:]
        if insurer.member(made_up)["person_id"] in papers
    )
    return list(islice(holding, skip, skip + count))


@contextmanager
def phone_of(world: World, made_up: MadeUpMember, name: str) -> Iterator[Connection]:
    """What a phone of a member of the residents' insurer says to the house."""
    insurer = world.residents
    [code] = insurer.make_activation_codes([insurer.member(made_up)["person_id"]])
    key = LocalSigner.of(ec.generate_private_key(ec.SECP256R1()))
    made = Connection(world.house.base_url, key)
    made.enrol(code["code"], name, door="activations")
    yield made
    made.close()


def orders(
    world: World, members: Iterable[MadeUpMember], strangers: int = 0
) -> dict[str, Any]:
    """A list that reports certificates as lost, and as many people nobody knows."""
    number = world.residents.insurer.number
    rows = [
        (
            number,
            it.identity.symbol,
            it.identity.number,
            it.identity.branch,
            it.birth_on.isoformat(),
            it.name,
            LOST,
        )
        for it in members
    ]
    rows += [
        (number, "見本", f"88{place:05}", "01", "1980-01-01", "", "")
        for place in range(strangers)
    ]
    text = io.StringIO()
    csv.writer(text).writerows([HEADING, *rows])
    content = text.getvalue().encode("cp932", "replace")
    return {"name": "一覧.csv", "mimeType": "text/csv", "buffer": content}


def serials_file(serials: Iterable[str], heading: str = "発行番号") -> dict[str, Any]:
    """A list of certificates to withdraw."""
    content = "\r\n".join([heading, *serials, ""]).encode()
    return {"name": "失効一覧.csv", "mimeType": "text/csv", "buffer": content}
