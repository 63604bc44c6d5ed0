"""*Remind now*: the next step of the ladder, seen as it would be sent, and sent before its day."""

from datetime import timedelta

import pytest

from api.http.auth.keys import Role
from ledger.engine.projector import Projector
from ledger.facts.books import book_id
from ledger.facts.invoice.follow_up import StepTaken
from ledger.facts.outbound import MessageAsked
from projections import READ_MODELS
from support.desk import DeskUser, desk_user, faults, hidden, plain
from support.http_clients import HttpClients, Person

pytestmark = pytest.mark.no_worker

DEBTOR = f"/debtors/{book_id('default', 'debtor', 'D-7')}"
FIRST, SECOND = (f"/invoices/{book_id('default', 'invoice', n)}" for n in ("F-1", "F-2"))
DUE = {"amount": "1210.00", "on": "2026-01-02", "debtor": "D-7"}


def steps(http: HttpClients) -> list[StepTaken]:
    return [e.event for e in http.entries() if isinstance(e.event, StepTaken)]


def asked(http: HttpClients) -> list[MessageAsked]:
    return [e.event for e in http.entries() if isinstance(e.event, MessageAsked)]


@pytest.fixture
def overdue_debtor(http: HttpClients) -> Person:
    """Register a debtor with two invoices that were due yesterday."""
    found = http.collector(name="anna")
    http.applies_the_playbook()
    details = {"name": "Bakkerij Jansen", "email": "jo@jansen.example", "language": "nl"}
    found.record("/debtors", {"debtor": "D-7", **details})
    yesterday = http.clock().date() - timedelta(days=1)
    for number in ("F-1", "F-2"):
        found.record("/invoices", {"invoice": number, "due_on": str(yesterday), **DUE})
    return found


def catch_up(http: HttpClients) -> None:
    Projector(http.pool, "default", READ_MODELS, "reader", http.clock).catch_up()


def reminds(http: HttpClients, user: DeskUser, path: str) -> str:
    """Send what is shown; return the page that it leads to."""
    sent = user.fill(path, path.partition("?")[0])
    assert sent.status_code == 303, faults(sent.text)
    catch_up(http)
    return user.page(sent.headers["location"])


@pytest.fixture
def reminding_desk(http: HttpClients, overdue_debtor: Person) -> DeskUser:
    catch_up(http)
    return desk_user(http, Role.COLLECTOR, "bram")


def test_the_next_step_is_seen_and_sent_before_its_day(
    http: HttpClients, reminding_desk: DeskUser
) -> None:
    assert f"{FIRST}/reminder" in reminding_desk.page(FIRST)
    page = reminding_desk.page(f"{FIRST}/reminder?back=/today")
    assert "jo@jansen.example Herinnering" in plain(page)
    assert "F-1" in plain(page)
    assert "F-2" not in plain(page), "the message is about this invoice"
    assert asked(http) == []
    back = reminds(http, reminding_desk, f"{FIRST}/reminder?back=/today")
    [message], [step] = asked(http), steps(http)
    assert step.planned_on > step.on, "the ladder had it for later"
    assert (step.message, step.step) == (message.message, message.step)
    assert f"step “{step.step}” was taken" in plain(back), "the notice tells what was done"
    for path in (FIRST, SECOND):
        again = reminding_desk.page(f"{path}/reminder")
        assert "was requested already" in " ".join(faults(again)), "one message a debtor a day"
    assert len(asked(http)) == 1


def test_a_debtor_is_reminded_of_all_that_fits(http: HttpClients, reminding_desk: DeskUser) -> None:
    assert f"{DEBTOR}/reminder" in reminding_desk.page(DEBTOR)
    reminds(http, reminding_desk, f"{DEBTOR}/reminder")
    [message] = asked(http)
    assert [about.invoice for about in message.about] == ["F-1", "F-2"]
    assert len(steps(http)) == 2


