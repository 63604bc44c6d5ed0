"""What the terminal shows of bank files and transactions."""

from collections.abc import Sequence

from api.bank.import_ import FileReport
from api.bank.proposing import Proposed
from api.bank.statement import UnreadableFile
from api.cli.kit.output import errors, table
from ledger.policy.payments.matching import Proposal
from projections import bank as rows

WIDTH = 50  # characters of a remittance text in the table


def show(reports: Sequence[FileReport]) -> None:
    """Print what became of each file."""
    found = [(report, part) for report in reports for part in report.statements]
    if found:
        table(
            "Statements",
            ("file", "account", "statement", "entries", "new", "seen before", "problems"),
            [
                (
                    report.file,
                    part.account,
                    part.statement,
                    part.entries,
                    part.new,
                    part.seen or "",
                    " ".join(part.problems),
                )
                for report, part in found
            ],
        )
    for report in reports:
        if not report.allocated and not any(part.new for part in report.statements):
            errors.print(f"{report.file}: nothing new.", markup=False, soft_wrap=True)
            continue
        parts = [f"{sum(part.new for part in report.statements)} new transactions"]
        parts += [f"{report.allocated} allocated"]
        parts += [f"{report.out} went out"] if report.out else []
        parts += [f"{report.troubled} were not understood wholly"] if report.troubled else []
        errors.print(f"{report.file}: {', '.join(parts)}.", markup=False, soft_wrap=True)


def fault(error: OSError | UnreadableFile, name: str) -> str:
    """Return why a file was not read, after its name."""
    if isinstance(error, OSError):
        return str(error.strerror)
    return f"it {error.why}" if error.where in ("", name) else f"{error.where}: {error.why}"


def shortened(text: str) -> str:
    """Return so much of a text as a line of a table has room for."""
    return text if len(text) <= WIDTH else f"{text[: WIDTH - 1]}…"


def perhaps_text(found: Proposed) -> str:
    """Return what a transaction may be for, in a line."""
    if found.returns:
        return f"return of {str(found.returns[0].id)[:8]}?"
    return f"{proposal_text(found.proposals[0])}?" if found.proposals else ""


def proposal_text(proposal: Proposal) -> str:
    """Return the shares of a proposal, and its evidence."""
    parts = [f"{share.invoice} {share.amount}" for share in proposal.shares]
    parts += [f"{proposal.rest} left with {proposal.debtor or 'nobody'}"] if proposal.rest else []
    who = f" of {proposal.name}" if proposal.name else ""
    return f"{', '.join(parts)}{who}: {', '.join(reason.value for reason in proposal.evidence)}"


def allocated_text(row: rows.BankRow) -> str:
    """Return what a transaction was for, or why not."""
    shared = zip(row.invoices, row.shares, strict=True)
    parts = [f"{invoice} {amount}" for invoice, amount in shared]
    parts += [f"{row.rest} left with {row.debtor}"] if row.rest else []
    return ", ".join(filter(None, (*parts, row.why)))
