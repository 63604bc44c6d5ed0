"""``/mine``: who is signed in answers what is asked of them, without a link."""

import re
from html import unescape
from uuid import UUID, uuid4

import pytest

from api.http.auth.keys import Role
from ledger.facts.books import INVOICE
from ledger.facts.codes import Answer
from ledger.facts.invoice.dispute_handling import (
    CreditApproved,
    CreditRefused,
    CreditRequested,
    ResolverAnswered,
    ResolverChanged,
)
from ledger.facts.invoice.registration import DocumentAttached
from ledger.policy.visibility import approves, solves
from ledger.store.ledger import Ledger
from projections.asked import APPROVE, SOLVE, show
from support.desk import DeskUser, desk_user, hidden
from support.disputing import EVA, LEO, SAM, case_link, case_of, run_dispute, set_up_disputes
from support.http_clients import HttpClients, Person

LEAD = "lead@seller.example"
APPROVERS = f'approvers: [{{approver: {LEAD}, up_to: "500"}}, {{approver: director}}]\n'


@pytest.fixture(autouse=True)
def two_approvers(http: HttpClients, anna: Person) -> None:
    set_up_disputes(http, anna, APPROVERS)


@pytest.fixture
def asked_case(anna: Person) -> str:
    return case_of(run_dispute(anna, "F-1", comment="We agreed on <10 % less."))


@pytest.fixture
def sam(http: HttpClients, asked_case: str) -> DeskUser:
    return desk_user(http, Role.RESOLVER, SAM, email=SAM)


def plain(page: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page)).split())


def listed(http: HttpClients, user: DeskUser) -> str:
    """Return the words of the list, which shows all that is recorded."""
    page = user.page(f"/mine?at_least={http.entries()[-1].position}")
    return plain(page.partition("<main")[2])


def answers(user: DeskUser, asked_case: str, answer: str, **fields: str) -> str:
    made = user.fill(f"/mine/{asked_case}", answer=answer, **fields)
    assert made.status_code == 200, plain(made.text)
    return plain(made.text)


def test_a_resolver_begins_with_what_is_asked_of_them(http: HttpClients, sam: DeskUser) -> None:
    words = listed(http, sam)
    assert "Wrong price" not in words, "the list has the reason in the reader's language"
    assert "We agreed on <10 % less." in words
    assert "Bakkerij Jansen" in words
    page = sam.page("/mine")
    assert 'href="/mine" aria-current="page"' in page
    assert 'href="/today"' not in page
    assert 'href="/inbox"' not in page


def test_they_answer_without_a_link(http: HttpClients, asked_case: str, sam: DeskUser) -> None:
    before = len(http.entries())
    page = sam.page(f"/mine/{asked_case}")
    assert len(http.entries()) == before
    assert "Which price was agreed?" in page
    words = answers(
        sam, asked_case, "solved", outcome="credited", **{"credited-0": "121,00"}, text="Our list."
    )
    assert "To credit on invoice F-1: €121.00." in words
    assert "is asked to approve it" not in words or LEAD in words
    [made] = http.recorded(ResolverAnswered)
    assert (made.answer, made.resolver) == (Answer.SOLVED, SAM)
    entry = next(each for each in http.entries() if each.event == made)
    assert sam.person is not None
    assert (entry.by, entry.via) == (SAM, str(sam.person.person_id))
    words = listed(http, sam)
    assert "Nothing waits for your answer." in words
    assert "You answered, and a colleague decides" in words


def test_an_approver_decides_the_credit(http: HttpClients, asked_case: str, sam: DeskUser) -> None:
    answers(sam, asked_case, "solved", outcome="credited", **{"credited-0": "121,00"})
    lead = desk_user(http, Role.COLLECTOR, "marit", email=LEAD)
    assert "May this be credited?" in listed(http, lead)
    page = lead.page(f"/mine/{asked_case}")
    assert 'href="/mine"' in page.partition("<main")[0], "the navigation leads there"
    assert "121.00" in plain(page)
    wrong = lead.fill(f"/mine/{asked_case}", answer="refuse")
    assert wrong.status_code == 422
    assert "Error:" in wrong.text.partition("</title>")[0]
    assert http.recorded(CreditRefused) == []
    answers(lead, asked_case, "approve")
    [made] = http.recorded(CreditApproved)
    assert str(made.amount) == "121.00"
    assert next(each.by for each in http.entries() if each.event == made) == LEAD
    assert "May this be credited?" not in listed(http, lead)
    assert lead.get(f"/mine/{asked_case}").status_code == 404, "nothing is asked any more"