def test_why_nothing_may_be_sent(
    http: HttpClients, overdue_debtor: Person, reminding_desk: DeskUser
) -> None:
    def why(path: str) -> str:
        page = reminding_desk.page(f"{path}/reminder")
        assert "Send it" not in plain(page)
        sent = reminding_desk.send(
            f"{path}/reminder", hidden(reminding_desk.page("/me")) | {"seen": "0"}
        )
        assert sent.status_code == 409
        assert faults(sent.text) == faults(page)
        return " ".join(faults(page))

    dispute = {"reason": "price", "comment": "Too much.", "invoices": [{"invoice": "F-1"}]}
    overdue_debtor.record("/disputes", dispute)
    assert "1210.00 is disputed: price" in why(FIRST)
    later = str(http.clock().date() + timedelta(days=20))
    overdue_debtor.record("/invoices", {"invoice": "F-3", "due_on": later, **DUE})
    third = f"/invoices/{book_id('default', 'invoice', 'F-3')}"
    assert "Factuur F-3" in plain(reminding_desk.page(f"{third}/reminder")), (
        "the copy before it is due"
    )
    overdue_debtor.record("/invoices/F-2/holds", {"reason": "asked by sales"})
    assert "held: asked by sales" in why(SECOND)
    [mail, *_] = overdue_debtor.record("/inbox", {"channel": "whatsapp", "text": "Why?"})["entries"]
    overdue_debtor.record(f"/inbox/{mail['book_id']}/assign", {"invoices": ["F-3"]})
    assert "answer" in why(third)
    overdue_debtor.record("/debtors/D-7/holds", {"reason": "insolvency"})
    assert "the debtor is held: insolvency" in why(DEBTOR)
    assert asked(http) == []


def test_the_term_of_a_legal_notice_is_never_cut_short(
    http: HttpClients, overdue_debtor: Person
) -> None:
    consumer = {"name": "Jan Jansen", "email": "jan@jansen.example", "segment": "consumer"}
    overdue_debtor.record("/debtors", {"debtor": "D-8", **consumer})
    overdue_debtor.record(
        "/invoices", {"invoice": "F-8", "due_on": "2026-03-01", **DUE | {"debtor": "D-8"}}
    )
    path = f"/invoices/{book_id('default', 'invoice', 'F-8')}/reminder"
    while not asked(http) or asked(http)[-1].template != "fourteen-days":
        reminds(http, desk_user(http, Role.COLLECTOR), path)
        http.clock.advance(days=1)
    page = desk_user(http, Role.COLLECTOR).page(path)
    assert "final notice may not go before" in " ".join(faults(page))


def test_what_changed_since_the_preview_is_shown_again(
    http: HttpClients, overdue_debtor: Person, reminding_desk: DeskUser
) -> None:
    page = reminding_desk.page(f"{FIRST}/reminder")
    overdue_debtor.record("/invoices/F-1/payments", {"amount": "210.00", "reference": "B-1"})
    answer = reminding_desk.send(f"{FIRST}/reminder", hidden(page))
    assert answer.status_code == 409
    assert "It has changed since you saw it." in plain(answer.text)
    assert asked(http) == []
    assert reminding_desk.send(f"{FIRST}/reminder", hidden(answer.text)).status_code == 303


def test_nobody_is_reminded_without_a_playbook(http: HttpClients) -> None:
    anna = http.collector(name="anna")
    anna.record("/debtors", {"debtor": "D-7", "name": "Jansen"})
    anna.record("/invoices", {"invoice": "F-1", "due_on": "2026-02-01", **DUE})
    page = desk_user(http, Role.COLLECTOR).page(f"{FIRST}/reminder")
    assert "no playbook is applied yet" in " ".join(faults(page))


def test_who_may_not_write_is_not_offered_it(http: HttpClients, reminding_desk: DeskUser) -> None:
    for user in (
        desk_user(http, Role.COLLECTOR, "nora", business_units=["north"]),
        desk_user(http, Role.AUDITOR, "gerda"),
    ):
        assert user.get(f"{FIRST}/reminder").status_code == 403
        form = hidden(user.page("/me")) | {"seen": "0"}
        assert user.send(f"{FIRST}/reminder", form).status_code == 403
        assert "/reminder" not in user.page("/today")
    assert asked(http) == []
