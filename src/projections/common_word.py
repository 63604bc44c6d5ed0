"""SQL of a search for one word that many invoices have: it is read in the order of words, or of the
list, and no further than a page needs."""

from ledger.facts.books import INVOICE
from projections.matching import Match, invoices_match, of_debtors, word_range

NEAR = 5_000  # invoices that are looked at in the order of the list


def first_by_word(kind: str, condition: str = "") -> str:
    """Return ``book_id`` of the books with the only word, up to the limit in the order of words.

    ``condition`` is for rows of the words: what is not seen is not read further.
    """
    return (
        "select words.book_id from words"
        f" where words.tenant_id = %(tenant)s and {word_range(0, kind=kind)}{condition}"
        " and coalesce((select 1 from words own where own.tenant_id = %(tenant)s"
        ' and own.book_id = words.book_id and own.word collate "C" >= %(word_0)s'
        ' and own.word collate "C" < words.word limit 1), 0) < 1'
        ' order by words.word collate "C", words.business_unit, words.number, words.book_id'
        " limit %(limit)s"
    )


def listed_by_word(
    match: Match, table: str, keys: str, book: str, where: str, numbers: str | None = None
) -> tuple[str, str]:
    """Return common table expressions for the rows of a list with the only word, and a condition.

    The next rows of the list, which is in the order of ``keys``, are looked at first. Where a page
    of them does not have the word, as with the first characters of later numbers, all books with
    the word are read and sorted. If only ``numbers``, a condition for rows of the words, limits a
    list of invoices, that is a matter of the index of words.
    """
    rows, few = f"from {table} where tenant_id = %(tenant)s{where}", "(select count(*) from near)"
    few, page = f" and {few} < %(limit)s", f" order by {keys} limit %(limit)s"
    place = f"from words where words.tenant_id = %(tenant)s and {word_range(0, kind=INVOICE.name)}"
    own = f"select {keys} {rows} and {book} in (select words.book_id {place}){few}"
    if numbers is not None:
        own = f"select distinct words.number {place}{numbers}{few}{page}"
    return (
        f"with near as materialized (select {keys} from"
        f" (select {keys}, {book} as book, debtor {rows} order by {keys} limit {NEAR}) listed"
        f" where true{invoices_match(match, 'listed', 'book')}{page}),"
        f" own as materialized ({own}),"
        f" named as materialized (select {keys} {rows} and {of_debtors(match, 'debtor')}"
        f"{few}{page}) ",
        f" and ({keys}) in (select {keys} from near union (select {keys} from own{page})"
        f" union select {keys} from named)",
    )
