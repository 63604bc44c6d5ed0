"""What users see of a ledger, as plain data: the rows of every read model, and every report."""

import json
from typing import Any

import psycopg

from support.cli import CliUser

PROSE = {"agenda": "why", "contact_log": "what", "inbox": "why"}  # sentences of ours
GROUPS = ("reason", "resolver", "business_unit", "collector", "debtor", "outcome", "root_cause")
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
        plain = [json.loads(row, parse_float=str) for (row,) in found]  # 10.50 stays 10.50
        if prose := PROSE.get(view):
            sentences[view] = [_said(row, row.pop(prose)) for row in plain]
        shown[view] = sorted(plain, key=str)
    return shown, sentences


def _said(row: Data, said: Any) -> list[Any]:
    """Return a sentence behind what its row is about."""
    about = [row.get(name) for name in ("position", "invoice", "debtor", "item", "mail")]
    return [*(one for one in about if one is not None), said]


def reports(cli: CliUser, on: str) -> Data:
    """Return every report on that day, as the command line gives it to programs."""
    everything, day = ("--limit", 10_000), ("--on", on)
    asked: dict[str, tuple[object, ...]] = {
        "agenda": ("agenda", *day, *everything),
        "agenda with what is held": ("agenda", *day, "--held", *everything),
        "ageing": ("ageing", *day),
        "cycle times": ("cycle-times", *day),
        **{f"cycle times by {by}": ("cycle-times", *day, "--by", by) for by in GROUPS},
        "debtors": ("debtors", *day, *everything),
        "disputes": ("disputes", *everything),
        "invoices": ("invoices", *day, *everything),
        "overdue": ("invoices", *day, "--overdue", *everything),
        "outbox": ("postman", "list"),
    }
    found = {name: cli(*typed, "--json").ok().json for name, typed in asked.items()}
    for row in (*found["agenda"], *found["agenda with what is held"]):
        row.pop("why")
    return found
