"""The demo on the network: a certificate that its own authority vouches for."""

from datetime import UTC, datetime, timedelta

import pytest
import requests
from cryptography import x509

from benchmarks.load import free_port
from mobile_sim.house import House
from mobile_sim.lan import TrustPage, open_to_lan

HERE = "127.0.0.1"


@pytest.fixture
def lan(tmp_path):
    return open_to_lan(tmp_path, HERE, datetime.now(UTC))


def test_the_house_answers_whoever_trusts_the_authority_and_only_them(tmp_path, lan):
    data_dir, keys_dir = tmp_path / "data", tmp_path / "keys"
    data_dir.mkdir()
    keys_dir.mkdir()
    house = House(data_dir, keys_dir, free_port(), lan)
    house.set_up()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("REQUESTS_CA_BUNDLE", str(lan.authority))
        with house:
            page = requests.get(f"{house.base_url}/phone/", timeout=10)
            patch.delenv("REQUESTS_CA_BUNDLE")
            with pytest.raises(requests.exceptions.SSLError):
                requests.get(f"{house.base_url}/phone/", timeout=10)

    assert house.base_url.startswith(f"https://{HERE}:")
    assert page.status_code == 200
    assert "Strict-Transport-Security" in page.headers


def test_the_certificate_soon_ends_and_the_authority_s_key_is_nowhere(tmp_path, lan):
    (certificate, *_) = x509.load_pem_x509_certificates(lan.certificate.read_bytes())

    left = certificate.not_valid_after_utc - datetime.now(UTC)
    assert left <= timedelta(days=7)
    kept = {path.name for path in tmp_path.iterdir()}
    assert kept == {"server.pem", "server.key", "ca.pem"}
    assert b"PRIVATE" not in lan.authority.read_bytes()


def test_a_phone_is_handed_the_authority_and_told_what_to_do(lan):
    with TrustPage(lan, 0, "https://example.jp/phone/") as address:
        told = requests.get(address, timeout=10)
        authority = requests.get(f"{address}shikaku-demo-ca.crt", timeout=10)
        nothing = requests.get(f"{address}server.key", timeout=10)

    assert "https://example.jp/phone/" in told.text
    assert authority.content == lan.authority.read_bytes()
    assert authority.headers["Content-Type"] == "application/x-x509-ca-cert"
    assert nothing.status_code == 404
