"""`shikaku`: the house by command line."""

import click

from backend.cli.activating import activate
from backend.cli.auditing import audit
from backend.cli.doctor import doctor
from backend.cli.enrolling import enrol
from backend.cli.examples import show_examples
from backend.cli.issuing import issue
from backend.cli.keeping import erase, recheck
from backend.cli.key_commands import keys
from backend.cli.lists import lists
from backend.cli.operators import operators
from backend.cli.papers import check, withdraw
from backend.cli.printing import notices, print_papers
from backend.cli.reminding import reminders
from backend.cli.runs import runs
from backend.cli.serving import serve
from backend.cli.setting_up import backup, init
from backend.cli.terminals import terminals
from backend.cli.withdrawing import withdraw_list


@click.group(
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="はじめに / To begin:  shikaku init  →  shikaku doctor  →  shikaku serve",
)
def shikaku() -> None:
    """資格: 資格確認書とスマホ保険証を発行し、窓口からの資格確認に答えます。

    Issue, check and withdraw signed proof of health-insurance eligibility.
    Settings come from the environment (SHIKAKU_*, docs/settings.md).
    """


for command in (
    init,
    doctor,
    serve,
    enrol,
    terminals,
    activate,
    reminders,
    lists,
    issue,
    withdraw_list,
    runs,
    notices,
    operators,
    check,
    withdraw,
    keys,
    audit,
    recheck,
    erase,
    backup,
):
    shikaku.add_command(command)
runs.add_command(print_papers)
show_examples(shikaku)

if __name__ == "__main__":
    shikaku()
