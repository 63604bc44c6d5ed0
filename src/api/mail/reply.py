"""The new text of a reply, without quotations and signature.

The first quotation header ends it: "On … wrote:", an Outlook block of From, Sent, To, Subject, or
a line such as "-----Original Message-----"; it may be quoted itself. Answers below or between the
quoted lines are kept, and so is what is doubtful. Each line is read a bounded number of times.
"""

import re
from string import whitespace
from typing import NamedTuple

from api.mail import reply_words as words

MAX_LENGTH = 200_000  # characters; a person writes less
LINE = 300  # characters of a line that can be a header
WINDOW = 6  # lines that a header may take
BLOCK = 12  # lines of an Outlook header
NOTES, DATE = 16, 40  # lines of a header of old Notes; characters of its date
SIGNATURE = 25  # lines after "--"; more is text
RULED = re.compile(r"[-_=*#~+ᐧ\s]+$")
SENTENCE = re.compile(r"\w{5,}[.!?]$")


class Header(NamedTuple):
    """The lines of a quotation header: the first, and the one after the last."""

    start: int
    end: int
    forwards: bool = False  # what follows is quoted, though it has no marks


def newly_written(text: str) -> str:
    """Return the new text; empty if all of it is quoted, or if it only forwards."""
    lines = (text if len(text) <= MAX_LENGTH else text[:MAX_LENGTH].rpartition("\n")[0]).split("\n")
    header = _header(lines, 0)
    before, after = lines[: header.start], lines[header.end :]
    above = _trimmed(before)
    below = _trimmed(_below(after, bool(above) or header.forwards)) if after else []
    return "\n".join([*above, "", *below] if above and below else above or below)


def _below(after: list[str], above: bool) -> list[str]:
    """Return the answers after a header: between the quoted lines, or below them.

    Lines without marks are an answer only when there is none above.
    """
    after = after[: _header(after, 0, marked=False).start]
    first = next((index for index, line in enumerate(after) if line.strip()), 0)
    if not after or not _quoted(after[first]):
        return [] if above else after
    end = next(
        (i for i in range(first, len(after)) if after[i].strip() and not _quoted(after[i])), None
    )
    if end is None:
        return []
    rest = _trimmed(after[end:])
    between = any(_quoted(line) for line in rest)
    return after[first:end] + rest if between else rest


def _quoted(line: str) -> bool:
    return line.lstrip().startswith((">", "|"))


def _trimmed(lines: list[str]) -> list[str]:
    """Cut off signature, rules and quotation at the end, and blank lines at both ends."""
    end = _signature(lines)
    while end and (_idle(lines[end - 1]) or lines[end - 1].startswith(">")):
        end -= 1
    start = next((index for index in range(end) if lines[index].strip()), end)
    return lines[start:end]


def _signature(lines: list[str]) -> int:
    """Return where the signature begins: at the last "--", if few lines follow."""
    for index in range(len(lines) - 1, max(-1, len(lines) - 1 - SIGNATURE), -1):
        if lines[index].rstrip() in ("--", "—", "-- \xa0"):
            return index
    return len(lines)


def _idle(line: str) -> bool:
    """Return whether the line is blank, a rule, or like "Sent from my phone"."""
    if len(line) > LINE:
        return False
    return not line.strip(f"\u200b\ufeff{whitespace}") or bool(
        RULED.match(line) or words.SENT_FROM.match(words.LINK.sub(" ", line))
    )


def _header(lines: list[str], at: int, marked: bool = True) -> Header:
    """Return the first header, with ``marked`` also one that is quoted itself; the end if none."""
    for index in range(at, len(lines)):
        line = lines[index]
        if len(line) > LINE or not line.strip() or (_quoted(line) and not marked):
            continue
        bare = _bare(line)
        if words.SEPARATOR.match(bare):
            return Header(index, _after_separator(lines, index + 1), forwards=True)
        if words.BARE.match(bare):
            return Header(index, index + 1)
        if end := _notes(lines, index):
            return Header(index, end, forwards=True)
        if start := _wrote(lines, index):
            return Header(start - 1, index + 1)
        if end := _block(lines, index):
            return Header(index, end, forwards=not _quoted(line))
    return Header(len(lines), len(lines))


