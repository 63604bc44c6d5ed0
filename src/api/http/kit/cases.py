"""The invoices that one dispute is over, as far as the reader sees them."""

from uuid import UUID

from api.http.auth.keys import Key
from api.http.server.problems import Problem
from api.http.server.state import AppState
from ledger.policy.refusal import NotFound
from projections.disputes import DisputeRow, of_case


async def parts_of(office: AppState, tenant: str, case: UUID) -> list[DisputeRow]:
    """The case's part in each of its invoices."""
    rows = await office.query(of_case(tenant, case))
    if not rows:  # it may have been opened a moment ago
        desk = await office.run_in_thread(lambda: office.session(tenant))
        head = await office.run_in_thread(desk.ledger.head)
        await office.wait_for(tenant, ["disputes"], head)
        rows = await office.query(of_case(tenant, case))
    return rows


async def rows_of_case(
    office: AppState, key: Key, case: UUID, at_least: int | None
) -> list[DisputeRow]:
    """The invoices of the case that the key may write of. Raises ``NotFound`` or ``Problem``."""
    if at_least:
        await office.wait_for(key.tenant_id, ["disputes"], at_least)
    rows = await parts_of(office, key.tenant_id, case)
    seen = [row for row in rows if key.scope.sees_dispute(row, row)]
    if not seen:
        raise NotFound("no-dispute", case=case)
    if len(seen) < len(rows) and not key.scope.is_resolver:
        raise Problem("not-allowed", "The case is over business units that your key is not for.")
    return seen
