"""The command line with its signing keys in a PKCS#11 token."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

LIBRARY = Path("/usr/lib/softhsm/libsofthsm2.so")
PIN = "1234"

# A token logs in once per process, so each command is a process of its own.


def test_keys_are_made_and_used_in_the_token(tmp_path):
    if os.environ.get("SHIKAKU_WITHOUT_HSM") == "1":
        pytest.skip("SHIKAKU_WITHOUT_HSM=1: the HSM is not tried on this machine")
    if not LIBRARY.exists():
        pytest.fail(f"{LIBRARY} is missing; cure: apt-get install softhsm2")
    configuration = tmp_path / "softhsm2.conf"
    configuration.write_text(f"directories.tokendir = {tmp_path}\nlog.level = ERROR\n")
    environment = {
        **os.environ,
        "SOFTHSM2_CONF": str(configuration),
        "SHIKAKU_DATA_DIR": str(tmp_path / "var"),
        "SHIKAKU_KEYS_DIR": str(tmp_path / "keys"),
        "SHIKAKU_BASE_URL": "http://127.0.0.1:8000",
        "SHIKAKU_PKCS11_LIBRARY": str(LIBRARY),
        "SHIKAKU_PKCS11_TOKEN": "shikaku",
        "SHIKAKU_PKCS11_PIN": PIN,
    }

    def run(*command: str) -> str:
        return subprocess.run(
            command, env=environment, check=True, capture_output=True, text=True
        ).stdout

    token = ("--init-token", "--free", "--label", "shikaku", "--pin", PIN)
    run("softhsm2-util", *token, "--so-pin", "5678")
    shikaku = (sys.executable, "-m", "backend.cli.main")

    run(*shikaku, "init")
    told = run(*shikaku, "doctor")

    assert "key service" in told
    assert list((tmp_path / "keys").glob("*.pem")) == []
