"""``dossier bank``: import statements, see what waits and why, allocate it, and undo it."""

from pathlib import Path
from typing import Annotated

import typer
from typer import Argument, Option

from api.bank.import_ import FileReport, allocate_certain, import_bank_file
from api.bank.proposing import proposed
from api.bank.statement import UnreadableFile
from api.cli.bank_texts import (
    allocated_text,
    fault,
    perhaps_text,
    proposal_text,
    shortened,
    show,
)
from api.cli.kit.amounts import shares
from api.cli.kit.options import Because, By, Csv, Json, Limit
from api.cli.kit.output import as_json, as_list, errors, money, more, progress, screen, table
from api.cli.kit.session import acting, caught_up_session, tenant_session
from api.session import TenantSession
from commands.bank import allocation
from commands.bank.transactions import SetBankTransactionAside
from commands.execute import execute
from ledger.policy.payments.matching import CERTAIN
from ledger.policy.refusal import NotFound, Refused
from projections import bank as rows
from projections import bank_statements

app = typer.Typer()
bank = typer.Typer(no_args_is_help=True, help="Bank statements, and what their payments are for.")
app.add_typer(bank, name="bank")
STATUSES = ("waiting", "allocated", "returned", "matched", "set aside")
TheTransaction = Annotated[
    str, Argument(help="Id of the transaction, or how it begins; see `bank list`.", metavar="ID")
]
Why = Annotated[str, Option(help="Reason.")]


@bank.command(
    "import",
    epilog="Import the same file again at any time: each transaction is recorded once. Exit code 1"
    " when a file was not readable.\n\nExample: `dossier bank import statement.xml month.sta`",
)
def import_(
    files: Annotated[
        list[Path], Argument(help="camt.052, .053, .054, MT940, MT942; also gzip and zip.")
    ],
    by: By = None,
    because: Because = None,
    json: Json = False,
) -> None:
    """Record the transactions of bank statements, and allocate those that are certain."""
    reports, failed = list[FileReport](), False
    with tenant_session() as opened, progress("Importing", "transactions") as tick:
        context = opened.context(**acting(by, because))
        for file in files:
            try:
                content = file.read_bytes()
                reports.append(
                    import_bank_file(opened, context, file.name, content, lambda n: tick(n, None))
                )
            except (OSError, UnreadableFile) as error:
                failed = True
                errors.print(
                    f"{file}: {fault(error, file.name)}", style="red", markup=False, soft_wrap=True
                )
    as_json(reports) if json else show(reports)
    if failed:
        raise typer.Exit(1)


@bank.command(epilog="Example: `dossier bank match`")
def match(by: By = None, because: Because = None) -> None:
    """Allocate what waits and is certain by now: invoices that came after their payment. An import
    does it too."""
    with tenant_session() as opened, progress("Matching", "transactions") as tick:
        context = opened.context(**acting(by, because))
        done, _ = allocate_certain(opened, context, tick=lambda n: tick(n, None))
    errors.print(f"{done} allocated.")


@bank.command("list", epilog="Example: `dossier bank list --status allocated`")
def list_(
    status: Annotated[str, Option(help=f"One of: {', '.join(STATUSES)}.")] = "waiting",
    limit: Limit = 50,
    json: Json = False,
    csv: Csv = False,
) -> None:
    """List transactions, the oldest first, with the best proposal of those that wait."""
    if status not in STATUSES:
        raise typer.BadParameter(f"{status!r} is none of: {', '.join(STATUSES)}")
    with caught_up_session() as opened, opened.pool.connection() as conn:
        found = rows.in_status(opened.tenant, status, limit=limit).fetch(conn)
        if json or csv:
            return as_list(found, csv)
        best = proposed(conn, opened.tenant, found) if status == "waiting" else []
    perhaps = {proposal.row.id: proposal for proposal in best}
    table(
        f"Bank transactions: {status}",
        ("id", "booked", "amount", "from", "remittance", "for"),
        [
            (
                str(row.id)[:8],
                row.booked_on,
                money(row.amount, row.currency),
                row.name or row.iban,
                shortened(row.remittance or row.creditor_reference or row.text),
                perhaps_text(perhaps[row.id]) if row.id in perhaps else allocated_text(row),
            )
            for row in found
        ],
    )
    more(len(found), limit)


@bank.command(epilog="Example: `dossier bank why 3f0b5c0a`")
def why(transaction: TheTransaction, json: Json = False) -> None:
    """Show what a transaction may be for, each proposal with its evidence, and what speaks against
    it."""
    with caught_up_session() as opened, opened.pool.connection() as conn:
        row = _row(opened, transaction)
        [found] = proposed(conn, opened.tenant, [row])
    if json:
        return as_json({"transaction": row, "proposals": found.proposals, "clues": found.clues})
    screen.print(
        f"{row.transaction}: {money(row.amount, row.currency)} from {row.name or 'nobody named'}"
        f" {row.iban}\n{row.remittance or row.text}\n{allocated_text(row)}",
        markup=False,
    )
    for nth, proposal in enumerate(found.proposals, 1):
        screen.print(f"{nth}. {proposal_text(proposal)} (score {proposal.score})", markup=False)
    for number in found.clues.settled:
        screen.print(f"It names {number}, of which nothing is open.", markup=False)
    for reference in found.clues.unknown:
        screen.print(f"It names {reference}, which is none of ours.", markup=False)
    if not found.proposals and row.amount > 0:
        screen.print("No open invoice fits: no number, name, account or amount of ours.")
    elif found.proposals and not found.proposals[0].is_certain and row.status == "waiting":
        screen.print(f"None is certain (score {CERTAIN}), so a person decides.")


