"""Files on the page for imports, and how files with the same columns were read before.

A draft is a file whose columns a person names. A job is made from it, to check the lines or to
import them; the same draft with the same options makes one job to import.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import NamedTuple
from uuid import UUID, uuid5

import msgspec

from api.importing import jobs
from api.importing.jobs import Job
from api.importing.options import ImportOptions
from ledger.database.pool import Conn
from ledger.database.query import Query

RETENTION = timedelta(days=2)
PIECE = 1 << 18  # bytes of a stored part: the progress moves with each
COLUMNS = "tenant_id, draft_id, made_at, made_by, name, header, wanted, checked"
FIRST = 1 << 17  # bytes of the first rows


@dataclass(frozen=True, slots=True)
class Draft:
    """A file and how it is to be read; its content stays in the database."""

    tenant_id: str
    draft_id: UUID
    made_at: datetime
    made_by: str
    name: str
    header: str  # JSON
    wanted: str  # JSON
    checked: UUID | None = None

    @property
    def columns(self) -> list[str]:
        return msgspec.json.decode(self.header, type=list[str])

    @property
    def options(self) -> ImportOptions:
        return ImportOptions.model_validate_json(self.wanted)

    @property
    def version(self) -> str:
        """Return what changes when other options are chosen."""
        return sha256(self.wanted.encode()).hexdigest()[:16]


class Asker(NamedTuple):
    """Who asks for a job: their name, their key, and the request."""

    name: str
    via: str
    correlation: str


@dataclass(frozen=True, slots=True)
class Profile:
    """How files with these columns are read."""

    name: str
    header: str
    wanted: str
    made_at: datetime
    made_by: str


def keep(conn: Conn, draft: Draft, content: bytes) -> bool:
    """Keep the file, and delete old ones. Return False when it is there already."""
    before = draft.made_at - RETENTION
    with conn.transaction():
        conn.execute(
            "delete from import_draft where tenant_id = %s and made_at < %s",
            [draft.tenant_id, before],
        )
        new = conn.execute(
            "insert into import_draft (tenant_id, draft_id, made_at, made_by, name, content,"
            " header, wanted) values (%s, %s, %s, %s, %s, %s, %s, %s) on conflict do nothing",
            [
                *(draft.tenant_id, draft.draft_id, draft.made_at, draft.made_by, draft.name),
                *(content, draft.header, draft.wanted),
            ],
        )
    return bool(new.rowcount)


def get(tenant: str, draft: UUID) -> Query[Draft]:
    return Query(
        f"select {COLUMNS} from import_draft where tenant_id = %(tenant)s and draft_id = %(draft)s",
        {"tenant": tenant, "draft": draft},
        Draft,
    )


def first_rows(tenant: str, draft: UUID) -> Query[bytes]:
    """Return the beginning of the file."""
    return Query(
        "select substring(content from 1 for %(most)s) as content from import_draft"
        " where tenant_id = %(tenant)s and draft_id = %(draft)s",
        {"tenant": tenant, "draft": draft, "most": FIRST},
        lambda content: bytes(content),
    )


def choose(conn: Conn, draft: Draft, wanted: str) -> None:
    """Keep how the file is to be read. A check of what was chosen before counts no more."""
    conn.execute(
        "update import_draft set wanted = %s, checked = case when wanted = %s then checked end"
        " where tenant_id = %s and draft_id = %s",
        [wanted, wanted, draft.tenant_id, draft.draft_id],
    )


def check(conn: Conn, draft: Draft, form: UUID, by: Asker, at: datetime) -> UUID:
    """Make the job that reads and decides all lines and writes nothing, once for a form."""
    options = draft.options.model_copy(update={"dry_run": True})
    job = uuid5(draft.draft_id, f"check {form} {draft.version}")
    _submit(conn, draft, job, options, by, at)
    conn.execute(
        "update import_draft set checked = %s"
        " where tenant_id = %s and draft_id = %s and wanted = %s",
        [job, draft.tenant_id, draft.draft_id, draft.wanted],
    )
    return job


def send(conn: Conn, draft: Draft, options: ImportOptions, by: Asker, at: datetime) -> UUID:
    """Make the job that imports the file, once for these options."""
    job = uuid5(draft.draft_id, f"import {options.model_dump_json()}")
    _submit(conn, draft, job, options, by, at)
    return job


def _submit(
    conn: Conn,
    draft: Draft,
    job: UUID,
    options: ImportOptions,
    by: Asker,
    at: datetime,
) -> None:
    """Store the job."""
    [content] = conn.execute(
        "select content from import_draft where tenant_id = %s and draft_id = %s",
        [draft.tenant_id, draft.draft_id],
        binary=True,
    ).fetchall()
    whole = bytes(content[0])
    wanted = options.model_dump_json()
    made = Job(
        tenant_id=draft.tenant_id,
        job_id=job,
        name=draft.name,
        wanted=wanted,
        sha256=sha256(wanted.encode() + whole).hexdigest(),
        size=len(whole),
        asked_at=at,
        asked_by=by.name,
        via=by.via,
        correlation=by.correlation,
    )
    jobs.submit(conn, made, (whole[begin : begin + PIECE] for begin in range(0, len(whole), PIECE)))


def profiles(tenant: str) -> Query[Profile]:
    return Query(
        "select name, header, wanted, made_at, made_by from import_profile"
        " where tenant_id = %(tenant)s order by name",
        {"tenant": tenant},
        Profile,
    )


def remember(conn: Conn, tenant: str, profile: Profile) -> None:
    """Keep how such files are read; the name may stand for something else from now on."""
    conn.execute(
        "insert into import_profile (tenant_id, name, header, wanted, made_at, made_by)"
        " values (%s, %s, %s, %s, %s, %s) on conflict (tenant_id, name) do update set"
        " header = excluded.header, wanted = excluded.wanted, made_at = excluded.made_at,"
        " made_by = excluded.made_by",
        [
            *(tenant, profile.name, profile.header, profile.wanted, profile.made_at),
            profile.made_by,
        ],
    )


def forget(conn: Conn, tenant: str, name: str) -> None:
    conn.execute("delete from import_profile where tenant_id = %s and name = %s", [tenant, name])
