"""Codes that the server made come back by their digest, with the phone that asked."""

from datetime import timedelta

import pytest
from storage_samples import AT, LATER, a_client, a_delegate

from backend.domain.errors import ConflictError
from backend.storage.minted import MintedCode, ShownMinted

CODE = MintedCode(b"digest", "p1", None, LATER)
KEY = b"p1".ljust(32, b"k")


def test_a_code_comes_back_with_whose_it_is_and_which_phone_asked(peopled):
    phone = a_client(delegate=a_delegate())
    with peopled.transaction() as tx:
        tx.put_client(phone)
        tx.put_minted(CODE)
        tx.put_minted(MintedCode(b"other", "p1", "phone1", AT))
    with peopled.reading() as tx:
        assert tx.shown_minted(b"digest") == ShownMinted("p1", LATER, KEY, None)
        assert tx.shown_minted(b"other") == ShownMinted("p1", AT, KEY, phone)
        assert tx.shown_minted(b"none") is None


@pytest.mark.parametrize(
    "strange", [CODE, MintedCode(b"2", "p9", None, AT), MintedCode(b"3", "p1", "x", AT)]
)
def test_no_code_is_made_twice_or_of_somebody_unknown(peopled, strange):
    peopled.write(lambda tx: tx.put_minted(CODE))

    with pytest.raises(ConflictError):
        peopled.write(lambda tx: tx.put_minted(strange))


def test_what_ended_before_is_forgotten(peopled):
    peopled.write(lambda tx: tx.put_minted(CODE))

    assert peopled.write(lambda tx: tx.forget_transients(LATER)) == 0
    second = timedelta(seconds=1)
    assert peopled.write(lambda tx: tx.forget_transients(LATER + second)) == 1
    with peopled.reading() as tx:
        assert tx.shown_minted(b"digest") is None
