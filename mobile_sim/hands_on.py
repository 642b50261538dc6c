"""Codes and addresses with which whoever runs the demo tries the pages themselves."""

from collections.abc import Iterator

from backend.domain.words import Words
from mobile_sim.clinics import CLINIC
from mobile_sim.people import MadeUpMember
from mobile_sim.world import World

Told = tuple[Words, str]


def codes_to_try(world: World) -> Iterator[Told]:
    """What to open, each with the one-time code that it asks for first."""
    base = world.house.base_url
    for member in (world.cast.phone_holder, world.cast.retired):
        yield _phone(world, member)
    told = world.house.told("enrol", "clinic", CLINIC.code)
    yield (
        Words(f"窓口の画面: 端末の登録コード {told['code']}", "reader, with its code"),
        f"{base}/reader/",
    )
    if base.startswith("https:"):  # by an address: browsers make no passkeys for one
        return
    made_up = world.employees.insurer
    told = world.house.told("enrol", "operator", made_up.number, "--name", "見本係")
    yield (
        Words(
            f"保険者の画面: {made_up.name} 担当者の登録コード {told['console_code']}",
            "insurer's console, with an operator's code",
        ),
        f"{base}/console/",
    )


def _phone(world: World, member: MadeUpMember) -> Told:
    person_id = world.employees.member(member)["person_id"]
    (letter,) = world.employees.make_activation_codes([person_id])
    return (
        Words(f"スマホの画面: {member.name} {letter['code']}", "phone, with its code"),
        f"{world.house.base_url}/phone/#code={letter['code']}",
    )
