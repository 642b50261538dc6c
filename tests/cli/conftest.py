"""A deployment of its own for each test, driven through the command line."""

import json
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from backend.cli.main import shikaku


@dataclass
class Shell:
    """Runs `shikaku …` with the settings of one folder."""

    folder: Path
    settings: dict[str, str]

    def __call__(self, *arguments: str, status: int = 0) -> Result:
        result = CliRunner().invoke(shikaku, arguments, env=self.settings)
        assert result.exit_code == status, result.output
        assert isinstance(result.exception, SystemExit | None), result.exception
        return result

    def told(self, *arguments: str, status: int = 0):
        return json.loads(self(*arguments, "--json", status=status).stdout)


@pytest.fixture
def shell(tmp_path) -> Shell:
    settings = {
        "SHIKAKU_DATA_DIR": str(tmp_path / "var"),
        "SHIKAKU_KEYS_DIR": str(tmp_path / "keys"),
        "SHIKAKU_BASE_URL": "http://localhost:8000",
        "SHIKAKU_SAMPLE_DATA": "1",
        "SHIKAKU_DEBUG": "",
    }
    made = Shell(tmp_path, settings)
    made("init")
    return made


INSURER = "01130012"
HEADER = (
    "保険者番号,記号,番号,枝番,氏名,氏名カナ,生年月日,性別,住所,本人家族,"
    "資格取得年月日,資格喪失年月日,資格喪失事由,負担割合,負担割合発効期日,マイナ保険証"
)


@pytest.fixture
def insurer(shell) -> Shell:
    """With one insurer that has two members, one of them without a card."""
    named = ("--name", "架空協会けんぽ", "--contact", "00-0000-0001")
    shell("enrol", "insurer", INSURER, *named)
    rows = [
        HEADER,
        f"{INSURER},見本,101,01,見本　花子,ﾐﾎﾝ ﾊﾅｺ,S55.5.5,女,架空県見本市1-1,"
        "本人,R2.4.1,,,030,R2.4.1,NO_CARD",
        f"{INSURER},見本,102,01,架空　太郎,ｶｸｳ ﾀﾛｳ,1975-01-02,男,架空県見本市1-2,"
        "本人,2020-04-01,,,030,2020-04-01,USABLE",
    ]
    (shell.folder / "list.csv").write_bytes("\r\n".join(rows).encode("cp932"))
    return shell
