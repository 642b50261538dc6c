"""Figures in SQLite: tallies, and papers counted where they are recorded."""

from collections.abc import Sequence
from datetime import date, timedelta

from backend.domain.japan_time import start_of_day
from backend.storage.figures import DailyFigure
from backend.storage.sqlite.instants import to_micros
from backend.storage.sqlite.statements import Statements

_TALLY = """
INSERT INTO daily_figures VALUES (?, ?, ?, 1)
ON CONFLICT (insurer, day, figure) DO UPDATE SET count = count + 1
"""
# Microseconds since 1970 in UTC as a day in Japan, nine hours ahead.
_FIGURES = """
SELECT day, figure, count FROM daily_figures
WHERE insurer = :insurer AND day BETWEEN :first_on AND :last_on
UNION ALL
SELECT date(b.closed_at / 1000000 + 32400, 'unixepoch') AS day,
  'certificates-issued', SUM((
    SELECT SUM(length(s.octets) / 64) FROM signatures s
    WHERE s.first_intent BETWEEN b.first_intent AND b.last_intent
  ))
FROM batches b
WHERE b.insurer = :insurer AND b.closed_at >= :since AND b.closed_at < :until
GROUP BY 1
UNION ALL
SELECT date(w.at / 1000000 + 32400, 'unixepoch') AS day, 'certificates-' || w.kind,
  COUNT(*)
FROM withdrawals w JOIN intents i ON i.object_id = w.object_id
WHERE w.insurer = :insurer AND w.at >= :since AND w.at < :until
  AND w.kind <> 'reinstated' AND i.kind = 'certificate'
GROUP BY 1, 2
ORDER BY 1, 2
"""


class SqliteFigures(Statements):
    """`Figures`, whole."""

    __slots__ = ()

    def tally(self, insurer: str, day: date, figure: str) -> None:
        self.run(_TALLY, (insurer, day.isoformat(), figure))

    def figures(
        self, insurer: str, first_on: date, last_on: date
    ) -> Sequence[DailyFigure]:
        asked = {
            "insurer": insurer,
            "first_on": first_on.isoformat(),
            "last_on": last_on.isoformat(),
            "since": to_micros(start_of_day(first_on)),
            "until": to_micros(start_of_day(last_on + timedelta(days=1))),
        }
        return [
            DailyFigure(date.fromisoformat(day), figure, count or 0)
            for day, figure, count in self.run(_FIGURES, asked)
        ]
