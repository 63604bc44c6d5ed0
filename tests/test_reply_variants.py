"""What a customer answers is found, whatever their mail program makes of it; it is never lost.

``pytest -s tests/test_reply_variants.py`` prints the shares.
"""

from collections import Counter

from api.mail.parse import read
from commands.inbox.message import WHOLE, ParsedMessage
from support.mail_samples import mail, share
from support.reply_variants import CLIENTS, NESTED, QUOTED, WORDS, Variant, variants


def parsed(variant: Variant) -> ParsedMessage:
    kind = "text/html" if variant.html else "text/plain"
    fields = ("From: jan@bakery.example", f"Content-Type: {kind}; charset=utf-8")
    return read(mail(*fields, text=variant.text))


def is_right(variant: Variant, message: ParsedMessage) -> bool:
    """Whether all that is new is there, and nothing of what is quoted."""
    if variant.expected is None:
        return WHOLE in message.flags and QUOTED in message.reply
    lines = [line for line in variant.expected.split("\n") if line]
    found = [line for line in message.reply.split("\n") if line]
    mine = [line for line in found if line in lines]
    strange = (QUOTED, NESTED, "sam@seller.example", "2026-0017", "22")
    return mine == lines and not any(word in message.reply for word in strange)


def test_there_are_fifty_for_each_program_and_language() -> None:
    counts = Counter((one.client, one.language) for one in variants())
    assert len(counts) == len(CLIENTS) * len(WORDS)
    assert set(counts.values()) == {50}


def test_what_was_written_is_found() -> None:
    right, of = Counter[str](), Counter[str]()
    wrong = Counter[tuple[str, str, str]]()
    for one in variants():
        of[one.client] += 1
        good = is_right(one, parsed(one))
        right[one.client] += good
        if not good:
            wrong[one.client, one.language, one.shape] += 1
    print(*(f"wrong: {where} {count}" for where, count in wrong.items()), sep="\n")  # noqa: T201
    shares = {client: share(client, right[client], of[client]) for client in of}
    assert share("replies made up, all", right.total(), of.total()) >= 0.95
    assert min(shares.values()) >= 0.95


def test_none_is_silently_empty() -> None:
    read_as = [(one, parsed(one)) for one in variants()]
    silent = [one for one, message in read_as if message.text.strip() and not message.reply.strip()]
    assert silent == []
    whole = [one for one, message in read_as if WHOLE in message.flags]
    assert {one.shape for one in whole} == {"forward only"}


def test_a_mail_without_words_has_none() -> None:
    message = read(mail("From: jan@bakery.example", text="\n \n"))
    assert (message.reply.strip(), message.flags) == ("", ())
