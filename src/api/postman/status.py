"""State of the outbox: what waits and since when, what failed, and what blocks it."""

from dataclasses import dataclass
from datetime import datetime

from psycopg.rows import class_row

from ledger.database.pool import Conn
from ledger.facts.codes import Channel


@dataclass(frozen=True, slots=True)
class Standing:
    """State of one tenant and channel; ``trouble`` is given while a message waits."""

    tenant_id: str
    channel: str
    waiting: int
    oldest: datetime | None  # request that waits
    failed: int
    trouble_since: datetime | None
    trouble: str | None


def outbox_status(conn: Conn) -> list[Standing]:
    """Return the state of every tenant and channel."""
    with conn.cursor(row_factory=class_row(Standing)) as cursor:
        return cursor.execute(
            "select o.tenant_id, o.channel, o.waiting, o.oldest, o.failed,"
            " t.since as trouble_since, t.why as trouble"
            " from (select m.tenant_id, m.channel,"
            "   count(*) filter (where m.status = 'asked') as waiting,"
            "   min((e.state::json->>'at')::timestamptz)"
            "    filter (where m.status = 'asked') as oldest,"
            "   count(*) filter (where m.status = 'failed') as failed"
            "   from outbox m join entry e"
            "   on e.tenant_id = m.tenant_id and e.book_id = m.book_id and e.line = 1"
            "   group by m.tenant_id, m.channel) o"
            " left join post_trouble t"
            " on t.tenant_id = o.tenant_id and t.channel = o.channel and o.waiting > 0"
            " order by o.tenant_id, o.channel"
        ).fetchall()


def troubles_of(conn: Conn, tenant: str) -> list[tuple[str, str]]:
    """Return the channels by which nothing is sent for a tenant now, and why."""
    query = "select channel, why from post_trouble where tenant_id = %s order by channel"
    return conn.execute(query, [tenant]).fetchall()


def start_trouble(conn: Conn, tenant: str, channel: Channel, at: datetime, why: str) -> None:
    """Record why nothing is sent by this channel; a later cause keeps the first ``since``."""
    conn.execute(
        "insert into post_trouble (tenant_id, channel, since, why) values (%s, %s, %s, %s)"
        " on conflict (tenant_id, channel) do update set why = excluded.why",
        [tenant, channel.value, at, why],
    )


def end_trouble(conn: Conn, tenant: str, channel: Channel) -> None:
    conn.execute(
        "delete from post_trouble where tenant_id = %s and channel = %s", [tenant, channel.value]
    )
