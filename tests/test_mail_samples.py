"""All the real mails: none stops the reading, nothing is lost, and how much is understood.

`pytest -s tests/test_mail_samples.py` prints the shares.
"""

import email
from collections.abc import Iterator
from email.message import Message as Mail
from pathlib import Path
from time import process_time

import pytest

from api.mail import charsets
from api.mail.markup import as_text
from api.mail.parse import read
from api.mail.reply import newly_written
from commands.inbox.message import MessageKind, ParsedMessage
from support.mail_samples import FOLDERS, expected, mails, share

NO_FAILURE = {"feedback", "vacation", "delivered"}  # what Sisimai calls those that are no bounces
FUSCE = "Fusce bibendum, quam hendrerit"  # the same reply, by 18 mail programs
TALON = "Hi. I am fine.\n\nThanks,\nAlex"


@pytest.fixture(params=FOLDERS)
def some(request: pytest.FixtureRequest, data: Path) -> list[Path]:
    found = mails(data, request.param)
    assert len(found) > 150
    return found


def test_every_mail_is_read_and_no_part_is_lost(some: list[Path]) -> None:
    slowest = (0.0, Path())
    for path in some:
        raw, start = path.read_bytes(), process_time()
        message = read(raw)
        slowest = max(slowest, (process_time() - start, path))
        lost = [part.get_content_type() for part in _leaves(raw) if not _kept(part, message)]
        assert not lost, path
        assert not set(message.reply.split("\n")) - {"", *message.text.split("\n")}, path
    print(f"slowest: {slowest[1].name}, {slowest[0]:.3f} s")  # noqa: T201


def _leaves(raw: bytes) -> Iterator[Mail]:
    """As the standard library sees them, those of messages in the message included."""
    return (part for part in email.message_from_bytes(raw).walk() if not part.is_multipart())


def _kept(part: Mail, message: ParsedMessage) -> bool:
    content = part.get_payload(decode=True)
    assert isinstance(content, bytes)
    if not content.strip() or any(
        _lines(content) == _lines(a.content) for a in message.attachments
    ):
        return True
    text, _ = charsets.decode(content, str(part.get_content_charset() or ""))
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text in message.text or text in message.html or _inside(part, message)


def _inside(part: Mail, message: ParsedMessage) -> bool:
    """In a message or a report that is kept as it came."""
    lines = _lines(str(part.get_payload()).encode("utf-8", "surrogateescape"))
    kept = (one for one in message.attachments if one.media_type.startswith("message/"))
    return any(set(lines) <= set(_lines(one.content)) for one in kept)


def _lines(content: bytes) -> list[bytes]:
    return [line.strip() for line in content.splitlines()]


def test_the_replies_are_what_discourse_expects(data: Path) -> None:
    folder = data / "mail_replies" / "discourse-email_reply_trimmer"
    files = sorted((folder / "emails").iterdir())
    right = sum(_reply(path) == _text(folder / "trimmed" / path.name).strip("\n") for path in files)
    assert share("replies, discourse", right, len(files)) >= 0.96


def test_the_replies_are_what_talon_expects(data: Path) -> None:
    folder = data / "mail_replies" / "mailgun-talon"
    plain = sorted((folder / "standard_replies").iterdir())
    pages = sorted((folder / "html_replies").iterdir())
    right = sum(read(path.read_bytes()).reply.strip() == "Hello" for path in plain)
    right += sum(newly_written(as_text(_text(path))).split() == TALON.split() for path in pages)
    assert share("replies, talon", right, len(plain) + len(pages)) == 1


def test_one_reply_by_many_mail_programs(data: Path) -> None:
    """In two sets the text before the quotation is the same five lines in most files."""
    texts = [_text(path) for path in mails(data, "mail_replies") if path.suffix == ".txt"]
    texts = [text for text in texts if text.startswith(FUSCE)]
    right = sum(len(newly_written(text).splitlines()) == 5 for text in texts)
    assert share("replies, crisp and willdurand", right, len(texts)) >= 0.75


def _reply(path: Path) -> str:
    return newly_written(_text(path)).strip("\n")


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def test_no_reply_of_a_person_is_taken_for_a_machine(data: Path) -> None:
    replies = [*mails(data, "mail_replies"), *mails(data / "mail_mime", "redmine")]
    kinds = [read(path.read_bytes()).kind for path in replies]
    assert set(kinds) == {MessageKind.PERSON}


def test_bounces_are_what_sisimai_expects(data: Path) -> None:
    folder = data / "mail_bounces" / "sisimai-set-of-emails" / "maildir" / "bsd"
    known = expected(data, "sisimai_expected.json")
    read_as = {name: read((folder / name).read_bytes()) for name in known}
    bounces = {n: e for n, e in known.items() if not {one["reason"] for one in e} & NO_FAILURE}
    others = [read_as[name].kind for name in sorted(known.keys() - bounces.keys())]
    assert MessageKind.BOUNCE not in others
    assert (
        share("reports and vacations, sisimai", others.count(MessageKind.AUTO_REPLY), len(others))
        > 0.75
    )
    found = [name for name in bounces if read_as[name].kind is MessageKind.BOUNCE]
    status = sum(
        {one["status"][0] for one in bounces[name]} == _classes(read_as[name]) for name in found
    )
    named = sum(bool(read_as[name].failures[0].recipient) for name in found)
    about = sum(bool(read_as[name].about) for name in found)
    assert share("bounces, sisimai", len(found), len(bounces)) >= 0.97
    assert share("  of these, permanent or temporary as expected", status, len(found)) >= 0.97
    assert share("  of these, recipient known", named, len(found)) >= 0.9
    assert share("  of these, our message known", about, len(found)) >= 0.75


def _classes(message: ParsedMessage) -> set[str]:
    """5 or 4, as in a status of RFC 3463."""
    return {one.status[:1] or ("5" if one.permanent else "4") for one in message.failures}


def test_bounces_are_what_flufl_expects(data: Path) -> None:
    folder = data / "mail_bounces" / "flufl-bounce" / "data"
    known = expected(data, "flufl_expected.json")
    right = 0
    for name, one in known.items():
        failures = read((folder / name).read_bytes()).failures
        delayed = {failure.recipient for failure in failures if failure.delayed}
        failed = {failure.recipient for failure in failures} - delayed
        right += (delayed, failed) == tuple(
            {mail.lower() for mail in one[kind]} for kind in ("temporary", "permanent")
        )
    assert share("bounces, flufl.bounce", right, len(known)) >= 0.98


def test_line_ends_make_no_difference(data: Path) -> None:
    maildir = data / "mail_bounces" / "sisimai-set-of-emails" / "maildir"
    for kind in ("dos", "mac"):
        for path in sorted((maildir / kind).iterdir()):
            same = maildir / ("dos" if kind == "mac" else "bsd") / path.name
            if same.exists():
                one, other = read(path.read_bytes()), read(same.read_bytes())
                assert (one.text, one.failures) == (other.text, other.failures), path


def test_what_is_no_bounce_is_none(data: Path) -> None:
    folder = data / "mail_bounces" / "sisimai-set-of-emails" / "maildir"
    kinds = {path.name: read(path.read_bytes()).kind for path in (folder / "not").iterdir()}
    assert MessageKind.BOUNCE not in kinds.values()
    away = [read(path.read_bytes()).kind for path in (folder / "bsd").glob("rfc3834-*")]
    assert away == [MessageKind.AUTO_REPLY, MessageKind.AUTO_REPLY]
