"""Open disputes that pause more or less of their invoice than the playbook in force says."""

from collections.abc import Iterator
from functools import partial

from api.clock.candidate import Candidate, pages
from api.session import TenantSession
from commands.disputes.pauses import DecidePause
from ledger.facts.books import PLAYBOOK
from ledger.facts.codes import Reason
from ledger.facts.playbook import NUMBER
from ledger.facts.playbook_rules import Rules
from projections import disputes
from projections.dispute_queries import behind, pausing_otherwise


def pauses_to_decide(session: TenantSession) -> Iterator[Candidate]:
    """Yield each of them, once a playbook was applied."""
    rules = session.ledger.book(PLAYBOOK, NUMBER).state.rules
    for row in outdated(session, rules) if rules else ():
        command = DecidePause(invoice=row.invoice, case_id=row.case_id)
        yield Candidate(f"pause of {row.invoice}", [command])


def outdated(session: TenantSession, rules: Rules) -> Iterator[disputes.DisputeRow]:
    """Yield the open disputes of which these rules decide the pause differently."""
    whole = [reason for reason in Reason if rules.handling(reason).rests_whole]
    find = partial(pausing_otherwise, session.tenant, whole)
    for page in pages(session, find, None, behind):
        yield from page
