"""Why a line or a file cannot be imported, in the reader's language.

The options of the command line stand in the English text; a page names what it has instead.
"""

import re

from api.i18n.reasons import written_reason
from api.i18n.refusals import kept_refusal
from api.i18n.translate import Translation
from api.i18n.wording import Wording

REASONS = (  # what an import answers, and the text of the page
    (r"is empty", "is empty"),
    (r"is empty: nobody knows .*", "is empty: nobody knows whose money it is"),
    (r"is missing; map it, or set --terms DAYS", "is missing: choose its column, or give the term"),
    (r"is on line (?P<line>\d+) already", "is on line {line} already"),
    (r"(?P<value>'.*') is not a date written as .*", "{value} is not a day as chosen"),
    (r"(?P<value>'.*') is not an amount.*", "{value} is not an amount"),
    (
        r"(?P<value>'.*') can be (?P<first>\S+) or (?P<second>\S+): set --decimal",
        "{value} can be {first} or {second}: choose the decimal sign",
    ),
    (
        r"(?P<value>'.*') is no known type; .*",
        "{value} is no known kind of line: choose what it means",
    ),
    (r"(?P<value>'.*') is neither yes nor no", "{value} is neither yes nor no"),
    (
        r"the last line has no end: the file may be cut off",
        "the last line has no end: the file may be cut off",
    ),
    (r"(?P<value>'.*') is not the code of a country, .*", "{value} is not the code of a country"),
    (r"(?P<value>'.*') is not the code of a language, .*", "{value} is not the code of a language"),
    (r"is in another currency here", "is in another currency here"),
    (
        r"(?P<why>\d+ of the \d+ (open invoices|debtors) are not in the list).*--close-most\..*",
        "This does not seem to be the full list: check it again and confirm that it is.",
    ),
    (
        r"The full list of (?P<later>\S+) was imported already.*",
        "A later full list was imported already, of {later}: this list would undo it.",
    ),
    (r"Name the column of (?P<field>.+): --map .*", "Choose the column of: {field}."),
)


def import_reason(words: Translation, why: str, code: str = "") -> str:
    """Return why a line or a file is rejected in the reader's language; ``code`` is of the rule
    that refused it, if one did."""
    for pattern, text in REASONS:
        if found := re.fullmatch(pattern, why, re.DOTALL):
            return words(text, **found.groupdict())
    return written_reason(words(kept_refusal(code, why, words)), Wording(words), str)
