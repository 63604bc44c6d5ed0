"""Queries of disputes: by filters in pages, of a case, and by how much of the invoice pauses."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from ledger.database.query import Query
from ledger.facts.codes import Reason
from ledger.policy.visibility import Scope
from projections.common_word import listed_by_word
from projections.disputes import DISPUTES, DisputeRow
from projections.matching import Match, invoices_match, match_parameters
from projections.scope import disputes_of_account, disputes_seen, scope_parameters

FILTERS = ("status", "reason", "resolver", "debtor", "business_unit", "collector", "invoice")


class Cursor(NamedTuple):
    """The last row of a page, after which the next page begins."""

    listed_on: date
    case_id: UUID
    book_id: UUID


def behind(row: DisputeRow) -> Cursor:
    return Cursor(row.listed_on, row.case_id, row.book_id)


def find(
    tenant: str,
    filters: Mapping[str, str | None] | None = None,
    after: Cursor | None = None,
    limit: int = 50,
    match: Match | None = None,
    opened: tuple[date | None, date | None] = (None, None),
    *,
    scope: Scope,
) -> Query[DisputeRow]:
    """Find disputes, the oldest first, a page at a time; ``opened`` on or between two days.

    Raises ``ValueError`` for a filter that is none of ``FILTERS``.
    """
    given = (filters or {}).items()
    chosen: dict[str, Any] = {name: value for name, value in given if value is not None}
    if unknown := set(chosen) - set(FILTERS):
        raise ValueError(f"no such filter: {', '.join(sorted(unknown))}")
    where = "".join(f" and {name} = %({name})s" for name in chosen)
    where += disputes_seen(scope)
    chosen |= match_parameters(match)
    for day, sign, name in zip(opened, (">=", "<="), ("opened_from", "opened_to"), strict=True):
        if day:
            where += f" and coalesce(opened_on, listed_on) {sign} %({name})s"
            chosen[name] = day
    if after:
        where += " and (listed_on, case_id, book_id) > (%(listed_on)s, %(case_id)s, %(book_id)s)"
        chosen |= after._asdict()
    once, matching, keys = "", invoices_match(match, "disputes"), "listed_on, case_id, book_id"
    if match and match.has_common_number:
        once, matching = listed_by_word(match, "disputes", keys, "book_id", where)
    return Query(
        f"{once}select {DISPUTES.table.columns} from disputes"
        f" where tenant_id = %(tenant)s{where}{matching} order by {keys} limit %(limit)s",
        {"tenant": tenant, "limit": limit, **chosen, **scope_parameters(scope)},
        DisputeRow,
        depends_on_values=match is not None,
    )


def newest(tenant: str, limit: int, *, scope: Scope) -> Query[DisputeRow]:
    """Return the query of the disputes that were opened, the newest first."""
    return Query(
        f"select {DISPUTES.table.columns} from disputes where tenant_id = %(tenant)s"
        f" and status <> 'not opened'{disputes_of_account(scope)}"
        " order by listed_on desc, case_id, book_id limit %(limit)s",
        {"tenant": tenant, "limit": limit, **scope_parameters(scope)},
        DisputeRow,
    )


def of_case(tenant: str, case_id: UUID, *, scope: Scope) -> Query[DisputeRow]:
    return Query(
        f"select {DISPUTES.table.columns} from disputes where tenant_id = %(tenant)s"
        f" and case_id = %(case)s{disputes_seen(scope)} order by invoice",
        {"tenant": tenant, "case": case_id, **scope_parameters(scope)},
        DisputeRow,
    )


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
