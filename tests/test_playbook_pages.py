"""The playbook on pages: read by everybody at the desk, changed by administrators."""

import pytest

from api.http.auth.keys import Role
from ledger.facts.playbook import PlaybookApplied
from ledger.policy.playbook.in_force import shipped
from ledger.policy.playbook.lines import line_in, line_of
from ledger.policy.playbook.yaml_file import to_yaml
from support.desk import DeskUser, desk_user, hidden, plain
from support.http_clients import HttpClients, Person

DRAFT, TRY, APPLY = "/playbook/draft", "/playbook/simulations", "/playbook/versions"
TEXT = to_yaml(shipped())
LATER = TEXT.replace("after_due: 3", "after_due: 6")


@pytest.fixture
def rule_maker(http: HttpClients) -> DeskUser:
    """An administrator at the desk."""
    return desk_user(http, Role.ADMIN, "eva")


def test_the_rules_are_a_page(http: HttpClients, rule_maker: DeskUser) -> None:
    words = plain(desk_user(http, Role.AUDITOR, "olga").page("/playbook"))
    assert "The rules as shipped: nobody applied others." in words
    assert "first reminder 3 days after it was due" in words
    assert "Reminder · e-mail or letter · asks for payment in 7 days" in words
    assert "The last step is repeated every 14 days, 3 times at most." in words
    assert "Which price was agreed, and where is it written down?" in words
    assert "Nobody has to approve a credit." in words
    assert "Change the rules…" not in words
    assert "Change the rules…" in plain(rule_maker.page("/playbook"))


def test_a_fault_is_shown_at_its_line(http: HttpClients, rule_maker: DeskUser) -> None:
    many = LATER.replace("after_due: 6", "after_due: many", 1)
    answer = rule_maker.fill(DRAFT, TRY, rules=many)
    line = many.splitlines().index("      after_due: many") + 1
    assert answer.status_code == 422
    assert f"Line {line}: ladders/business/steps/1/after_due" in plain(answer.text)
    assert "after_due: many</textarea>" not in answer.text
    assert "after_due: many" in answer.text, "the text is kept"
    refused = rule_maker.fill(DRAFT, APPLY, rules=f"segment: public\n{TEXT}")
    assert "Line 1: segment: There is no ladder for" in plain(refused.text)
    torn = rule_maker.fill(DRAFT, APPLY, rules=f"{TEXT}\n  - [torn")
    assert "Line " in plain(torn.text)
    assert rule_maker.fill(DRAFT, APPLY, rules="").status_code == 422
    assert http.recorded(PlaybookApplied) == []


def test_rules_are_tried_then_applied(
    http: HttpClients, anna: Person, rule_maker: DeskUser
) -> None:
    overdue = {"amount": "1210.00", "due_on": "2026-02-01", "on": "2026-01-02", "debtor": "D-7"}
    anna.record("/debtors", {"debtor": "D-7", "name": "Jansen", "email": "j@d.example"})
    last = anna.record("/invoices", {"invoice": "F-1", **overdue})
    rule_maker.page(f"/today?at_least={last['position']}")
    tried = rule_maker.fill(DRAFT, TRY, rules=LATER, why="Three days more.")
    words = plain(tried.text)
    assert tried.status_code == 200
    assert "- after_due: 3" in words
    assert "+ after_due: 6" in words
    assert "1 invoice" in words
    assert http.recorded(PlaybookApplied) == []
    form = hidden(tried.text) | {"rules": LATER, "why": "Three days more."}
    done = rule_maker.send(APPLY, form)
    assert done.headers["location"] == "/playbook?applied=1"
    [applied] = http.recorded(PlaybookApplied)
    assert (applied.version, applied.why) == (1, "Three days more.")
    entry = next(entry for entry in http.entries() if entry.event == applied)
    assert entry.by == "eva"
    words = plain(rule_maker.page(done.headers["location"]))
    assert "Version 1 is in force." in words
    assert "first reminder 6 days after it was due" in words
    assert "Three days more." in words
    assert "+ after_due: 6" in words
    old = plain(rule_maker.page("/playbook?version=0"))
    assert "You read an earlier version." in old
    assert "first reminder 3 days after it was due" in old
    assert rule_maker.get("/playbook?version=2").status_code == 404


def test_a_form_sent_twice_or_made_of_an_old_version_applies_nothing(
    http: HttpClients, rule_maker: DeskUser
) -> None:
    form = hidden(rule_maker.page(DRAFT)) | {"rules": LATER}
    old = hidden(rule_maker.page(DRAFT)) | {"rules": TEXT}
    assert [rule_maker.send(APPLY, form).status_code for _ in range(2)] == [303, 303]
    stale = rule_maker.send(APPLY, old)
    assert stale.status_code == 409
    assert "Somebody applied another version meanwhile." in plain(stale.text)
    assert len(http.recorded(PlaybookApplied)) == 1


def test_only_administrators_of_all_units_change_rules(
    http: HttpClients, rule_maker: DeskUser
) -> None:
    north = desk_user(http, Role.ADMIN, "nora", business_units=["north"])
    bram = desk_user(http, Role.COLLECTOR, "bram")
    for user in (north, bram):
        form = hidden(user.page("/me")) | {"rules": LATER}
        assert [user.send(path, form).status_code for path in (TRY, APPLY)] == [403, 403]
        assert user.get(DRAFT).status_code == 403
        assert "Change the rules…" not in plain(user.page("/playbook"))
    assert http.recorded(PlaybookApplied) == []


def test_a_rule_is_found_in_the_text() -> None:
    text = "a:\n  - b: 1\n    c/d: 2\n"
    assert [line_of(text, pointer) for pointer in ("/a", "/a/0/b", "/a/0/c~1d")] == [1, 2, 3]
    assert line_of(text, "/a/0/none") == 2, "the line of the last part that is there"
    assert line_of("a: [", "/a") == line_of(text, "") == 0
    assert line_in("while parsing at line 3, column 1 at line 12, column 4") == 12
