"""Reading of the forms that people fill in."""

from collections.abc import Sequence
from decimal import Decimal
from hashlib import sha256
from typing import Any
from uuid import UUID

from fastapi import Request
from python_multipart.exceptions import FormParserError
from starlette.datastructures import FormData, UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser

from api.http.kit.uploads import ANY, AROUND, MAX_BYTES, MEDIA_TYPE, read_limited
from api.http.server.problems import Problem
from commands.disputes.resolver_answers import ResolverAnswer
from commands.fields import legible
from ledger.facts.codes import Outcome
from ledger.facts.invoice.state import Invoice
from ledger.policy.amount_text import read_amount

MAX_FIELD_BYTES = 100_000
WITH_CREDIT = (Outcome.CREDITED, Outcome.CORRECTED)


class FilledForm:
    """A form that a person filled in, with its file in memory."""

    def __init__(self, fields: dict[str, str], name: str, content: bytes, media_type: str) -> None:
        self.fields, self.content, self.media_type = fields, content, media_type
        self.name = legible(name)
        self.files: list[tuple[str, bytes]] = []  # all of them, where several may come

    @property
    def form(self) -> UUID:
        """The id that the page gave it. Raises ``ValueError``."""
        return UUID(self.fields.get("form", ""))

    @property
    def cause(self) -> str:
        """Id and content: the same form counts once, changed and sent again it counts again.

        Raises ``ValueError``.
        """
        content = repr(sorted(self.fields.items())).encode() + self.content
        return f"answer/{self.form}/{sha256(content).hexdigest()[:16]}"

    def to_command(self, invoices: Sequence[Invoice]) -> ResolverAnswer:
        """Return the answer on ``invoices``, in the order of the page.

        Raises ``Refused`` or ``ValueError``.
        """
        given: dict[str, Any] = {
            name: value for name in ResolverAnswer.model_fields if (value := self.fields.get(name))
        }
        given["credited"] = self.credited(invoices)
        given.pop("document", None)
        if self.content:
            given["document"] = {
                "sha256": sha256(self.content).hexdigest(),
                "name": self.name,
                "media_type": self.media_type,
                "size": len(self.content),
            }
        return ResolverAnswer.model_validate(given)

    def credited(self, invoices: Sequence[Invoice]) -> dict[str, Decimal]:
        """Return the amounts to credit, by number of the invoice. Raises ``Refused``."""
        if self.fields.get("outcome") not in WITH_CREDIT:  # the page hides the amounts
            return {}
        return {
            invoice.number: read_amount(value, invoice.currency, field="credited")
            for nth, invoice in enumerate(invoices)
            if (value := self.fields.get(f"credited-{nth}"))
        }


async def filled(
    request: Request,
    most: int = MAX_BYTES,
    field_bytes: int = MAX_FIELD_BYTES,
    most_files: int = 1,
) -> FilledForm:
    """Read the form, with files of at most ``most`` bytes together, and ``field_bytes`` a field.

    Raises ``Problem``.
    """
    if not request.headers.get("content-type", "").lower().startswith("multipart/form-data"):
        raise Problem("invalid", "Send the form of the page.")
    try:
        stream = read_limited(request, most + AROUND * 10)
        form = await MultiPartParser(
            request.headers, stream, max_files=most_files, max_fields=200, max_part_size=field_bytes
        ).parse()
    except (MultiPartException, FormParserError, ValueError, KeyError) as error:
        raise Problem("invalid", "Send the form of the page.") from error
    try:
        return await _read(form)
    finally:
        await form.close()


async def _read(form: FormData) -> FilledForm:
    fields = {name: value.strip() for name, value in form.items() if isinstance(value, str)}
    sent = [file for file in form.getlist("file") if isinstance(file, UploadFile)]
    if not sent:
        return FilledForm(fields, "", b"", ANY)
    files = [(_name(file), await file.read()) for file in sent]
    name, content = files[-1]
    kind = sent[-1].content_type or ""
    made = FilledForm(fields, name, content, kind if MEDIA_TYPE.fullmatch(kind) else ANY)
    made.files = [
        (legible(name), content)
        for file, (name, content) in zip(sent, files, strict=True)
        if file.filename
    ]
    return made


def _name(file: UploadFile) -> str:
    return (file.filename or "").replace("\\", "/").rpartition("/")[2].strip() or "document"
