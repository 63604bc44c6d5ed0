"""The structure that docs/architecture.md shows: who imports whom, and four paths."""

import json
from pathlib import Path

import grimp
import pytest

from api.importing.formats.history_commands import Terms
from api.importing.run import Options, import_file
from api.importing.source import Source
from api.postman.send_emails import send_emails
from api.session import TenantSession
from projections.disputes import DISPUTES
from structure import (
    APART,
    ENGINE,
    MAY_SEE,
    ROOMS,
    ROOT,
    VOCABULARY,
    Route,
    against_the_picture,
    append_callers,
    cycles,
    definitions,
    engines,
    lines_of,
    paths,
    python_files,
    upward,
)
from support.clock_case import ClockCase
from support.histories import worker
from support.http_clients import INVOICE, open_http
from support.mailbox_case import MailboxCase, letter
from support.smtp import SmtpServer
from support.tracing import Trace, tracing

DISPUTE, MAIL, CLOCK, IMPORT = paths()


@pytest.fixture(scope="module")
def graph() -> grimp.ImportGraph:
    return grimp.build_graph(*ROOMS, cache_dir=None)


def test_no_package_and_no_module_is_in_a_cycle(graph: grimp.ImportGraph) -> None:
    assert cycles(graph) == []


def test_nothing_is_imported_upward(graph: grimp.ImportGraph) -> None:
    assert list(upward(graph)) == []


def test_the_picture_is_true(graph: grimp.ImportGraph) -> None:
    assert against_the_picture(graph) == set()


def test_an_import_against_the_picture_is_found(graph: grimp.ImportGraph) -> None:
    wrong = grimp.build_graph(*ROOMS, cache_dir=None)
    wrong.add_import(importer="ledger.facts.codes", imported="commands.execute")
    wrong.add_import(importer="api.http.server.state", imported="api.http.routes.why")
    assert against_the_picture(wrong) == {
        "ledger.facts.codes -> commands.execute",
        "api.http.server.state -> api.http.routes.why",
    }
    assert [*upward(wrong)] == [("ledger.facts.codes", "commands.execute")]
    assert cycles(wrong) != []


def test_one_caller_of_the_append_besides_bulk_imports() -> None:
    assert append_callers() == {"commands/execute.py", "api/importing/bulk_writer.py"}


def test_one_definition_of_who_may_see_what() -> None:
    assert definitions(MAY_SEE) == {"ledger/policy/visibility.py"}


def test_one_follow_up_engine() -> None:
    assert engines() == {"ledger/policy/follow_up"}
    assert len(definitions(ENGINE)) > 1


def test_no_file_has_more_than_300_lines() -> None:
    files = list(python_files())
    long = [file.name for file in files if len(file.read_text("utf-8").splitlines()) > 300]
    assert len(files) > 100
    assert long == [], "split it by feature"


@pytest.mark.parametrize("path", paths(), ids=lambda path: path.name)
def test_every_file_of_a_path_exists(path: Route) -> None:
    files = [*path.files, *path.besides]
    assert len(set(files)) == len(files) > 5
    assert [file for file in files if not (ROOT / file).is_file()] == []
    assert [file for file in files if file.startswith((*APART, *VOCABULARY))] == []


def test_a_dispute_takes_eight_files_at_most() -> None:
    assert len(DISPUTE.files) <= 8
    lines = lines_of(DISPUTE.files)
    assert lines <= 1200, "shorten a file of the path; fields of state.py may move to parts.py"


def test_a_mail_takes_sixteen_files_at_most() -> None:
    assert len(MAIL.files) <= 16


def test_a_dispute_over_http_runs_the_files_of_the_page_and_no_others(database: str) -> None:
    assert ran_for_a_dispute(database) == {*DISPUTE.files, *DISPUTE.besides}


def test_a_mail_runs_the_files_of_the_page(mailbox: MailboxCase) -> None:
    """All but the two that wait for mail by IMAP, which ``test_mailbox_imap.py`` runs."""
    with tracing() as trace, trace.record():
        mailbox.receive(letter("We will pay F-2026-02 next week."))
    assert "contact-logged.v1" in mailbox.topics("F-2026-02")
    assert {*MAIL.files} - counted(trace) == {"src/api/mailbox/watch.py", "src/api/mailbox/imap.py"}


def test_a_tick_and_its_mail_run_the_files_of_the_page(owing: ClockCase, smtp: SmtpServer) -> None:
    with tracing() as trace, trace.record():
        owing.tick("2026-10-05")
        owing.worker.catch_up()
        assert send_emails(owing.session, smtp.settings()) == 1
    assert {*CLOCK.files} - counted(trace) == set()


def test_an_import_runs_the_files_of_the_page(session: TenantSession, tmp_path: Path) -> None:
    file = tmp_path / "history.jsonl"
    line = {
        "source": "erp",
        "invoice": "A-1",
        "seq": 1,
        "type": "invoice-issued",
        "at": "2020-01-01",
    }
    line |= {
        "at": "2020-01-01",
        "customer": None,
        "amount": "100.00",
        "currency": "EUR",
        "derived": False,
        "data": {},
    }
    file.write_text(json.dumps(line) + "\n", "utf-8")
    with tracing() as trace, trace.record():
        assert import_file(session, Source(str(file)), Options(Terms(30), by="anna")).imported == 1
    assert {*IMPORT.files} - counted(trace) == set()


def counted(trace: Trace) -> set[str]:
    """Return the files whose functions ran, of those that a path counts."""
    ran = {f"src/{file}" for file in trace.files}
    return {file for file in ran if not file.startswith((*APART, *VOCABULARY))}


def ran_for_a_dispute(database: str) -> set[str]:
    """Return the files whose functions ran, of those that a path counts.

    It is the second dispute over an invoice: what a process does once, and the replay of other
    events of the invoice, come before.
    """
    dispute = {"invoices": [{"invoice": "F-1", "contested": "121.00"}], "reason": "price"}
    with tracing() as trace, open_http(database, with_worker=False) as http:
        anna, follower = http.collector(), worker(http.pool, [DISPUTES])
        anna.record("/invoices", INVOICE)
        for comment in ("Ten per cent too much.", "And one chair is missing."):
            follower.catch_up()
            with trace.record():
                anna.record("/disputes", dispute | {"comment": comment})
                follower.catch_up()
        follower.release_lease()
        with http.pool.connection() as conn:
            shown = conn.execute("select comment from disputes").fetchall()
    assert len(shown) == 2
    return counted(trace)
