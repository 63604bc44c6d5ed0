"""The parts of an e-mail: its text, its HTML, and everything else as attachments."""

import re
from dataclasses import dataclass, field
from email.generator import BytesGenerator
from email.message import Message as Mail
from email.policy import Compat32
from io import BytesIO

from api.mail import charsets, markup
from commands.fields import legible
from commands.inbox.message import Attachment

FIELD = 100_000  # characters of a header field that are kept
TYPE_FIELD = 2_000  # of a Content field: the standard library splits it in quadratic time
PAGE = 2_000_000  # characters of HTML that are read as text
NAME = 150  # characters of a file name that are kept, the last ones
ENCODINGS = ("", "7bit", "8bit", "binary", "quoted-printable", "base64", "x-uuencode", "uuencode")
UNNAMEABLE = re.compile(r'[\x00-\x1f\x7f-\x9f<>:"|?*]')


class Bounded(Compat32):
    """The standard library's policy, with a limit to each header field and without folding."""

    def header_source_parse(self, sourcelines: list[str]) -> tuple[str, str]:
        name, value = super().header_source_parse(sourcelines)
        return name, value[: TYPE_FIELD if name.lower().startswith("content-") else FIELD]

    def fold_binary(self, name: str, value: str) -> bytes:
        return f"{name}: {value}\n".encode("utf-8", "surrogateescape")


POLICY = Bounded(mangle_from_=False)


class AsItCame(BytesGenerator):
    """Writer of a message unchanged; the library's own fails on parts without a boundary."""

    def _handle_multipart(self, msg: Mail) -> None:
        kind = "multipart" if msg.is_multipart() else "text"
        getattr(super(), f"_handle_{kind}")(msg)


@dataclass
class Content:
    """The content of one e-mail, collected from its parts."""

    texts: list[tuple[bool, str]] = field(default_factory=list)  # whether it is HTML, and its text
    pages: list[str] = field(default_factory=list)
    attachments: list[Attachment] = field(default_factory=list)
    flags: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "\n\n".join(text for _, text in self.texts if text.strip())

    def flag(self, what: str) -> None:
        if what not in self.flags:
            self.flags.append(what)

    def attach(self, name: str, media_type: str, content: bytes) -> None:
        name = name or f"part-{len(self.attachments) + 1}"
        self.attachments.append(Attachment(name, media_type, content))


def content_of(mail: Mail) -> Content:
    """Collect every leaf, as text, HTML or attachment."""
    found = Content()
    _take(mail, found)
    if not found.text:
        _take_outside(mail, found)
    return found


def _take(part: Mail, found: Content) -> None:
    before = len(found.texts)
    if not part.is_multipart():
        _take_leaf(part, found)
    elif part.get_content_maintype() == "message":
        _attach_message(part, found)
    else:
        for child in children(part):
            _take(child, found)
    if part.get_content_type() == "multipart/alternative":
        texts = found.texts[before:]
        plain = [(is_page, text) for is_page, text in texts if not is_page and text.strip()]
        found.texts[before:] = plain or texts
    for defect in part.defects:
        found.flag(type(defect).__name__.removesuffix("Defect"))


def _take_leaf(part: Mail, found: Content) -> None:
    kind, name, content = part.get_content_type(), _file_name(part), _decoded(part, found)
    attached = name or part.get_content_disposition() == "attachment"
    if kind == "text/html" and not attached:
        _take_page(part, content, found)
    elif (kind == "text/plain" or kind.startswith("multipart/")) and not attached:
        found.texts.append((False, _text(part, content, found)))
    elif content or name:
        found.attach(name, kind, content)


def _take_page(part: Mail, content: bytes, found: Content) -> None:
    page = _text(part, content, found)
    if len(page) > PAGE:
        found.flag("long page: its end is only in the HTML")
    found.pages.append(page)
    found.texts.append((True, markup.as_text(page[:PAGE])))


def _text(part: Mail, content: bytes, found: Content) -> str:
    """Return the text; if its charset was a guess, attach the bytes as well."""
    charset = _parameter(part, "charset")
    text, sure = charsets.decode(content, charset)
    if not sure:
        found.flag(f"charset guessed, declared as {charset[:40] or 'nothing'}")
        found.attach("", "application/octet-stream", content)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _attach_message(part: Mail, found: Content) -> None:
    messages = children(part)
    content = b"\n".join(_source(message) for message in messages)
    name = _file_name(part)
    if part.get_content_type() == "message/rfc822" and not name:
        subject = charsets.header(str(messages[0]["Subject"] or "")) if messages else ""
        name = _safe(f"{subject or 'message'}.eml")
    found.attach(name, part.get_content_type(), content)


def _source(message: Mail) -> bytes:
    out = BytesIO()
    AsItCame(out, policy=POLICY).flatten(message)
    return out.getvalue()


def _take_outside(mail: Mail, found: Content) -> None:
    """Add the text before the first part and after the last, which should be empty."""
    for outside in (mail.preamble, mail.epilogue):
        if outside and outside.strip():
            text, _ = charsets.decode(outside.encode("utf-8", "surrogateescape"), "")
            found.texts.append((False, text))
            found.flag("text outside the parts")


def _decoded(part: Mail, found: Content) -> bytes:
    encoding = charsets.header(str(part.get("Content-Transfer-Encoding", ""))).lower()
    meant = encoding.strip("; \"'").replace(" ", "-")
    if meant not in ENCODINGS:
        found.flag(f"unknown encoding {encoding[:40]}")
    elif meant != encoding:
        part.replace_header("Content-Transfer-Encoding", meant)
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def children(part: Mail) -> list[Mail]:
    payload = part.get_payload()
    return (
        [child for child in payload if isinstance(child, Mail)] if isinstance(payload, list) else []
    )


def _parameter(part: Mail, name: str) -> str:
    try:
        value = part.get_param(name)
    except (ValueError, LookupError):  # a malformed number or charset of RFC 2231
        return ""
    return str(value[2] if isinstance(value, tuple) else value or "")


def _file_name(part: Mail) -> str:
    try:
        return _safe(charsets.header(part.get_filename() or ""))
    except (ValueError, LookupError):
        return _safe(_parameter(part, "name")) or "unnamed"


def _safe(name: str) -> str:
    return UNNAMEABLE.sub("", legible(re.split(r"[/\\]", name)[-1])).strip(". ")[-NAME:]
