"""Addresses: made from a base and digits, and taken apart only if made so."""

import pytest

from backend.credentials.issuer_names import (
    IssuerNames,
    parse_issuer,
    parse_status_list,
)


@pytest.mark.parametrize("base", ["https://shikaku.example", "http://127.0.0.1:8000"])
def test_addresses_are_taken_apart_as_made(base: str) -> None:
    names = IssuerNames(base)
    assert names.issuer("138057") == f"{base}/insurers/138057"
    assert names.status_list("138057", 12) == f"{base}/status/138057/12"
    assert names.token_type.startswith(f"{base}/")
    assert parse_issuer(names.issuer("138057")) == (names, "138057")
    assert parse_status_list(names.status_list("138057", 0)) == (names, "138057", 0)


@pytest.mark.parametrize(
    "digits", ["", "x", "１３８０５７", "13 8057", "-1", "1/2", "²"]
)
def test_only_digits_name_an_insurer(digits: str) -> None:
    with pytest.raises(ValueError, match="not a number"):
        parse_issuer(f"https://shikaku.example/insurers/{digits}")
    with pytest.raises(ValueError, match=r"not a (list )?number|invalid literal"):
        parse_status_list(f"https://shikaku.example/status/{digits}/1")
    with pytest.raises(ValueError, match=r"not a (list )?number"):
        parse_status_list(f"https://shikaku.example/status/138057/{digits}")
