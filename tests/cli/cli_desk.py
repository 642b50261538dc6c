"""What several tests do with a deployment: register its members, issue a paper."""

from backend.credentials.certificate import Form
from backend.credentials.certificate_qr import to_qr
from backend.house import open_house
from backend.issuing.certificates import issue_certificates
from backend.issuing.issued_text import issued_text
from backend.settings import Settings
from backend.system import now, random_bytes

INSURER = "01130012"
ANOTHER_INSURER = "39131156"  # enrolled nowhere


def committed(shell, renamed=()) -> dict:
    if renamed:
        path = shell.folder / "list.csv"
        path.write_text(path.read_bytes().decode("cp932").replace(*renamed), "utf-8")
    preview = shell.told("lists", "preview", "--insurer", INSURER, list_path(shell))
    return shell.told("lists", "commit", "--insurer", INSURER, preview["list_id"])


def list_path(shell) -> str:
    return str(shell.folder / "list.csv")


def issued(shell) -> str:
    """The code of the one certificate that is due."""
    house = open_house(Settings.read(shell.settings), now, random_bytes)
    run = issue_certificates(house.rooms.issuer, INSURER, None, Form.A4, now())
    house.store.close()
    assert len(run.issued) == 1
    return to_qr(issued_text(run.issued[0]))
