"""The SQL of an append does what these few lines of Python say, whatever is asked of it."""

from itertools import chain
from uuid import UUID, uuid4

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ledger.database.pool import Pool, connect
from ledger.store.append import AppendResult, Line, append, assert_unchanged, make_line

Written = dict[tuple[UUID, int], tuple[int, bytes]]  # book and line: position and hash
TENANT = "t"  # in the hash only

books = st.sampled_from([UUID(int=n) for n in (1, 2, 3)])
words = st.sampled_from(["yes", "no"])
runs = st.builds(
    lambda book, first, said: [
        make_line(TENANT, book, n, "t.v1", w) for n, w in enumerate(said, first)
    ],
    books,
    st.integers(1, 4),
    st.lists(words, min_size=1, max_size=2),
)
writes = st.lists(runs, min_size=1, max_size=3, unique_by=lambda run: run[0].book_id)
asserts = st.lists(st.builds(assert_unchanged, books, st.integers(0, 3)), max_size=2)
appends = st.builds(lambda runs, held: [*chain.from_iterable(runs), *held], writes, asserts)
calls = st.lists(st.lists(appends, min_size=1, max_size=4))


def by_hand(written: Written, asked: list[list[Line]]) -> list[AppendResult]:
    before, claimed, answers = dict(written), set[UUID](), list[AppendResult]()
    last = {book: max(n for b, n in before if b == book) for book, _ in before}
    for lines in asked:
        new = [one for one in lines if one.topic]
        held = [one for one in lines if not one.topic]
        wanted = {one.book_id for one in new}
        first = {one.book_id: one.line for one in reversed(new)}
        fits = all(first[book] == last.get(book, 0) + 1 for book in wanted)
        fits = fits and all(one.line == last.get(one.book_id, 0) for one in held)
        there = [before.get((one.book_id, one.line), (0, b"")) for one in new]
        if fits and not {one.book_id for one in lines} & claimed:
            for one in new:
                written[one.book_id, one.line] = (len(written) + 1, one.content_hash)
            answers.append(AppendResult([written[one.book_id, one.line][0] for one in new], True))
        elif [found for _, found in there] == [one.content_hash for one in new]:
            answers.append(AppendResult([position for position, _ in there], False))
        else:
            answers.append(AppendResult(None, False))
        claimed |= wanted if fits else set()
    return answers


@given(calls=calls)
@settings(
    max_examples=150,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],  # each has its own tenant
)
def test_every_append_is_answered_as_by_hand(pool: Pool, calls: list[list[list[Line]]]) -> None:
    tenant, written = str(uuid4()), Written()
    with connect(pool) as conn:
        conn.execute("insert into tenant_head values (%s, 0)", [tenant])
        for asked in calls:
            assert append(conn, tenant, asked) == by_hand(written, asked)
        there = conn.execute(
            "select book_id, line, position, content_hash from entry where tenant_id = %s", [tenant]
        )
        assert {(b, n): (at, bytes(h)) for b, n, at, h in there} == written
