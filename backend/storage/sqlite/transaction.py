"""A transaction over one connection: every part of the contract put together."""

from backend.storage.sqlite.access import SqliteAccess
from backend.storage.sqlite.batches import SqliteBatches
from backend.storage.sqlite.coverages import SqliteCoverages
from backend.storage.sqlite.desk import SqliteDesk
from backend.storage.sqlite.figures import SqliteFigures
from backend.storage.sqlite.filings import SqliteFilings
from backend.storage.sqlite.keys import SqliteKeys
from backend.storage.sqlite.lists import SqliteLists
from backend.storage.sqlite.members import SqliteMembers
from backend.storage.sqlite.minted import SqliteMinted
from backend.storage.sqlite.operators import SqliteOperators
from backend.storage.sqlite.papers import SqlitePapers
from backend.storage.sqlite.passkeys import SqlitePasskeys
from backend.storage.sqlite.register import SqliteRegister
from backend.storage.sqlite.registered import SqliteRegistered
from backend.storage.sqlite.reports import SqliteReports
from backend.storage.sqlite.runs import SqliteRuns
from backend.storage.sqlite.status_lists import SqliteStatusLists


class SqliteTransaction(
    SqliteRegister,
    SqliteCoverages,
    SqliteFilings,
    SqliteMembers,
    SqlitePapers,
    SqliteBatches,
    SqliteStatusLists,
    SqliteKeys,
    SqliteAccess,
    SqliteOperators,
    SqlitePasskeys,
    SqliteDesk,
    SqliteLists,
    SqliteRegistered,
    SqliteRuns,
    SqliteFigures,
    SqliteReports,
    SqliteMinted,
):
    """`storage.store.Transaction` over SQLite."""

    __slots__ = ()
