"""Sample documents: a PDF for signed papers, a mail for messages."""

from dataclasses import dataclass
from email.header import Header
from hashlib import sha256

from commands.invoices.contacts import AttachDocument

ESCAPES = str.maketrans({sign: f"\\{sign}" for sign in "\\()"})


@dataclass(frozen=True)
class Paper:
    """A received file."""

    name: str
    media_type: str
    content: bytes

    @property
    def sha256(self) -> str:
        return sha256(self.content).hexdigest()

    def attached_to(self, invoice: str) -> AttachDocument:
        return AttachDocument(
            invoice=invoice,
            sha256=self.sha256,
            name=self.name,
            media_type=self.media_type,
            size=len(self.content),
        )


def pdf(name: str, *lines: str) -> Paper:
    """Return an A4 page with these lines, in a standard font of PDF."""
    text = " T* ".join(f"({line.translate(ESCAPES)}) Tj" for line in lines)
    stream = f"BT /F1 12 Tf 16 TL 60 780 Td {text} ET".encode("cp1252", "replace")
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        b" /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    )
    return Paper(name, "application/pdf", _file(objects))


def mail(name: str, sender: str, to: str, subject: str, body: str, own_id: str = "") -> Paper:
    """Return a message in the format of RFC 5322 (the subject by RFC 2047)."""
    title = subject if subject.isascii() else Header(subject, "utf-8", 900).encode()
    head = f"From: {sender}\r\nTo: {to}\r\nSubject: {title}\r\nMIME-Version: 1.0\r\n"
    head += f"Message-ID: <{own_id}>\r\n" if own_id else ""
    kind = "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
    return Paper(name, "message/rfc822", f"{head}{kind}{body}\r\n".encode())


def _file(objects: tuple[bytes, ...]) -> bytes:
    """Return the objects, the table of their offsets, and the trailer."""
    content, offsets = b"%PDF-1.4\n", list[int]()
    for number, body in enumerate(objects, 1):
        offsets.append(len(content))
        content += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    size = len(objects) + 1
    return b"%sxref\n0 %d\n0000000000 65535 f \n%strailer\n<< /Size %d /Root 1 0 R >>\n" % (
        content,
        size,
        table,
        size,
    ) + (b"startxref\n%d\n%%%%EOF\n" % len(content))
