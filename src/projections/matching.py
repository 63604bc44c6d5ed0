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
COMMON = 2_000  # books: several words that all begin in more of them must all be the debtor's
LAST = "\U0010ffff"  # after every character that a word has


@dataclass(frozen=True)
class WordWeight:
    """The number of debtors and invoices with a word, each up to ``COMMON``."""

    word: str
    debtors: int
    invoices: int

    @property
    def is_rare(self) -> bool:
        return self.debtors + self.invoices < COMMON


@dataclass(frozen=True)
class Match:
    """The words of a search, the rarest first."""

    words: Sequence[WordWeight]
    typed: Sequence[Sequence[str]]  # how each word was typed, which may be a debtor's number

    @property
    def is_rare(self) -> bool:
        """Return whether a word has so few books that all of them can be looked at."""
        return bool(self.words) and self.words[0].is_rare


def weigh(tenant: str, text: str) -> Query[WordWeight]:
    """Count the books of the words of a text."""
    words = [*search_words(text)[:MOST_WORDS]]
    places = (
        "(select count(*) from (select from words where words.tenant_id = %(tenant)s"
        " and words.kind = '{}' and words.word collate \"C\" >= asked.word"
        ' and words.word collate "C" < asked.until limit %(common)s) places)'
    )
    return Query(
        f"select asked.word, {places.format('debtor')} as debtors,"
        f" {places.format('invoice')} as invoices"
        " from unnest(%(words)s::text[], %(until)s::text[]) asked (word, until)",
        {
            "tenant": tenant,
            "words": words,
            "until": [word + LAST for word in words],
            "common": COMMON,
        },
        WordWeight,
    )


def match_of(text: str, weights: Sequence[WordWeight]) -> Match:
    """Return the search for a text, whose words were weighed."""
    words = sorted(weights, key=lambda weight: weight.debtors + weight.invoices)
    return Match(words, [_typed(text, weight.word) for weight in words])


def match_parameters(match: Match | None) -> Mapping[str, Any]:
    found = dict[str, Any]()
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
    if len(match.words) == 1:
        return _either(0, f"{table}.{book}", f"{table}.debtor")
    debtors = f"select {found}" if found else debtors_found(match)
    return f" and {table}.debtor = any(array({debtors}))"


def debtors_match(match: Match | None, debtor: str) -> str:
    """Return the condition for rows about a debtor as a whole; ``debtor`` is their number."""
    if match is None:
        return ""
    if not match.words:
        return " and false"
    if len(match.words) == 1 and match.words[0].debtors >= COMMON:
        return f" and {_of_debtor(0, debtor)}"
    typed = f" or {_typed_as(0, debtor)}" if len(match.words) == 1 else ""
    return f" and ({debtor} = any(array({debtors_found(match)})){typed})"


def shared(match: Match) -> tuple[str, str]:
    """Return a common table expression for several conditions, and what to select of it;
    empty where each condition finds its rows by itself."""
    if match.is_rare:
        return f"with found as materialized ({books_found(match)}) ", "book_id from found"
    if len(match.words) > 1:
        return f"with found as materialized ({debtors_found(match)}) ", "number from found"
    return "", ""


def debtors_found(match: Match) -> str:
    """Return the numbers of the debtors with all words: of those with the rarest."""
    rarest = min(range(len(match.words)), key=lambda n: match.words[n].debtors)
    others = (n for n in range(len(match.words)) if n != rarest)
    more = "".join(f" and {_own(n, 'named.book_id')}" for n in others)
    return (
        "with named as materialized (select distinct book_id from words"
        f" where tenant_id = %(tenant)s and {_range(rarest)})"
        " select d.number from named join debtors d"
        f" on d.tenant_id = %(tenant)s and d.debtor_id = named.book_id where true{more}"
    )


def books_found(match: Match) -> str:
    """Return the books with all words: those of the rarest word, and of these the ones with the
    others."""
    more = "".join(_either(n, "found.book_id", "i.debtor") for n in range(1, len(match.words)))
    return (
        f"select found.book_id from (select book_id from words"
        f" where tenant_id = %(tenant)s and {_range(0, kind='invoice')}"
        f" union select book_id from words where tenant_id = %(tenant)s and {_range(0)}"
        " union select i.invoice_id from words join debtors d"
        " on d.tenant_id = words.tenant_id and d.debtor_id = words.book_id"
        " join invoices i on i.tenant_id = d.tenant_id and i.debtor = d.number"
        f" where words.tenant_id = %(tenant)s and {_range(0)}"
        " union select invoice_id from invoices"
        " where tenant_id = %(tenant)s and debtor = any(%(typed_0)s)) found"
        " left join invoices i on i.tenant_id = %(tenant)s and i.invoice_id = found.book_id"
        f" where true{more}"
    )


def _either(n: int, book: str, debtor: str) -> str:
    return f" and ({_own(n, book)} or {_typed_as(n, debtor)} or {_of_debtor(n, debtor)})"


def _own(n: int, book: str) -> str:
    """Return whether the book itself has the word.

    It is looked up for each row: ``exists`` would let the planner read all places of a word first.
    """
    return (
        "coalesce((select true from words own where own.tenant_id = %(tenant)s"
        f" and own.book_id = {book}"
        f' and own.word collate "C" >= %(word_{n})s and own.word collate "C" < %(until_{n})s'
        " limit 1), false)"
    )


def _of_debtor(n: int, debtor: str) -> str:
    return (
        "coalesce((select true from debtors d"
        " join words on words.tenant_id = d.tenant_id and words.book_id = d.debtor_id"
        f" where d.tenant_id = %(tenant)s and d.number = {debtor} and {_range(n)} limit 1), false)"
    )


def _typed_as(n: int, debtor: str) -> str:
    return f"{debtor} = any(%(typed_{n})s)"


def _range(n: int, table: str = "words", kind: str = "debtor") -> str:
    word = f'{table}.word collate "C"'
    return f"{table}.kind = '{kind}' and {word} >= %(word_{n})s and {word} < %(until_{n})s"


def _typed(text: str, word: str) -> list[str]:
    given = [part for part in text.split() if search_words(part)[:1] == (word,)]
    return [*dict.fromkeys(form for part in given for form in (part, part.upper()))]
