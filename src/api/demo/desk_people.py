"""The people of the demo's firm who sign in to the desk: one of each role."""

from datetime import datetime

from api.demo.texts import AGENCY, APPROVER, MANAGER, TEAMS
from api.http.auth import people
from api.http.auth.keys import Role
from ledger.database.pool import Conn

PEOPLE = (
    ("bram", Role.COLLECTOR, "en", None),
    (TEAMS["service"], Role.RESOLVER, "nl", None),
    (APPROVER, Role.COLLECTOR, "nl", None),
    ("an auditor", Role.AUDITOR, "en", None),
    ("incasso", Role.AGENCY, "nl", AGENCY),
    (MANAGER, Role.ADMIN, "en", None),
)


def add_people(conn: Conn, tenant: str, at: datetime) -> None:
    """Add the people who are not there yet."""
    known = {person.name for person in people.list_all(tenant).fetch(conn)}
    for name, role, language, agency in PEOPLE:
        if name not in known:
            address = name if "@" in name else f"{name.replace(' ', '.')}@korenaar.example"
            people.add(
                conn, tenant, name, role, at, email=address, language=language, agency=agency
            )
