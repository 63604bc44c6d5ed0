"""The invoices of a dispute that the caller may see."""

from uuid import UUID

from api.http.auth.keys import Key
from api.http.server.problems import Problem
from api.http.server.state import AppState
from ledger.policy.refusal import NotFound
from ledger.policy.visibility import EVERYTHING
from projections.dispute_queries import of_case
from projections.disputes import DisputeRow


async def parts_of(app: AppState, tenant: str, case: UUID) -> list[DisputeRow]:
    rows = await app.query(of_case(tenant, case, scope=EVERYTHING))
    if not rows:  # the case may be too new for the read model
        session = await app.run_in_thread(lambda: app.session(tenant))
        head = await app.run_in_thread(session.ledger.head)
        await app.wait_for(tenant, ["disputes"], head)
        rows = await app.query(of_case(tenant, case, scope=EVERYTHING))
    return rows


async def rows_of_case(
    app: AppState, key: Key, case: UUID, at_least: int | None
) -> list[DisputeRow]:
    """Return the rows that the key may write to. Raises ``NotFound`` or ``Problem``."""
    if at_least:
        await app.wait_for(key.tenant_id, ["disputes"], at_least)
    rows = await parts_of(app, key.tenant_id, case)
    seen = [row for row in rows if key.scope.sees_dispute(row, row)]
    if not seen:
        raise NotFound("no-dispute", case=case)
    if len(seen) < len(rows) and not key.scope.is_resolver:
        raise Problem("not-allowed", "The case is over business units that your key is not for.")
    return seen
