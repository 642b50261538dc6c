"""Three made-up insurers and a few hundred made-up people each, from a seed.

Their numbers have valid check digits. The prefecture digits are a real prefecture's,
since readers may check them; 999 is taken to be nobody's number there. [MEM]
"""

from datetime import date

from mobile_sim.cast import make_cast, on_employees_list
from mobile_sim.households import elderly, residents, workers
from mobile_sim.names import Dice
from mobile_sim.people import MadeUpInsurer, Population

SEED = 20231124
EMPLOYEES, RESIDENTS, ELDERLY = 300, 240, 180


def populate(today: date, seed: int = SEED) -> Population:
    """The population of the day `today`; the same seed and day give the same people."""
    dice = Dice(seed)
    cast = make_cast(dice, today)
    employed = on_employees_list(cast)
    return Population(
        employees=MadeUpInsurer(
            number="01139997",
            name="架空協会けんぽ見本支部",
            contact="00-0000-0001",
            encoding="cp932",
            is_wareki=True,
            members=(*employed, *workers(dice, today, EMPLOYEES - len(employed))),
        ),
        residents=MadeUpInsurer(
            number="139998",
            name="架空県見本市国民健康保険",
            contact="00-0000-0002",
            encoding="utf-8-sig",
            is_wareki=False,
            members=(cast.changer_before, *residents(dice, today, RESIDENTS - 1)),
        ),
        elderly=MadeUpInsurer(
            number="39139993",
            name="架空県後期高齢者広域連合",
            contact="00-0000-0003",
            encoding="utf-8",
            is_wareki=False,
            members=(cast.paper_holder, *elderly(dice, today, ELDERLY - 1)),
        ),
        cast=cast,
    )
