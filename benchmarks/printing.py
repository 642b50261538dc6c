"""Certificates as a print shop gets them: cards on sheets, with their codes."""

import os
import random
from datetime import date, timedelta

from cryptography.hazmat.primitives.asymmetric import ec

from backend.credentials.certificate import CertificateFields, Form, seal_certificate
from backend.credentials.issuer_names import IssuerNames
from backend.credentials.signing import LocalSigner
from backend.domain.charge import CopayRatio, LimitCategory
from backend.domain.codes import Relation, Sex
from backend.domain.identifiers import new_serial
from backend.domain.insurer_number import InsurerNumber
from backend.printing.sheets import Layout, Printed, print_certificates

PART = 250  # cards printed at once: 25 sheets
PARTS, WARM_UP = 10, 2
_KANJI = "山田太郎髙橋花子佐藤一鈴木渡邉健中村小林加藤吉田井上松本清水斎美咲翔陽菜"


def certificates_per_core_second() -> float:
    """Cards printed on sheets in one second of CPU, of this process and its children.

    From issued tokens to PDF: each is read, its code written and drawn, its items set
    by era and measured to fit, and 25 sheets with their backs make one file; a run of
    `PARTS` files after `WARM_UP` others. Every card has another name, number, serial
    and code, most of the optional items, and a token sealed before the clock starts.
    """
    dice = random.Random(3)
    parts = [[_card(dice) for _ in range(PART)] for _ in range(WARM_UP + PARTS)]
    for part in parts[:WARM_UP]:
        print_certificates(part, Layout.SHEETS)
    started = _cpu_seconds()
    for part in parts[WARM_UP:]:
        print_certificates(part, Layout.SHEETS)
    return PART * PARTS / (_cpu_seconds() - started)


def _cpu_seconds() -> float:
    return sum(os.times()[:4])  # user and system, own and of children


def _card(dice: random.Random) -> Printed:
    def letters(number: int) -> str:
        return "".join(dice.choices(_KANJI, k=number))

    fields = CertificateFields(
        serial=new_serial(dice.randbytes),
        insurer_number=InsurerNumber.parse("138057"),
        insurer_name="見本区国民健康保険",
        symbol="見本12",
        number=str(dice.randrange(10**7, 10**8)),
        branch=f"{dice.randrange(10):02}",
        name=f"{letters(2)} {letters(2)}",
        kana="ﾐﾎﾝ ﾊﾅｺ",
        birth_on=date(1950, 1, 1) + timedelta(days=dice.randrange(8_000)),
        sex=dice.choice((Sex.MALE, Sex.FEMALE)),
        relation=Relation.FAMILY,
        insured_name=f"{letters(2)} {letters(2)}",
        acquired_on=date(2015, 4, 1) + timedelta(days=dice.randrange(3_000)),
        issued_on=date(2026, 7, 1),
        expires_on=date(2027, 7, 31),
        copay_ratio=CopayRatio.TWO_TENTHS,
        copay_from_on=date(2026, 8, 1),
        limit_category=LimitCategory.LOW_INCOME_2,
        limit_from_on=date(2026, 8, 1),
        status_list=1,
        status_index=dice.randrange(10**6),
    )
    signer = LocalSigner.of(_KEY)
    return Printed(seal_certificate(fields, Form.CARD, _NAMES, signer))


_KEY = ec.derive_private_key(7, ec.SECP256R1())
_NAMES = IssuerNames("https://shikaku.example")
