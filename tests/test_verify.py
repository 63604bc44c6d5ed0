"""A ledger that somebody changed behind our back does not verify, and the place is named."""

from hashlib import sha256
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.database.pool import Conn, Pool
from ledger.store.errors import LedgerCorrupt
from ledger.store.hashing import content_hash
from ledger.store.ledger import Ledger
from ledger.store.verify import VerificationReport, verify
from support.histories import note

A, B = UUID(int=1), UUID(int=2)


@pytest.fixture(autouse=True)
def six_notes(ledger: Ledger) -> None:
    """Positions 1 to 6: lines 1, 2, 3 of A with lines 1, 2, 3 of B between them."""
    for n in (1, 2, 3):
        ledger.write([note(A, n, f"a{n}"), note(B, n, f"b{n}", by="ben")])


def proof(pool: Pool) -> VerificationReport:
    with pool.connection() as conn:
        return verify(conn, "default", page=2)


def test_a_good_ledger_verifies(pool: Pool) -> None:
    assert proof(pool) == VerificationReport(entries=6, books=2)


def test_it_tells_how_far_it_is(pool: Pool) -> None:
    told = list[int]()
    with pool.connection() as conn:
        verify(conn, "default", told.append, page=4)
    assert sum(told) == 6


def test_an_empty_ledger_verifies(pool: Pool) -> None:
    with pool.connection() as conn:
        assert verify(conn, "nobody") == VerificationReport(0, 0)


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ("update entry set state = replace(state, 'a2', 'a9') where position = 3", "position 3 "),
        ("update entry set state = replace(state, 'ben', 'eve') where position = 4", "position 4 "),
        ("update entry set topic = 'note-added.v2' where position = 5", "position 5 "),
        ("update entry set content_hash = sha256('') where position = 2", "position 2 "),
        ("delete from entry where position = 4", "position 4 "),
        ("delete from entry where position = 1", "position 1 "),
        ("delete from entry where position = 6", "6 entries were written, .* is 5"),
        ("delete from entry", "6 entries were written, .* is 0"),
        ("update entry set position = 9 where position = 6", "position 6 "),
        ("update entry set line = 9 where position = 5", "position 5 "),
        ("update entry set position = 7 - position", "position 1 is line 3"),
        ("update entry set book_id = gen_random_uuid() where position = 6", "position 6 "),
        ("update tenant_head set position = 7", "7 entries were written, .* is 6"),
    ],
)
def test_what_was_changed_is_named(pool: Pool, owner: Conn, change: str, place: str) -> None:
    if "7 - position" in change:  # out of the way first: each position is there once
        owner.execute("update entry set position = position + 100")
        change = change.replace("7 - position", "107 - position")
    owner.execute(change.encode())
    with pytest.raises(LedgerCorrupt, match=place):
        proof(pool)


def test_an_entry_of_our_own_making_is_found_unless_its_hash_is_right(
    pool: Pool, owner: Conn
) -> None:
    insert = "insert into entry values ('default', 7, %s, 4, 'note-added.v1', '{}', %s)"
    owner.execute(insert, [A, bytes(32)])
    owner.execute("update tenant_head set position = 7")
    with pytest.raises(LedgerCorrupt, match="position 7 "):
        proof(pool)


def by_the_docstring(tenant: str, book_id: UUID, line: int, topic: str, state: str) -> bytes:
    """0x00, then each field in UTF-8 behind its length in four bytes, big end first."""
    hashed = b"\0"
    for field in (tenant, str(book_id), str(line), topic, state):
        hashed += len(field.encode("utf-8")).to_bytes(4, "big") + field.encode("utf-8")
    return sha256(hashed).digest()


@given(st.text(), st.uuids(), st.integers(1), st.text(), st.text())
def test_the_hash_is_what_its_docstring_says(
    tenant: str, book_id: UUID, line: int, topic: str, state: str
) -> None:
    expected = by_the_docstring(tenant, book_id, line, topic, state)
    assert content_hash(tenant, book_id, line, topic, state) == expected


def test_what_is_stored_is_hashed_whole(owner: Conn) -> None:
    """Actor, recorded time and the event are in the state; nothing but the position is outside."""
    rows = owner.execute("select tenant_id, book_id, line, topic, state, content_hash from entry")
    for *fields, hashed in rows.fetchall():
        assert by_the_docstring(*fields) == hashed
        assert '"by":' in fields[-1]
        assert '"at":' in fields[-1]
