"""``dossier mailbox`` takes mail in."""

import signal
from contextlib import closing
from threading import Event, Thread
from typing import Annotated

import typer

from api.cli.kit.output import errors
from api.cli.kit.session import database
from api.mailbox.imap import SETTING, fetch, mailboxes
from api.mailbox.watch import threads
from api.session import TenantSession, now
from ledger.database.pool import open_pool
from ledger.store.ledger import Ledger

app = typer.Typer()


@app.command(epilog="Example: `dossier mailbox --once`")
def mailbox(
    once: Annotated[bool, typer.Option("--once", help="Only what is there now.")] = False,
) -> None:
    """Take in the mail of the mailboxes in DOSSIER_MAILBOXES, until stopped."""
    found = mailboxes()
    if not found:
        raise ValueError(f"no mailbox is set: {SETTING}=imaps://user:password@host/INBOX")
    with database() as url, open_pool(url) as pool:
        if once:
            for one in found:
                with closing(Ledger(pool, one.tenant)) as ledger:
                    count = fetch(TenantSession(pool, ledger, now), one)
                errors.print(f"{one.name}: {count} new.", markup=False)
            return
        _until_stopped(threads(pool, found, stop := Event(), now), stop)


def _until_stopped(watching: list[Thread], stop: Event) -> None:
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    for one in watching:
        one.start()
    errors.print("Reading mail. Stop it with Ctrl-C.")
    for one in watching:
        one.join()
    errors.print("Stopped.")
