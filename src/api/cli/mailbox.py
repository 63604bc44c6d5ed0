"""``dossier mailbox`` fetches mail."""

from contextlib import closing
from typing import Annotated

import typer
from typer import Option

from api.cli.kit.output import errors
from api.cli.kit.session import lasting_database, stop_on_signal
from api.mailbox.imap import SETTING, fetch, mailboxes
from api.mailbox.watch import threads
from api.session import TenantSession, now
from ledger.database.pool import open_pool
from ledger.store.ledger import Ledger

app = typer.Typer()


@app.command(epilog="Example: `dossier mailbox --once`")
def mailbox(
    once: Annotated[bool, Option("--once", help="Fetch what is there, and stop.")] = False,
) -> None:
    """Fetch the mail of the mailboxes in DOSSIER_MAILBOXES, until stopped."""
    boxes = mailboxes()
    if not boxes:
        raise ValueError(f"no mailbox is set: {SETTING}=imaps://user:password@host/INBOX")
    with lasting_database() as url, open_pool(url) as pool:
        if once:
            for box in boxes:
                with closing(Ledger(pool, box.tenant)) as ledger:
                    count = fetch(TenantSession(pool, ledger, now), box)
                errors.print(f"{box.name}: {count} new.", markup=False)
            return
        watching = threads(pool, boxes, stop_on_signal(), now)
        for thread in watching:
            thread.start()
        errors.print("Reading mail. Stop it with Ctrl-C.")
        for thread in watching:
            thread.join()
        errors.print("Stopped.")
