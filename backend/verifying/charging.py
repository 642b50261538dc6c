"""What to charge on a day: the ratio and limits in force, as far as anyone knows."""

from datetime import date

from backend.domain.age import default_copay
from backend.domain.charge import CopayRatio, in_force
from backend.domain.codes import CardClassification
from backend.domain.coverage import Coverage
from backend.domain.recorded_copay import recorded_copay
from backend.verifying.answer import Charge
from backend.verifying.question import Agreement


def charge_on(
    coverage: Coverage, birth_on: date, on: date, agreed: frozenset[Agreement]
) -> Charge:
    """The charge for a coverage that holds on the day `on`.

    The insurer's recorded ratio counts; without one, the ratio that age allows if it
    allows just one, else none: a clinic is never told a guess. Limit category and
    diseases only where the person agreed in this check.
    """
    ratio, source = _ratio(coverage, birth_on, on)
    return Charge(
        ratio=ratio,
        ratio_from=source,
        limit=in_force(coverage.limits, on) if Agreement.LIMIT in agreed else None,
        diseases=tuple(
            period.value for period in coverage.diseases if period.is_in_force(on)
        )
        if Agreement.DISEASES in agreed
        else (),
    )


def _ratio(
    coverage: Coverage, birth_on: date, on: date
) -> tuple[CopayRatio | None, str]:
    if coverage.classification is CardClassification.SPECIAL_MEDICAL_EXPENSES:
        return None, "unknown"  # 特別療養費: no ratio of the coverage is charged
    recorded = recorded_copay(coverage.copay, coverage.insurer.scheme, birth_on, on)
    if recorded is not None:
        return recorded.value, "recorded"
    allowed = default_copay(birth_on, on, coverage.insurer.scheme)
    return (allowed[0], "age-rule") if len(allowed) == 1 else (None, "unknown")
