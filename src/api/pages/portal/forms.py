"""The forms of the portal: their fields, and the files that came with them."""

from typing import NamedTuple

from fastapi import Request
from python_multipart.exceptions import FormParserError
from starlette.datastructures import FormData, UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser

from api.http.kit.uploads import ANY, AROUND, MEDIA_TYPE, read_limited
from api.http.server.problems import Problem
from api.pages.kit.posted import posted
from commands.fields import legible
from commands.inbox.message import Attachment

MAX_FILES, MAX_FILE_BYTES = 6, 20_000_000  # in all
MAX_FIELDS, MAX_FIELD_BYTES = 200, 100_000
UNREAD, TOO_MANY = "Send the form of the page.", "Too many files."


class PortalForm(NamedTuple):
    """The fields, of several of the same name all; and the files."""

    fields: dict[str, str]
    several: dict[str, list[str]]
    files: tuple[Attachment, ...] = ()

    def get(self, name: str) -> str:
        return self.fields.get(name, "")


async def read_form(request: Request) -> PortalForm:
    """Read the form. Raises ``Problem`` for what no page of ours sends."""
    if not request.headers.get("content-type", "").lower().startswith("multipart/form-data"):
        fields = await posted(request)
        return PortalForm(dict(fields), fields.several)
    try:
        stream = read_limited(request, MAX_FILE_BYTES + AROUND * 10)
        form = await MultiPartParser(
            request.headers,
            stream,
            max_files=MAX_FIELDS,  # those that are one too many are counted below
            max_fields=MAX_FIELDS,
            max_part_size=MAX_FIELD_BYTES,
        ).parse()
    except (MultiPartException, FormParserError, ValueError, KeyError) as error:
        raise Problem("invalid", UNREAD) from error
    try:
        return await _read(form)
    finally:
        await form.close()


async def _read(form: FormData) -> PortalForm:
    several, files = dict[str, list[str]](), list[Attachment]()
    for name, value in form.multi_items():
        if isinstance(value, UploadFile):
            if content := await value.read():
                files.append(Attachment(_name(value), _kind(value), content))
                if len(files) > MAX_FILES:
                    raise Problem("too-large", TOO_MANY)
        elif not _is_text(name + value):
            raise Problem("invalid", UNREAD)
        else:
            several.setdefault(name, []).append(value.replace("\r\n", "\n").strip())
    return PortalForm({name: values[-1] for name, values in several.items()}, several, tuple(files))


def _is_text(given: str) -> bool:
    """Return whether it is text: the charset of a request can make lone surrogates."""
    try:
        return b"\0" not in given.encode()
    except UnicodeEncodeError:
        return False


def _name(file: UploadFile) -> str:
    return legible((file.filename or "").replace("\\", "/").rpartition("/")[2]) or "document"


def _kind(file: UploadFile) -> str:
    kind = file.content_type or ""
    return kind if MEDIA_TYPE.fullmatch(kind) else ANY
