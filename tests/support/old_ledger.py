"""A ledger that an older version wrote, in ``tests/old_ledger``: put into an empty database."""

import json
import lzma
from base64 import b64decode
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg

OLD = Path(__file__).parents[1] / "old_ledger"
TENANTS = ("crash", "default", "demo", "histories", "import", "tour")
COPIES = {  # the columns that were stored, whatever was added since
    "tenant": "tenant (tenant_id, name, time_zone, created_at)",
    "entry": "entry (tenant_id, position, book_id, line, topic, state, content_hash)",
    "document": "document (tenant_id, sha256, media_type, size, content)",
}
HEADS = """
insert into tenant_head (tenant_id, position)
select tenant_id, (select count(*) from entry e where e.tenant_id = t.tenant_id) from tenant t
"""


def stored(table: str) -> Iterator[list[Any]]:
    """Yield the rows of a table as they were stored; bytes are hex or base64."""
    with lzma.open(OLD / "ledger.jsonl.xz", "rt", encoding="utf-8") as lines:
        for line in lines:
            name, *row = json.loads(line)
            if name == table:
                yield row


def load(url: str) -> None:
    """Put the old ledger into a database that has the tables of today and nothing in them."""
    with psycopg.connect(url) as conn:
        conn.execute("set search_path = ledger; truncate tenant, tenant_head, follower")
        for table, columns in COPIES.items():
            with conn.cursor().copy(f"copy {columns} from stdin".encode()) as copy:
                for row in stored(table):
                    copy.write_row([*row[:-1], _last(table, row[-1])])
        conn.execute(HEADS.encode())


def _last(table: str, value: str) -> Any:
    if table == "entry":
        return bytes.fromhex(value)
    return b64decode(value) if table == "document" else value
