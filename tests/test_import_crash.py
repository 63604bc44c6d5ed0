"""An import that dies at any moment is finished by a second run, as if it had been one."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from api.importing.bulk_writer import BulkWriter
from api.importing.formats.history_commands import Terms
from api.importing.run import Options, import_file
from api.importing.source import Source
from api.importing.summary import Summary
from api.session import open_session
from ledger.database.pool import open_pool
from ledger.engine.rebuild import prepare
from ledger.store.append import Line, make_line
from ledger.store.reading import iter_books
from projections import READ_MODELS
from support.postgres import proxied

pytestmark = pytest.mark.usefixtures("read_models")
AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
PROCESS = Path(__file__).parent / "support" / "import_process.py"
INVOICES = 3_000  # of five lines each: seven batches and a bit
SOURCE_PATH = str(Path(__file__).parents[1] / "src")


@pytest.fixture
def history(tmp_path: Path) -> Path:
    path = tmp_path / "history.jsonl"
    path.write_text("\n".join(json.dumps(line) for line in _lines()), "utf-8")
    return path


def _lines() -> Iterator[dict[str, Any]]:
    types = ["invoice-issued", "invoice-sent", "dispute-opened", "payment-received", "closed"]
    for nth in range(INVOICES):
        for seq, type_ in enumerate(types, 1):
            on = datetime(2020, 1, 1, tzinfo=UTC) + timedelta(days=nth % 350 + seq)
            money = {"amount": "50.00"} if seq in (1, 4) else {}
            who = {"customer": f"D{nth % 700:05}"}
            key = {"source": "t", "invoice": f"A{nth}", "seq": seq, "type": type_}
            yield key | {"at": on.isoformat(), "currency": "EUR"} | money | who


def _run(path: Path, url: str) -> Summary:
    with open_session(url, clock=lambda: AT) as desk:
        return import_file(desk, Source(str(path)), Options(Terms(60)))


def _books(url: str) -> dict[Any, list[Any]]:
    """All of every book but when it was recorded, and where in the ledger."""
    with open_session(url, clock=lambda: AT) as desk, desk.pool.connection() as conn:
        return {
            id_: [(e.line, e.by, e.event, e.correlation, e.causation, e.flags) for e in entries]
            for id_, entries in iter_books(conn, desk.tenant, 2**62)
        }


@pytest.mark.parametrize(("batches", "wait"), [(1, 0.0), (3, 0.05)])
def test_killed_half_way(
    history: Path, database: str, other_database: str, batches: int, wait: float
) -> None:
    with open_pool(other_database) as pool:
        prepare(pool, READ_MODELS, AT)
    _run(history, other_database)
    command = [sys.executable, str(PROCESS), str(history), database, "0.1"]
    env = os.environ | {"PYTHONPATH": SOURCE_PATH}
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=env) as process:
        assert process.stdout
        for _ in range(batches):
            assert process.stdout.readline()
        time.sleep(wait)
        process.send_signal(signal.SIGKILL)
    begun = sum(len(entries) for entries in _books(database).values())
    summary = _run(history, database)
    assert 0 < summary.already_there < summary.lines == 5 * INVOICES
    assert (summary.rejected, begun > 0) == (0, True)
    assert _books(database) == _books(other_database)
    flags = [line[-1] for lines in _books(other_database).values() for line in lines]
    assert flags.count(("likely_duplicate",)) == INVOICES - 700  # the same again
    assert _run(history, database).entries == 0


def test_ctrl_c_keeps_what_was_begun_and_says_so(history: Path, database: str) -> None:
    def stop(done: int, total: int | None) -> None:
        raise KeyboardInterrupt

    with open_session(database, clock=lambda: AT) as desk:
        summary = import_file(desk, Source(str(history)), Options(Terms(60)), progress=stop)
    assert summary.stopped
    assert 0 < summary.lines < 5 * INVOICES
    assert _run(history, database).lines == 5 * INVOICES
    assert len(_books(database)) == INVOICES + 700


def test_a_lost_answer_is_known_by_its_hash(database: str) -> None:
    def page(book: int, number: int, text: str = "{}") -> list[Line]:
        return [make_line("default", UUID(int=book), number, "note-added.v1", text)]

    with proxied(database) as proxy, open_pool(proxy.url, size=1) as pool:
        writer = BulkWriter(pool, "default")
        try:
            assert writer.write([page(1, 1)]).result() == [True]
            proxy.to_lose = 1
            assert writer.write([page(1, 2), page(2, 1), page(1, 1, "[]")]).result() == [
                True,
                True,
                False,
            ]
            assert proxy.lost == 1
            assert writer.write([page(1, 2)]).result() == [False]
        finally:
            writer.close()
