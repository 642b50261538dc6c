"""Examine the code beside a certificate's copy (写し) on its holder's phone.

The phone proves that its own key made the code now; what answers is the certificate:
its withdrawal, its last day, the coverage that it names. So a copy says what the paper
would say, and is told from it.
"""

from dataclasses import replace
from datetime import datetime, timedelta

from backend.credentials.key_set import KeySet
from backend.domain.japan_time import start_of_day
from backend.domain.judgement import CertificateShown
from backend.domain.outcome import DocumentState
from backend.storage.rows import IssuedCertificate
from backend.storage.store import Transaction
from backend.verifying.examined import Examined
from backend.verifying.paper_code import paper_state


def examine_copy(
    tx: Transaction, found: Examined, keys: KeySet, at: datetime
) -> Examined:
    """What `examine_code` found of the phone, turned into an answer of the paper.

    A phone that is no good stays so. A serial of nobody, or of somebody else's paper,
    is a forgery: no phone of ours shows one.
    """
    serial = found.copy_of or ""
    paper = tx.certificate(serial)
    state = found.document.state
    if paper is None or (paper.person_id,) != found.person_ids:
        return _told(found, None, DocumentState.BAD_SIGNATURE)
    if state.tells_of_coverage:
        expires_at = start_of_day(paper.expires_on + timedelta(days=1))
        of_paper = paper_state(paper, expires_at, keys.find(paper.kid), at)
        state = state if of_paper is DocumentState.GOOD else of_paper
    return _told(found, paper, state)


def _told(
    found: Examined, paper: IssuedCertificate | None, state: DocumentState
) -> Examined:
    may_speak = paper is not None and state.tells_of_coverage
    document = replace(
        found.document,
        kind="certificate",
        state=state,
        object_id=paper.serial if paper else found.document.object_id,
        is_copy=True,
    )
    return replace(
        found,
        document=document,
        asked=CertificateShown(paper.coverage_id) if paper and may_speak else None,
        insurer=paper.insurer if paper else found.insurer,
        to_spend=found.to_spend if may_speak else None,
    )
