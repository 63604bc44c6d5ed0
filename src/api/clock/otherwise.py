"""What rules that are only tried would decide otherwise than now."""

from api.clock.case_pauses import outdated
from api.session import TenantSession
from ledger.facts.playbook_rules import Rules
from projections.collector_queries import count_otherwise
from projections.simulation.totals import Tally


def tally_of(session: TenantSession, rules: Rules) -> Tally:
    """Return the tally of a simulation, with what the rules would decide otherwise today."""
    with session.pool.connection() as conn:
        [collectors] = count_otherwise(session.tenant, rules).fetch(conn)
    return Tally(len([*outdated(session, rules)]), collectors)
