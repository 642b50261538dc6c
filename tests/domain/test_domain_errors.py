"""Errors arrive from another process as they were raised."""

import pickle

import pytest

from backend.domain.errors import (
    ConflictError,
    MalformedError,
    NotFoundError,
    RefusedError,
    UnavailableError,
)
from backend.domain.words import Words

WORDS = Words("理由", "the reason")


@pytest.mark.parametrize(
    "error",
    [
        MalformedError("field", WORDS, Words("直し方", "the fix")),
        NotFoundError("run"),
        ConflictError(WORDS),
        RefusedError(WORDS),
        UnavailableError(WORDS),
    ],
)
def test_an_error_arrives_as_it_was_raised(error):
    arrived = pickle.loads(pickle.dumps(error))

    assert type(arrived) is type(error)
    assert str(arrived) == str(error)
    assert vars(arrived) == vars(error)
