"""What examining the thing shown has found: its state, and whom to ask about."""

from dataclasses import dataclass, field
from datetime import datetime

from backend.domain.coverage import Record
from backend.domain.judgement import Asked
from backend.verifying.answer import Document


@dataclass(frozen=True, slots=True)
class Examined:
    """A document, and what the register may be asked on its strength.

    `person_ids` are those whom the attempt concerns, so that they can read of it, even
    where `asked` is None because the document may not speak. `to_spend` is the handle
    and instant of a phone's code. `insurer` issued the thing shown. `audit_keys` are
    those of `person_ids`, where they came along with the document. `copy_of` is the
    serial of the certificate whose copy a phone claims to show.
    """

    document: Document
    asked: Asked | None = None
    record: Record | None = None
    person_ids: tuple[str, ...] = ()
    insurer: str | None = None
    to_spend: tuple[str, datetime] | None = None
    audit_keys: tuple[bytes | None, ...] | None = field(default=None, repr=False)
    copy_of: str | None = None
