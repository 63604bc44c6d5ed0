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
COMMON = 2_000  # rows: a word of more is looked for in each book instead
LAST = "\U0010ffff"  # after every character that a word has


@dataclass(frozen=True)
class Match:
    """The words of a search, the rarest first; ``common`` when even that one has many books."""

    words: Sequence[str]
    typed: Sequence[Sequence[str]]  # how each word was typed, which may be a debtor's number
    common: bool


@dataclass(frozen=True)
class WordWeight:
    """The number of places of a word, up to ``COMMON``."""

    word: str
    found: int


def weigh(tenant: str, text: str) -> Query[WordWeight]:
    """Count where the words of a text are found, the rarest first."""
    return Query(
        "select asked.word, (select count(*) from (select from words where tenant_id = %(tenant)s"
        ' and words.word collate "C" >= asked.word and words.word collate "C" < asked.until'
        " limit %(common)s) places) as found"
        " from unnest(%(words)s::text[], %(until)s::text[]) asked (word, until) order by found",
        {
            "tenant": tenant,
            "words": (words := [*search_words(text)[:MOST_WORDS]]),
            "until": [word + LAST for word in words],
            "common": COMMON,
        },
        WordWeight,
    )


def match_of(text: str, weights: Sequence[WordWeight]) -> Match:
    """Return the search for a text, whose words were weighed."""
    words = [weight.word for weight in weights]
    common = bool(weights) and weights[0].found >= COMMON
    return Match(words, [_typed(text, word) for word in words], common)


def match_parameters(match: Match | None) -> Mapping[str, Any]:
    found = dict[str, Any]()
    for n, word in enumerate(match.words if match else ()):
        found |= {f"word_{n}": word, f"until_{n}": word + LAST}
        found[f"typed_{n}"] = match.typed[n] if match else []
    return found


def invoices_match(match: Match | None, table: str, book: str = "book_id") -> str:
    """Return the condition for rows about an invoice, of a table with the columns ``book``, which
    may be that of a debtor, too, and ``debtor``."""
    if match is None:
        return ""
    if not match.words:
        return " and false"
    if match.common:
        return "".join(
            _either(n, f"{table}.{book}", f"{table}.debtor") for n in range(len(match.words))
        )
    return f" and {table}.{book} in ({_books(match)})"


def debtors_match(match: Match | None, debtor: str) -> str:
    """Return the condition for rows about a debtor as a whole; ``debtor`` is their number."""
    if match is None:
        return ""
    if not match.words:
        return " and false"
    more = "".join(f" and {_own(n, 'd.debtor_id')}" for n in range(1, len(match.words)))
    return (
        f" and ({debtor} in (select d.number from words join debtors d"
        " on d.tenant_id = words.tenant_id and d.debtor_id = words.book_id"
        f" where words.tenant_id = %(tenant)s and {_range(0)}{more})"
        f" or {debtor} = any(%(typed_0)s))"
    )


def _books(match: Match) -> str:
    """Return the books with all words: those of the rarest word, and of these the ones with the
    others."""
    more = "".join(_either(n, "found.book_id", "i.debtor") for n in range(1, len(match.words)))
    return (
        f"select found.book_id from (select book_id from words"
        f" where tenant_id = %(tenant)s and {_range(0)}"
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
    return (
        f" and ({_own(n, book)} or {debtor} = any(%(typed_{n})s) or exists (select from debtors d"
        " join words on words.tenant_id = d.tenant_id and words.book_id = d.debtor_id"
        f" where d.tenant_id = %(tenant)s and d.number = {debtor} and {_range(n)}))"
    )


def _own(n: int, book: str) -> str:
    return (
        "exists (select from words own where own.tenant_id = %(tenant)s"
        f" and own.book_id = {book} and {_range(n, 'own')})"
    )


def _range(n: int, table: str = "words") -> str:
    word = f'{table}.word collate "C"'
    return f"{word} >= %(word_{n})s and {word} < %(until_{n})s"


def _typed(text: str, word: str) -> list[str]:
    given = [part for part in text.split() if search_words(part)[:1] == (word,)]
    return [*dict.fromkeys(form for part in given for form in (part, part.upper()))]
