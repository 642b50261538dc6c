"""What waits for an insurer, in one answer."""

from backend.api.schemas.fields import Flag, Instant, Shape, Whole

MOST_EXPIRING = 10_000
_MOST = 2**53


class OverviewShape(Shape):
    """Open reports; certificates that end within `expiring_days`, revoked ones apart.

    They are counted up to ten thousand. `delivered_at` is when the insurer last
    committed a list, or confirmed that nothing had changed.
    """

    open_reports = Whole(0, _MOST, required=True)
    oldest_report_at = Instant(required=True, allow_none=True)
    certificates_expiring = Whole(0, MOST_EXPIRING, required=True)
    expiring_days = Whole(0, 366, required=True)
    delivered_at = Instant(required=True, allow_none=True)
    has_signing_key = Flag(required=True)