def _after_separator(lines: list[str], at: int) -> int:
    """Return the line after the header that stands directly below a separator, if any does."""
    first = next((i for i in range(at, min(at + WINDOW, len(lines))) if lines[i].strip()), at)
    if first < len(lines) and words.BARE.match(_bare(lines[first])):
        at = first = first + 1
    if end := _block(lines, first) if first < len(lines) else 0:
        return end
    lasts = range(first, min(first + WINDOW, len(lines)))
    return next((last + 1 for last in lasts if _wrote(lines, last)), at)


def _bare(line: str) -> str:
    """Return the line without the marks of a quotation."""
    return line.lstrip("> ") if _quoted(line) else line


def _wrote(lines: list[str], last: int) -> int:
    """Return the number (from 1) of the first line of the header that ends in ``last``; 0: none."""
    if not lines[last].rstrip(" \t*_-\xa0").endswith((":", "\N{FULLWIDTH COLON}", "wrote")):
        return 0
    joined, found, marked = "", 0, _is_marked(lines, last)
    for index in range(last, max(-1, last - WINDOW), -1):
        if index < last and lines[index].strip() and _quoted(lines[index]) is not marked:
            break
        line = _bare(lines[index]).strip()
        if len(line) > LINE or (index < last and SENTENCE.search(line[-40:])):
            break
        joined = f"{line} {joined}" if line else joined
        if line and words.WROTE.search(joined):
            opening = words.OPENING.match(line)
            if opening and (words.WHEN.search(joined) or "@" in joined):
                return index + 1
            if "@" in joined and not found:
                found = index + 1
    return found


def _is_marked(lines: list[str], last: int) -> bool:
    """Return whether a header that ends in ``last`` is quoted; "> wrote:" may close a bracket."""
    if not _quoted(lines[last]) or not words.ALONE.match(_bare(lines[last])):
        return _quoted(lines[last])
    before = reversed(lines[max(0, last - WINDOW) : last])
    return _quoted(next((line for line in before if line.strip()), ">"))


def _block(lines: list[str], first: int) -> int:
    """Return the line after an Outlook header that begins in ``first``; 0: none does."""
    if not (label := _label(_bare(lines[first]))):
        return 0
    seen, end, marked = {label}, first + 1, _quoted(lines[first])
    for index, line in enumerate(lines[end : first + BLOCK], end):
        if line.strip() and _quoted(line) is not marked:
            break
        if label := _label(_bare(line)):
            if label in seen:
                break
            seen.add(label)
            end = index + 1
        elif not line.strip() and len(seen) > 2:
            break
    others = len(seen - {"from", "copy"})
    return end if "from" in seen and others >= 2 else 0


def _notes(lines: list[str], first: int) -> int:
    """Return the line after a header of old Notes: sender, date, then labels and values apart."""
    if not words.SENDER.match(lines[first]):
        return 0
    rest = [(i, lines[i].strip()) for i in range(first + 1, min(first + NOTES, len(lines)))]
    rest = [(index, line) for index, line in rest if line]
    if len(rest) < 3 or len(rest[0][1]) > DATE or not words.WHEN.search(rest[0][1]):
        return 0
    labels = [(index, words.LABEL_OF.get(line.casefold())) for index, line in rest[1:]]
    if labels[0][1] != "to":
        return 0
    subject = next((index for index, label in labels if label == "subject"), labels[0][0])
    return min(subject + 2, len(lines))


def _label(line: str) -> str | None:
    found = words.LABEL.match(line[:LINE])
    return words.LABEL_OF.get(found[1].casefold()) if found else None
