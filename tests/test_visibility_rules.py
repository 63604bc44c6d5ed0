"""Who may see what, and what a command about something that is not seen is refused for."""

from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest

from api.http.auth.keys import Key, Role
from commands.authorise import authorise
from commands.command import Command
from commands.disputes.resolvers import RecordAnswer
from commands.invoices.registration import CancelInvoice, CorrectInvoice
from ledger.facts.codes import Answer
from ledger.facts.invoice.state import Dispute, Invoice
from ledger.policy.refusal import NotFound, Refused
from ledger.policy.visibility import EVERYTHING, NOTHING, Scope, approves, assigned_to, solves
from support.creditor import debtor, invoice
from support.histories import AT
from support.random_lives import CASES

CASE, OTHER = CASES
KNOWN = Invoice(id=UUID(int=1), number="F1", business_unit="north", line=3)
MINE, THEIRS = Dispute(CASE, opened=True, resolver="sam"), Dispute(OTHER, resolver="eva")


def having(**fields: Any) -> Invoice:
    return Invoice(
        **{name: getattr(KNOWN, name) for name in ("id", "number", "business_unit", "line")}
        | fields
    )


DISPUTED = having(disputes={CASE: MINE, OTHER: THEIRS}, agency="Incasso BV")


@pytest.mark.parametrize(
    ("scope", "invoice_seen", "mine_seen", "theirs_seen"),
    [
        (EVERYTHING, True, True, True),
        (Scope(("north", "south")), True, True, True),
        (Scope(("south",)), False, False, False),
        (Scope(resolver="sam"), True, True, False),
        (Scope(resolver="nobody"), False, False, False),
        (Scope(("north",), resolver="nobody"), False, False, False),
        (Scope(agency="Incasso BV"), True, False, False),
        (Scope(agency="Rival BV"), False, False, False),
        (NOTHING, False, False, False),
    ],
)
def test_what_a_scope_sees(
    scope: Scope, invoice_seen: bool, mine_seen: bool, theirs_seen: bool
) -> None:
    assert scope.sees(DISPUTED) is invoice_seen
    assert scope.sees_dispute(DISPUTED, MINE) is mine_seen
    assert scope.sees_dispute(DISPUTED, THEIRS) is theirs_seen
    assert not scope.sees(Invoice(id=UUID(int=2)))
    assert scope.is_everything is (scope == EVERYTHING)


def test_an_empty_name_sees_nothing() -> None:
    nobodys = having(disputes={CASE: Dispute(CASE, opened=True)})
    for scope in (Scope(resolver=""), Scope(agency="")):
        assert not scope.sees(nobodys)
        assert not scope.sees_dispute(nobodys, nobodys.disputes[CASE])


def test_whom_a_link_lets_in() -> None:
    escalated = Dispute(CASE, opened=True, resolver="sam", escalated_to="eva", credit_asked_of="b")
    open_, paid = having(amount=5), having(amount=5, paid=5, settled_on=date(2026, 3, 1))
    assert [who for who in ("sam", "eva", "b", "") if solves(open_, escalated, who)] == [
        "sam",
        "eva",
    ]
    assert [who for who in ("sam", "eva", "b", "") if assigned_to(open_, escalated, who)] == ["sam"]
    assert [who for who in ("sam", "eva", "b", "") if approves(open_, escalated, who)] == ["b"]
    for rule in (solves, assigned_to, approves):
        assert not any(rule(paid, escalated, who) for who in ("sam", "eva", "b"))


OF_ROLES = {
    Role.COLLECTOR: Scope(("north",)),
    Role.AUDITOR: Scope(("north",)),
    Role.ADMIN: Scope(("north",)),
    Role.RESOLVER: Scope(resolver="sam"),
    Role.AGENCY: Scope(agency="Incasso BV"),
}


@pytest.mark.parametrize("role", Role)
def test_what_a_key_of_each_role_may_see(role: Role) -> None:
    assert Key("default", uuid4(), "sam", role, ["north"], "Incasso BV", AT).scope == OF_ROLES[role]


def test_a_role_that_nobody_thought_of_sees_nothing() -> None:
    unheard_of: Any = "intern"
    assert Key("default", uuid4(), "sam", unheard_of, [], None, AT).scope == NOTHING


@pytest.mark.parametrize(
    ("scope", "command", "refused"),
    [
        (EVERYTHING, RecordAnswer(invoice="F1", answer=Answer.SOLVED, case_id=OTHER), None),
        (Scope(("south",)), CancelInvoice(invoice="F1", why="No."), "There is no invoice F1."),
        (Scope(("north",)), invoice("F2", business_unit="south"), "Your key is for other"),
        (Scope(("north",)), invoice("F2", business_unit="north"), None),
        (Scope(("south",)), invoice("F1", business_unit="south"), "There is no invoice F1."),
        (
            Scope(("north",)),
            CorrectInvoice(invoice="F1", why="No.", business_unit="south"),
            "Your key is for other",
        ),
        (Scope(resolver="sam"), invoice("F2"), "Your key is for other"),
        (
            Scope(resolver="sam"),
            RecordAnswer(invoice="F1", answer=Answer.SOLVED, case_id=CASE),
            None,
        ),
        (
            Scope(resolver="sam"),
            RecordAnswer(invoice="F1", answer=Answer.SOLVED, case_id=OTHER),
            f"There is no dispute {OTHER}.",
        ),
        (
            Scope(resolver="sam"),
            RecordAnswer(invoice="F1", answer=Answer.SOLVED),
            "There is no dispute None.",
        ),
        (Scope(resolver="zoe"), CancelInvoice(invoice="F1", why="No."), "There is no invoice F1."),
        (NOTHING, debtor(), None),
    ],
)
def test_what_a_command_is_refused_for(scope: Scope, command: Command, refused: str | None) -> None:
    states = {"F1": DISPUTED}

    def state_of(kind: Any, number: str) -> Any:
        return states.get(number) or kind.start(UUID(int=9))

    if refused is None:
        authorise(state_of, scope, [command])
        return
    kind = Refused if refused.startswith("Your key") else NotFound
    with pytest.raises(kind, match=refused):
        authorise(state_of, scope, [command])
