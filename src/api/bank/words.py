"""Words that mean nothing was given, and lines that a bank wrapped."""

NOT_GIVEN = {"NOTPROVIDED", "NONREF", "NOREF", "NOTAVAILABLE"}


def given(reference: str) -> str:
    """Return the reference, "" if it is one of the words for none."""
    plain = reference.strip()
    return "" if plain.upper().replace(" ", "") in NOT_GIVEN else plain


def joined(lines: list[str], width: int) -> str:
    """Return the lines as one: a line of the full width was cut within a word, others ended.

    With width 0 every line is one of its own.
    """
    whole = ""
    for line in lines:
        cut = width and len(line) >= width and not line.endswith(" ")
        whole += line if cut else f"{line.rstrip()} "
    return whole.strip()
