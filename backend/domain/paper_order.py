"""交付事由: why a line of an insurer's list asks for a certificate."""

from enum import Enum

from backend.domain.words import Words


class PaperOrder(Enum):
    """What the insurer orders for a person; the values are our own words.

    The national tables have no code for it. Ex officio (職権交付) and on application:
    docs/glossary.md. A certificate that was lost (滅失届) is issued anew, and the lost
    one is withdrawn in the same step.
    """

    EX_OFFICIO = "EX_OFFICIO"
    APPLIED = "APPLIED"
    LOST = "LOST"
    DAMAGED = "DAMAGED"

    @property
    def label(self) -> str:
        """The order in Japanese."""
        return _LABELS[self].ja

    @property
    def has_applied(self) -> bool:
        """Whether the person asked for it: who reports a loss asks for another."""
        return self is not PaperOrder.EX_OFFICIO

    @property
    def replaces(self) -> bool:
        """Whether the certificate that they hold is withdrawn for the new one."""
        return self in (PaperOrder.LOST, PaperOrder.DAMAGED)


_LABELS = {
    PaperOrder.EX_OFFICIO: Words("職権", "ex officio"),
    PaperOrder.APPLIED: Words("申請", "applied for"),
    PaperOrder.LOST: Words("紛失", "lost"),
    PaperOrder.DAMAGED: Words("破損", "damaged"),
}
