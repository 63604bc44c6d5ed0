"""The new text of a reply, without quotations and signature.

The first quotation header ends it: "On … wrote:", an Outlook block of From, Sent, To, Subject, or
a line such as "-----Original Message-----". Answers below or between the quoted lines are kept, and
so is what is doubtful. Each line is read a bounded number of times.
"""

import re

from api.mail import reply_words as words

MAX_LENGTH = 200_000  # characters; a person writes less
LINE = 300  # characters of a line that can be a header
WINDOW = 6  # lines that a header may take
BLOCK = 12  # lines of an Outlook header
SIGNATURE = 25  # lines after "--"; more is text
RULED = re.compile(r"[-_=*#~+ᐧ\s]+$")
SENTENCE = re.compile(r"\w{5,}[.!?]$")


def newly_written(text: str) -> str:
    """Return the new text; empty if all of it is quoted."""
    lines = (text if len(text) <= MAX_LENGTH else text[:MAX_LENGTH].rpartition("\n")[0]).split("\n")
    start, end = _header(lines, 0)
    before, after = lines[:start], lines[end:]
    above = _trimmed(before)
    below = _trimmed(_below(after, bool(above))) if after else []
    return "\n".join([*above, "", *below] if above and below else above or below)


def _below(after: list[str], above: bool) -> list[str]:
    """Return the answers after a header: between the quoted lines, or below them."""
    after = after[: _header(after, 0)[0]]
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
    return not line.strip() or bool(
        RULED.match(line) or words.SENT_FROM.match(words.LINK.sub(" ", line))
    )


def _header(lines: list[str], at: int) -> tuple[int, int]:
    """Return the first line of the first header and the line after it; the end if none."""
    for index in range(at, len(lines)):
        line = lines[index]
        if len(line) > LINE or not line.strip():
            continue
        if line[0] != ">" and (words.SEPARATOR.match(line) or words.BARE.match(line)):
            return index, index + 1
        if start := _wrote(lines, index):
            return start - 1, index + 1
        if line[0] != ">" and (end := _block(lines, index)):
            return index, end
    return len(lines), len(lines)


def _wrote(lines: list[str], last: int) -> int:
    """Return the number (from 1) of the first line of the header that ends in ``last``; 0: none."""
    if not lines[last].rstrip(" \t*_-\xa0").endswith((":", "\N{FULLWIDTH COLON}", "wrote")):
        return 0
    joined, found = "", 0
    for index in range(last, max(-1, last - WINDOW), -1):
        line = lines[index].strip()
        if len(line) > LINE or (index < last and SENTENCE.search(line[-40:])):
            break
        joined = f"{line} {joined}" if line else joined
        if line and line[0] != ">" and words.WROTE.search(joined):
            opening = words.OPENING.match(line)
            if opening and (words.WHEN.search(joined) or "@" in joined):
                return index + 1
            if "@" in joined and not found:
                found = index + 1
    return found


def _block(lines: list[str], first: int) -> int:
    """Return the line after an Outlook header that begins in ``first``; 0: none does."""
    if not (label := _label(lines[first])):
        return 0
    seen, end = {label}, first + 1
    for index, line in enumerate(lines[end : first + BLOCK], end):
        if label := _label(line):
            if label in seen:
                break
            seen.add(label)
            end = index + 1
        elif not line.strip() and len(seen) > 2:
            break
    others = len(seen - {"from", "copy"})
    return end if "from" in seen and others >= 2 else 0


def _label(line: str) -> str | None:
    found = words.LABEL.match(line[:LINE])
    return words.LABEL_OF.get(found[1].casefold()) if found else None