@bank.command(
    epilog="Examples: `dossier bank allocate 3f0b5c0a --invoice A --invoice B`, or with amounts:"
    " `--split A=300,B=200`; without invoices the first proposal is taken."
)
def allocate(
    transaction: TheTransaction,
    invoice: Annotated[list[str] | None, Option(help="Number; may be repeated.")] = None,
    split: Annotated[list[str] | None, Option(metavar="INVOICE=AMOUNT,…")] = None,
    debtor: Annotated[str | None, Option(help="With whom the rest waits.")] = None,
    by: By = None,
    because: Because = None,
) -> None:
    """Allocate a transaction to invoices: as split, else the oldest due date first."""
    with caught_up_session() as opened:
        row = _row(opened, transaction)
        stated = shares(split or (), row.currency)
        numbers = [*(invoice or ()), *stated]
        evidence: tuple[str, ...] = ()
        if not numbers and not debtor:
            with opened.pool.connection() as conn:
                [found] = proposed(conn, opened.tenant, [row])
            if not found.proposals:
                raise Refused("nothing-proposed", "invoice")
            first = found.proposals[0]
            stated = {share.invoice: share.amount for share in first.shares}
            numbers, debtor = [*stated], first.debtor
            evidence = tuple(reason.value for reason in first.evidence)
        execute(
            opened.ledger,
            lambda work: allocation.allocation(
                work, row.transaction, numbers, stated, debtor, evidence
            ),
            opened.context(**acting(by, because)),
        )
    errors.print(f"Allocated: {', '.join(numbers) or debtor}.", markup=False)


@bank.command(epilog="Example: `dossier bank undo 3f0b5c0a --why 'Another customer.'`")
def undo(transaction: TheTransaction, why: Why, by: By = None, because: Because = None) -> None:
    """Undo the allocation of a transaction, and all its payments."""
    with caught_up_session() as opened:
        number = _row(opened, transaction).transaction
        context = opened.context(**acting(by, because))
        execute(opened.ledger, lambda work: allocation.undone(work, number, why), context)
    errors.print("Undone: the transaction waits again.")


@bank.command(
    "set-aside", epilog="Example: `dossier bank set-aside 3f0b5c0a --why 'Bank charges.'`"
)
def set_aside(
    transaction: TheTransaction, why: Why, by: By = None, because: Because = None
) -> None:
    """Set a transaction aside that is no payment of a debtor."""
    with caught_up_session() as opened:
        number = _row(opened, transaction).transaction
        command = SetBankTransactionAside(transaction=number, why=why)
        execute(opened.ledger, [command], opened.context(**acting(by, because)))
    errors.print("Set aside.")


@bank.command("return", epilog="Example: `dossier bank return 3f0b5c0a --of 9c1d2e3f`")
def return_(
    transaction: TheTransaction,
    of: Annotated[str, Option(help="Id of the transaction that came back.")],
    by: By = None,
    because: Because = None,
) -> None:
    """Match money that went out with the payment that it returns, which is then reversed."""
    with caught_up_session() as opened:
        number, original = _row(opened, transaction).transaction, _row(opened, of).transaction
        context = opened.context(**acting(by, because))
        execute(opened.ledger, lambda work: allocation.returned(work, number, original), context)
    errors.print("Matched: the payment is reversed.")


@bank.command(epilog="Example: `dossier bank statements`")
def statements(limit: Limit = 50, json: Json = False, csv: Csv = False) -> None:
    """List the imported statements with their balances, and what does not chain."""
    with caught_up_session() as opened, opened.pool.connection() as conn:
        found = bank_statements.newest(opened.tenant, limit).fetch(conn)
    if json or csv:
        return as_list(found, csv)
    table(
        "Bank statements",
        ("account", "statement", "closed", "opening", "closing", "entries", "problems"),
        [
            (
                row.account,
                row.statement,
                row.closed_on or "",
                "" if row.opening is None else money(row.opening, row.currency),
                "" if row.closing is None else money(row.closing, row.currency),
                row.entries,
                " ".join(row.problems),
            )
            for row in found
        ],
    )
    more(len(found), limit)


def _row(opened: TenantSession, id_: str) -> rows.BankRow:
    """Return the transaction whose id begins so. Raises ``NotFound`` or ``Refused``."""
    with opened.pool.connection() as conn:
        found = rows.beginning(opened.tenant, id_).fetch(conn)
    if not found:
        raise NotFound("no-bank-transaction", transaction=id_)
    if len(found) > 1:
        raise Refused("several-transactions", "transaction", transaction=id_)
    return found[0]
