"""`shikaku check` and `shikaku withdraw`: look at one certificate, withdraw one."""

import click

from backend.cli.opening import explained, json_option, opened, say
from backend.domain.codes import QualificationValidity
from backend.domain.identifiers import parse_serial
from backend.domain.insurer_number import InsurerNumber
from backend.domain.japan_time import japan_day
from backend.domain.judgement import judge
from backend.domain.next_step import HEADLINES, next_step
from backend.domain.outcome import outcome_of
from backend.issuing.keys import key_set
from backend.issuing.withdrawals import WithdrawalReason
from backend.issuing.withdrawals import withdraw as step
from backend.storage.rows import WithdrawalKind
from backend.system import now
from backend.verifying.paper_code import examine_paper

kind_option = click.option(
    "--as",
    "kind",
    type=click.Choice([kind.value for kind in WithdrawalKind]),
    default=WithdrawalKind.REVOKED.value,
    show_default=True,
    help="失効・一時停止・再開 / revoke for good, suspend, reinstate",
)
reason_option = click.option(
    "--reason",
    type=click.Choice([reason.value for reason in WithdrawalReason]),
    default=WithdrawalReason.OTHER.value,
    show_default=True,
    help="理由 / why",
)


@click.command()
@click.argument("code")
@json_option
@explained
def check(code: str, as_json: bool) -> None:
    """資格確認書のコード（SK1C… または JWT）を、この場の記録と照合します。

    Judge a certificate's code against this deployment's own record, for an operator:
    no name is shown. Status 1 unless coverage holds today.
    """
    at = now()
    with opened() as house:
        keys = key_set(house.store)
        with house.store.reading() as tx:
            found = examine_paper(tx, code, keys, house.rooms.issuer.names, at)
            verdict = None
            if found.asked is not None:
                record = tx.record_of_person(found.person_ids[0])
                verdict = judge(found.asked, record, japan_day(at), at)
    outcome = outcome_of(found.document.state, verdict)
    headline, step_words = HEADLINES[outcome], next_step(outcome)
    say(
        as_json,
        {
            "outcome": outcome.value,
            "document": found.document.state.value,
            "serial": found.document.object_id,
            "since": verdict.since if verdict else None,
        },
        f"{headline.ja}\n{step_words.ja}",
        f"{headline.en}\n{step_words.en}",
    )
    if verdict is None or verdict.validity is not QualificationValidity.VALID:
        raise SystemExit(1)


@click.command()
@click.argument("serial")
@click.option("--insurer", "insurer_number", required=True, help="保険者番号")
@kind_option
@reason_option
@explained
def withdraw(serial: str, insurer_number: str, kind: str, reason: str) -> None:
    """資格確認書 SERIAL を失効・停止・再開します。次の確認から反映されます。

    Take one step in a certificate's life; the next check sees it.
    """
    with opened() as house:
        certificate = step(
            house.store,
            InsurerNumber.parse(insurer_number).digits,
            parse_serial(serial),
            WithdrawalKind(kind),
            WithdrawalReason(reason),
            now(),
        )
    state = certificate.withdrawal.kind.value if certificate.withdrawal else "good"
    say(False, {}, f"{certificate.serial}: {state}", f"It is now {state}.")
