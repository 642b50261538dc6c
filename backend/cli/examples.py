"""例: one line to copy for every command, at the end of its `--help`."""

import click

EXAMPLES = {
    "init": "shikaku init",
    "doctor": "shikaku doctor --json",
    "serve": "shikaku serve --host 127.0.0.1 --port 8000",
    "enrol insurer": "shikaku enrol insurer 01139997 --name 架空協会けんぽ"
    " --contact 00-0000-0001",
    "enrol clinic": "shikaku enrol clinic 1312345679 --name 架空中央医院",
    "terminals list": "shikaku terminals list 1312345679",
    "terminals revoke": "shikaku terminals revoke cli-69b1-2a3c-0123-4567-89ab-cdef",
    "activate": "shikaku activate 01139997 --out letters.csv --encoding cp932",
    "reminders": "shikaku reminders --insurer 01139997 --out reminders.csv --days 60",
    "lists preview": "shikaku lists preview --insurer 01139997 members.csv",
    "lists commit": "shikaku lists commit --insurer 01139997"
    " lst-69b1-2a3c-0123-4567-89ab-cdef",
    "issue": "shikaku issue members.csv --insurer 01139997 --form card --dry-run",
    "withdraw-list": "shikaku withdraw-list serials.csv --insurer 01139997"
    " --as suspended --reason stolen",
    "runs approve": "shikaku runs approve run-69b1-2a3c-0123-4567-89ab-cdef"
    " --insurer 01139997",
    "operators list": "shikaku operators list 01139997",
    "operators renew": "shikaku operators renew opr-69b1-2a3c-0123-4567-89ab-cdef",
    "operators end": "shikaku operators end opr-69b1-2a3c-0123-4567-89ab-cdef",
    "enrol operator": "shikaku enrol operator 01139997 --name 見本係",
    "runs list": "shikaku runs list --insurer 01139997",
    "runs show": "shikaku runs show run-69b1-2a3c-0123-4567-89ab-cdef"
    " --insurer 01139997 --json",
    "runs cancel": "shikaku runs cancel run-69b1-2a3c-0123-4567-89ab-cdef"
    " --insurer 01139997",
    "runs reopen": "shikaku runs reopen run-69b1-2a3c-0123-4567-89ab-cdef"
    " --insurer 01139997",
    "runs print": "shikaku runs print run-69b1-2a3c-0123-4567-89ab-cdef"
    " --insurer 01139997 --out cards.pdf",
    "notices": "shikaku notices members.csv --insurer 01139997 --out notices.pdf",
    "runs result": "shikaku runs result run-69b1-2a3c-0123-4567-89ab-cdef"
    " --insurer 01139997 --out result.csv --encoding cp932",
    "check": "shikaku check SK1C…",
    "withdraw": "shikaku withdraw ABCD-EFGH-IJKL-MNOP --insurer 01139997"
    " --as suspended --reason lost",
    "keys list": "shikaku keys list --json",
    "keys new": "shikaku keys new --insurer 01139997",
    "keys rotate": "shikaku keys rotate --insurer 01139997",
    "keys compromise": "shikaku keys compromise ABCDEFGH"
    " --since 2026-11-23T00:00:00 --reissue",
    "audit checkpoint": "shikaku audit checkpoint",
    "audit verify": "shikaku audit verify --json",
    "recheck": "shikaku recheck",
    "erase": "shikaku erase --ended-before 2021-11-01",
    "backup": "shikaku backup /backup/shikaku.db",
}


def show_examples(group: click.Group, path: str = "") -> None:
    """Put its example at the end of every command's help, throughout the group."""
    for name, command in group.commands.items():
        whole = f"{path} {name}".strip()
        if isinstance(command, click.Group):
            show_examples(command, whole)
        else:
            command.epilog = f"\b\n例 / example:\n  {EXAMPLES[whole]}"
