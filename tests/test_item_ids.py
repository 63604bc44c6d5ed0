"""An item's id reads the same whether Postgres or Python makes it."""

from uuid import UUID

import pytest

from api.http.items import ITEM_ID, item_id, of_id
from ledger.pool import Pool


@pytest.mark.parametrize("item", ["debtor", "é?>~", "R-1/2", "a" * 300])
def test_postgres_makes_the_same_id(pool: Pool, item: str) -> None:
    book = UUID("fbefbeff-ffff-4fff-bfff-fbefbeffffff")
    query = f"select {ITEM_ID} from (select %s::uuid as book_id, %s::text as item) as row"
    with pool.connection() as conn:
        [made] = conn.execute(query.encode(), [book, item]).fetchone() or [None]
    assert made == item_id(book, item)
    assert of_id(made) == (book, item)
