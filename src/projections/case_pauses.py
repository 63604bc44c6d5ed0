"""Open disputes that other rules would let pause more or less of their invoice."""

from collections.abc import Sequence

from ledger.database.query import Query
from ledger.facts.codes import Reason
from projections.disputes import DISPUTES, Cursor, DisputeRow


def pausing_otherwise(
    tenant: str, whole: Sequence[Reason], after: Cursor | None = None, limit: int = 50
) -> Query[DisputeRow]:
    """Find open disputes that would pause otherwise if those of the reasons ``whole`` pause the
    whole invoice, and others only their amount."""
    beyond = " and (listed_on, case_id, book_id) > (%(listed_on)s, %(case_id)s, %(book_id)s)"
    return Query(
        f"select {DISPUTES.table.columns} from disputes where tenant_id = %(tenant)s"
        " and status = 'open' and rests_whole <> (reason = any(%(whole)s))"
        f"{beyond if after else ''} order by listed_on, case_id, book_id limit %(limit)s",
        {"tenant": tenant, "whole": [*whole], "limit": limit, **(after._asdict() if after else {})},
        DisputeRow,
    )