def test_only_who_is_asked_opens_it(http: HttpClients, anna: Person, asked_case: str) -> None:
    for role, name in ((Role.RESOLVER, EVA), (Role.COLLECTOR, "bram"), (Role.ADMIN, "henk")):
        user = desk_user(http, role, name, email=name if "@" in name else None)
        assert user.get(f"/mine/{asked_case}").status_code == 404, name
        form = hidden(user.page("/me")) | {"answer": "solved", "outcome": "paid"}
        assert user.send(f"/mine/{asked_case}", form | {"form": str(uuid4())}).status_code == 404, (
            name
        )
        assert "F-1" not in user.page("/mine")
    auditor = desk_user(http, Role.AUDITOR, SAM, email=SAM)
    assert auditor.get("/mine").status_code == 403
    assert auditor.get(f"/mine/{asked_case}").status_code == 403
    assert http.recorded(ResolverAnswered) == []
    anna.record(f"/disputes/{asked_case}/escalate", {"to": "henk", "why": "Late."})
    henk = DeskUser(http.client, user.person, user.cookies)
    assert henk.get(f"/mine/{asked_case}").status_code == 200, "by escalation"


def test_a_form_needs_its_token_and_counts_once(
    http: HttpClients, asked_case: str, sam: DeskUser
) -> None:
    form = hidden(sam.page(f"/mine/{asked_case}")) | {"answer": "solved", "outcome": "rejected"}
    assert sam.send(f"/mine/{asked_case}", form | {"csrf": ""}).status_code == 403
    eva = desk_user(http, Role.RESOLVER, "eva")
    stolen = form | {"csrf": hidden(eva.page("/me"))["csrf"]}
    assert sam.send(f"/mine/{asked_case}", stolen).status_code == 403
    foreign = {"Sec-Fetch-Site": "cross-site"}
    assert sam.send(f"/mine/{asked_case}", form, **foreign).status_code == 403
    assert http.recorded(ResolverAnswered) == []
    assert [sam.send(f"/mine/{asked_case}", form).status_code for _ in range(2)] == [200, 200]
    assert len(http.recorded(ResolverAnswered)) == 1


def test_a_photo_is_kept_and_shown(http: HttpClients, asked_case: str, sam: DeskUser) -> None:
    form = hidden(sam.page(f"/mine/{asked_case}")) | {"answer": "solved", "outcome": "replaced"}
    files = {"file": ("proof.jpg", b"JPEG", "image/jpeg")}
    answer = sam.request("POST", f"/mine/{asked_case}", data=form, files=files)
    assert answer.status_code == 200
    [named] = http.recorded(DocumentAttached)
    [there] = re.findall(r'href="([^"]+/documents/[^"]+)"', sam.page(f"/mine/{asked_case}"))
    got = sam.get(there)
    assert (got.content, named.sha256 in there) == (b"JPEG", True)
    assert got.headers["content-disposition"].startswith("attachment;")
    assert sam.get(f"/mine/{asked_case}/documents/{'0' * 64}").status_code == 404


def test_it_is_passed_to_a_colleague(http: HttpClients, asked_case: str, sam: DeskUser) -> None:
    words = answers(sam, asked_case, "not_mine", who=LEO)
    assert f"{LEO} is asked to solve it." in words
    assert [event.resolver for event in http.recorded(ResolverChanged)] == [LEO]
    assert "F-1" not in listed(http, sam)
    assert sam.get(f"/mine/{asked_case}").status_code == 404
    assert http.client.get(case_link(http, asked_case, LEO)).status_code == 200


def test_a_hidden_amount_is_not_credited(http: HttpClients, asked_case: str, sam: DeskUser) -> None:
    """The field is shown for an outcome with a credit only: what stays in it counts no more."""
    answers(sam, asked_case, "solved", outcome="rejected", **{"credited-0": "121,00"})
    assert http.recorded(CreditRequested) == []


def test_the_list_knows_who_is_asked(http: HttpClients, asked_case: str, sam: DeskUser) -> None:
    """The rows agree with the rules by which a page opens."""
    answers(sam, asked_case, "solved", outcome="credited", **{"credited-0": "121,00"})
    ledger = Ledger(http.pool)
    try:
        invoice = ledger.book(INVOICE, "F-1").state
    finally:
        ledger.close()
    dispute, rules = invoice.disputes[UUID(asked_case)], {SOLVE: solves, APPROVE: approves}
    rows = {(row.who, row.what) for row in show(invoice)}
    assert rows == {(SAM, SOLVE), (LEAD, APPROVE)}
    for who in (SAM, LEAD, EVA):
        for what, rule in rules.items():
            assert ((who, what) in rows) == rule(invoice, dispute, who), (who, what)
