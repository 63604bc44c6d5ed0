"""What users see of a ledger, as plain data: the rows of every read model, and every report."""

import json
from datetime import datetime
from typing import Any

import psycopg

from api.http.auth.keys import Role
from support.served import bearer, in_process, make_key

PROSE = {"agenda": "why", "contact_log": "what", "inbox": "why"}  # sentences of ours
GROUPS = ("reason", "resolver", "business_unit", "collector", "debtor", "outcome", "root_cause")
PATHS = (
    "/agenda?on={on}&limit=1000",
    "/agenda?on={on}&limit=1000&held=true",
    "/agenda?on={on}&limit=1000&group=debtor",
    "/invoices?on={on}&limit=1000",
    "/invoices?on={on}&limit=1000&overdue=true",
    "/disputes?limit=1000",
    "/debtors?on={on}&limit=1000",
    "/inbox?limit=1000",
    "/reports/ageing?on={on}",
    "/reports/cycle-times?on={on}",
    "/reports/disputes?limit=1000",
    "/reports/items-status",
    "/playbook",
)
VIEWS = "select table_name from information_schema.tables where table_schema = 'view' order by 1"
Data = dict[str, Any]


def rows(conn: psycopg.Connection[Any], tenant: str) -> tuple[Data, Data]:
    """Return the rows of every read model without its sentences, and the sentences by key."""
    conn.execute("set timezone = 'UTC'")
    shown, sentences = Data(), Data()
    for (view,) in conn.execute(VIEWS).fetchall():
        found = conn.execute(
            f"select (to_jsonb(v) - 'tenant_id')::text from view.{view} v where tenant_id = %s"
            ' order by to_jsonb(v)::text collate "C"'.encode(),
            [tenant],
        )
        found_rows = [json.loads(row, parse_float=str) for (row,) in found]  # 10.50 stays 10.50
        if prose := PROSE.get(view):
            sentences[view] = [_said(row, row.pop(prose)) for row in found_rows]
        shown[view] = sorted(found_rows, key=str)
    return shown, sentences


def _said(row: Data, said: Any) -> list[Any]:
    """Return a sentence behind what its row is about."""
    about = [row.get(name) for name in ("position", "invoice", "debtor", "item", "mail")]
    return [*(one for one in about if one is not None), said]


def reports(url: str, tenant: str, on: str, *more: str) -> Data:
    """Return what a program reads over HTTP on that day, and ``more`` paths, without sentences."""
    groups = (f"/reports/cycle-times?on={on}&by={group}" for group in GROUPS)
    paths = [path.format(on=on) for path in PATHS]
    headers = bearer(make_key(url, Role.ADMIN, "reader of reports", tenant))
    noon = datetime.fromisoformat(f"{on}T12:00+00:00")
    with in_process(url, with_worker=False, clock=lambda: noon) as client:
        answers = {
            path: client.get(f"/v1{path}", headers=headers) for path in (*paths, *groups, *more)
        }
    assert {answer.status_code for answer in answers.values()} == {200}
    return {path: plain(answer.json()) for path, answer in answers.items()}


def plain(said: Any) -> Any:
    """Return ``said`` without the fields that hold sentences."""
    if isinstance(said, list):
        return [plain(one) for one in said]
    if isinstance(said, dict):
        return {name: plain(one) for name, one in said.items() if name not in ("why", "what")}
    return said
