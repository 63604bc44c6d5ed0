"""SQL conditions of a search: books with words that begin with those that were typed.

A word is looked for in the numbers of an invoice, and in the names and numbers of its debtor. Each
condition begins with ``and``, is empty without a search, and needs ``match_parameters``.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ledger.database.query import Query
from ledger.policy.normalise import search_words

MOST_WORDS = 6
COMMON = 5_000  # books: several words that all begin in more of them must all be the debtor's
FEW = 200  # debtors whose books are looked for by debtor; with more, a list is read in its order
LAST = "\U0010ffff"  # after every character that a word has


@dataclass(frozen=True)
class WordWeight:
    """The number of debtors and invoices with a word, and of invoices of these debtors, each up to
    ``COMMON``."""

    word: str
    debtors: int
    invoices: int
    owed: int

    @property
    def books(self) -> int:
        return self.debtors + self.invoices + self.owed


@dataclass(frozen=True)
class Match:
    """The words of a search, the rarest first."""

    words: Sequence[WordWeight]
    typed: Sequence[Sequence[str]]  # how each word was typed, which may be a debtor's number
    found: Sequence[str] = ()  # of common words: up to COMMON debtors that have all of them

    @property
    def is_rare(self) -> bool:
        """Return whether a word has so few books that all of them can be looked at."""
        return not self.words or self.words[0].books < COMMON

    @property
    def common(self) -> WordWeight | None:
        """Return the only word, if it has many books."""
        return self.words[0] if len(self.words) == 1 and not self.is_rare else None

    @property
    def has_common_number(self) -> bool:
        """Return whether the only word begins the numbers of many invoices."""
        return self.common is not None and self.common.invoices >= COMMON


def weigh(tenant: str, text: str) -> Query[WordWeight]:
    """Count the books of the words of a text."""
    words = [*search_words(text)[:MOST_WORDS]]
    some = "(select count(*) from (select from words{more} where words.tenant_id = %(tenant)s"
    some += (
        " and words.kind = '{kind}' and words.word collate \"C\" >= asked.word"
        ' and words.word collate "C" < asked.until limit %(common)s) places)'
    )
    owed = " join invoices i on i.tenant_id = words.tenant_id and i.debtor = words.number"
    return Query(
        f"select asked.word, {some.format(kind='debtor', more='')} as debtors,"
        f" {some.format(kind='invoice', more='')} as invoices,"
        f" {some.format(kind='debtor', more=owed)} as owed"
        " from unnest(%(words)s::text[], %(until)s::text[]) asked (word, until)",
        {
            "tenant": tenant,
            "words": words,
            "until": [word + LAST for word in words],
            "common": COMMON,
        },
        WordWeight,
        depends_on_values=True,
    )


def match_of(text: str, weights: Sequence[WordWeight]) -> Match:
    """Return the search for a text, whose words were weighed."""
    words = sorted(weights, key=lambda weight: weight.books)
    return Match(words, [_typed(text, weight.word) for weight in words])


def debtors_of(tenant: str, match: Match) -> Query[str]:
    """Find the ``found`` of a match whose words are common."""
    return Query(
        f"{debtors_found(match)} limit %(common)s",
        {"tenant": tenant, "common": COMMON, **match_parameters(match)},
        lambda number: str(number),
        depends_on_values=True,
    )


def match_parameters(match: Match | None) -> Mapping[str, Any]:
    found: dict[str, Any] = {"found": [*match.found]} if match else {}
    for n, weight in enumerate(match.words if match else ()):
        found |= {f"word_{n}": weight.word, f"until_{n}": weight.word + LAST}
        found[f"typed_{n}"] = match.typed[n] if match else []
    return found


def invoices_match(match: Match | None, table: str, book: str = "book_id", found: str = "") -> str:
    """Return the condition for rows about an invoice, of a table with the columns ``book``, which
    may be that of a debtor, too, and ``debtor``; ``found`` is the result of ``shared``."""
    if match is None:
        return ""
    if not match.words:
        return " and false"
    if match.is_rare:
        return f" and {table}.{book} in ({f'select {found}' if found else books_found(match)})"
    if len(match.found) < FEW and (not match.common or match.common.invoices < COMMON):
        own = _places("invoice") + " union all " if match.common else ""
        return f" and {table}.{book} = any(array({own}{_books_of_found()}))"
    if match.common:
        own = f"{_own(0, f'{table}.{book}')} or " if match.common.books > match.common.owed else ""
        return f" and ({own}{of_debtors(match, f'{table}.debtor')})"
    return f" and {of_debtors(match, f'{table}.debtor')}"


def debtors_match(match: Match | None, debtor: str) -> str:
    """Return the condition for rows about a debtor as a whole; ``debtor`` is their number."""
    if match is None:
        return ""
    if not match.words:
        return " and false"
    named = numbers_of_debtors(match)
    return f" and {debtor} = any({named})" if named else f" and {of_debtors(match, debtor)}"


def numbers_of_debtors(match: Match) -> str:
    """Return the array of the numbers that a match can mean; empty if they are too many."""
    typed = " || %(typed_0)s::text[]" if len(match.words) == 1 else ""
    if match.is_rare:
        return f"array({debtors_found(match)}){typed}"
    return f"%(found)s::text[]{typed}" if len(match.found) < COMMON else ""


def shared(match: Match) -> tuple[str, str]:
    """Return a common table expression for several conditions, and what to select of it;
    empty where each condition finds its rows by itself."""
    if match.words and match.is_rare:
        return f"with found as materialized ({books_found(match)}) ", "book_id from found"
    return "", ""


def of_debtors(match: Match, debtor: str) -> str:
    """Return the condition for rows of debtors with all words, which are common."""
    typed = f"{_typed_as(0, debtor)} or " if match.common else ""
    if len(match.found) < COMMON:
        return f"({typed}{debtor} = any(%(found)s))"
    each = (_of_debtor(n, debtor) for n in range(len(match.words)))
    return f"({typed}{' and '.join(each)})"


def debtors_found(match: Match) -> str:
    """Return the numbers of the debtors with all words: of those with the rarest; none
    without a word."""
    if not match.words:
        return "select words.number from words where words.tenant_id = %(tenant)s and false"
    rarest = min(range(len(match.words)), key=lambda n: match.words[n].debtors)
    others = (n for n in range(len(match.words)) if n != rarest)
    more = "".join(f" and {_own(n, 'words.book_id')}" for n in others)
    return (
        "select words.number from words"
        f" where words.tenant_id = %(tenant)s and {word_range(rarest)}{more}"
    )


def books_found(match: Match) -> str:
    """Return the books with all words: those of the rarest word, and of these the ones with the
    others."""
    others = range(1, len(match.words))
    more = "".join(f" and ({_either(match, n, 'found.book_id', 'i.debtor')})" for n in others)
    return (
        f"select found.book_id from ({_places('invoice')} union {_places('debtor')}"
        " union select i.invoice_id from words"
        " join invoices i on i.tenant_id = words.tenant_id and i.debtor = words.number"
        f" where words.tenant_id = %(tenant)s and {word_range(0)}"
        " union select invoice_id from invoices"
        " where tenant_id = %(tenant)s and debtor = any(%(typed_0)s)) found"
        " left join invoices i on i.tenant_id = %(tenant)s and i.invoice_id = found.book_id"
        f" where true{more}"
    )


def _places(kind: str) -> str:
    return (
        "select book_id from words"
        f" where words.tenant_id = %(tenant)s and {word_range(0, kind=kind)}"
    )


def _books_of_found() -> str:
    return (
        "select invoice_id from invoices where tenant_id = %(tenant)s and debtor = any(%(found)s)"
        " union all"
        " select debtor_id from debtors where tenant_id = %(tenant)s and number = any(%(found)s)"
    )


def _either(match: Match, n: int, book: str, debtor: str) -> str:
    """Return whether the book or its debtor has the word, without what cannot be."""
    of_debtor = [_of_debtor(n, debtor)] if match.words[n].debtors else []
    return " or ".join([_typed_as(n, debtor), _own(n, book), *of_debtor])


def _own(n: int, book: str) -> str:
    """Return whether the book itself has the word.

    It is looked up for each row: ``exists`` would let the planner read all places of a word first,
    and of a comparison with 0 the planner expects to hold often.
    """
    return (
        "(select 1 from words own where own.tenant_id = %(tenant)s"
        f" and own.book_id = {book}"
        f' and own.word collate "C" >= %(word_{n})s and own.word collate "C" < %(until_{n})s'
        " limit 1) > 0"
    )


def _of_debtor(n: int, debtor: str) -> str:
    book = (
        "(select d.debtor_id from debtors d"
        f" where d.tenant_id = %(tenant)s and d.number = {debtor} limit 1)"
    )
    return _own(n, book)


def _typed_as(n: int, debtor: str) -> str:
    return f"{debtor} = any(%(typed_{n})s)"


def word_range(n: int, table: str = "words", kind: str = "debtor") -> str:
    word = f'{table}.word collate "C"'
    return f"{table}.kind = '{kind}' and {word} >= %(word_{n})s and {word} < %(until_{n})s"


def _typed(text: str, word: str) -> list[str]:
    given = [part for part in text.split() if search_words(part)[:1] == (word,)]
    return [*dict.fromkeys(form for part in given for form in (part, part.upper()))]
