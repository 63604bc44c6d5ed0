"""The playbook over HTTP: who may read and apply it, and what is said of a rule that is wrong."""

from typing import Any

import pytest

from api.http.auth.keys import Role
from ledger.policy.playbook.decode import decode, error_pointer
from ledger.policy.playbook.in_force import shipped
from support.http_clients import HttpClients, Person, refused

STEPS = [{"step": "first", "after_due": 3}, {"step": "later", "after_previous": 7}]
RULES: dict[str, Any] = {"ladders": {"business": {"steps": STEPS}}}


@pytest.mark.no_worker
def test_the_shipped_rules_hold_until_others_are_applied(http: HttpClients, admin: Person) -> None:
    anna = http.collector()
    shown = anna.get("/playbook").json()
    assert (shown["version"], shown["applied_on"], shown["by"]) == (0, None, "")
    assert decode(shown["rules"]) == shipped()

    admin.record("/playbook", {"rules": RULES, "why": "Fewer."})
    answer = anna.get("/playbook")
    assert answer.headers["etag"] == '"1"'
    shown = answer.json()
    assert {name: shown[name] for name in ("version", "applied_on", "by", "why")} == {
        "version": 1,
        "applied_on": "2026-03-02",
        "by": "pat",
        "why": "Fewer.",
    }
    assert decode(shown["rules"]) == decode(RULES)


@pytest.mark.no_worker
def test_every_version_can_be_read(http: HttpClients, admin: Person) -> None:
    for grace in (1, 2):
        admin.record("/playbook", {"rules": RULES | {"grace": grace}})
    auditor = http.person(Role.AUDITOR)
    graces = [auditor.get(f"/playbook?version={one}").json()["rules"]["grace"] for one in (0, 1, 2)]
    assert graces == [shipped().grace, 1, 2]
    refused(auditor.get("/playbook?version=3"), 404, "unknown")


@pytest.mark.no_worker
def test_what_is_shown_can_be_sent_back(admin: Person) -> None:
    shown = admin.get("/playbook").json()["rules"]
    assert admin.record("/playbook", {"rules": shown})["line"] == 1
    assert admin.record("/playbook", {"rules": shown})["entries"] == []


@pytest.mark.no_worker
def test_the_same_request_acts_once_and_only_on_what_was_read(admin: Person) -> None:
    first = admin.record("/playbook", {"rules": RULES}, Idempotency_Key="k")
    assert admin.record("/playbook", {"rules": RULES}, Idempotency_Key="k") == first
    other = {"rules": RULES | {"grace": 9}}
    refused(admin.post("/playbook", other, If_Match='"0"'), 412, "moved")
    admin.record("/playbook", other, If_Match='"1"')


@pytest.mark.no_worker
@pytest.mark.parametrize("role", [Role.COLLECTOR, Role.AUDITOR, Role.RESOLVER])
def test_only_an_admin_applies(http: HttpClients, role: Role) -> None:
    person = http.person(role)
    refused(person.post("/playbook", {"rules": RULES}), 403, "not-allowed")
    readers = (Role.COLLECTOR, Role.AUDITOR)
    assert person.get("/playbook").status_code == (200 if role in readers else 403)
    assert person.get("/playbook/schema").status_code == (200 if role in readers else 403)


def ladder(*steps: Any, **more: Any) -> dict[str, Any]:
    return {"ladders": {"consumer": {"steps": STEPS}, "business": {"steps": steps} | more}}


@pytest.mark.no_worker
@pytest.mark.parametrize(
    ("rules", "pointer"),
    [
        (ladder({"step": "x", "after_due": -3}), "/ladders/business/steps/0/after_due"),
        (ladder({"step": "x", "after": 3}), "/ladders/business/steps/0/after"),
        (ladder({"step": "x\0", "after_due": 3}), ""),
        (RULES | {"reasons": {"pricing": {}}}, "/reasons"),
        (RULES | {"reasons": {"price": {"grace/time~": 1}}}, "/reasons/price/grace~1time~0"),
        (RULES | {"ladder": {}}, "/ladder"),
        (
            RULES | {"wording": {"nl": {"signs": {"price": ["te duur"], "other": ["nee", True]}}}},
            "/wording/nl/signs/other/1",
        ),
        ({}, ""),
    ],
)
def test_what_is_not_well_formed_is_pointed_at(admin: Person, rules: Any, pointer: str) -> None:
    refused(admin.post("/playbook", {"rules": rules}), 422, "invalid", f"/rules{pointer}")


@pytest.mark.no_worker
@pytest.mark.parametrize(
    ("rules", "pointer"),
    [
        (ladder({"step": "x"}), "/ladders/business/steps/0"),
        (ladder(*STEPS, from_amount="NaN"), "/ladders/business/from_amount"),
        (RULES | {"segment": "public"}, "/segment"),
        (RULES | {"approvers": [{"approver": "eva", "up_to": "-1"}]}, "/approvers/0/up_to"),
        (
            RULES | {"disputes": {"resolvers": [{"resolver": "sam", "from_amount": "1e99"}]}},
            "/disputes/resolvers/0/from_amount",
        ),
        (RULES | {"wording": {"nl": {"ignore": ["te*duur"]}}}, "/wording/nl/ignore/0"),
    ],
)
def test_what_makes_no_sense_is_refused(admin: Person, rules: Any, pointer: str) -> None:
    refused(admin.post("/playbook", {"rules": rules}), 409, "refused", f"/rules{pointer}")


@pytest.mark.no_worker
def test_half_a_character_is_no_text(admin: Person) -> None:
    body = b'{"rules": {"ladders": {"business": {"steps": [{"step": "\\ud800", "after_due": 1}]}}}}'
    refused(admin.send("/playbook", body), 422, "invalid", "/rules")


def test_a_fault_whose_place_is_not_told_is_everywhere() -> None:
    assert error_pointer({}, "odd") == ("odd", "")


@pytest.mark.no_worker
def test_it_is_an_event_like_any_other(http: HttpClients, admin: Person) -> None:
    admin.record("/playbook", {"rules": RULES})
    [event] = admin.get("/events").json()
    assert (event["type"], event["authid"]) == ("dossier.playbook-applied.v1", "pat")
    assert event["data"]["version"] == 1
    assert decode(event["data"]["rules"]) == decode(RULES)


def test_rules_are_tried_and_nothing_is_written(http: HttpClients, admin: Person) -> None:
    admin.record("/debtors", {"debtor": "D-7", "name": "Bakery", "email": "a@b.nl"})
    bill = {"invoice": "A-1", "debtor": "D-7", "amount": "100.00", "due_on": "2026-02-28"}
    written = admin.record("/invoices", bill | {"on": "2026-02-01"})
    days = {"first": "2026-03-02", "last": "2026-03-31"}
    asked = f"/playbook/simulate?at_least={written['position']}"
    rules = {"ladders": {"business": {"steps": [{"step": "first", "after_due": 10}]}}}
    told = admin.post(asked, days | {"rules": rules, "changes": True}).json()
    [message] = told["messages"]
    assert (message["verdict"], message["sent"]["on"]) == ("would be sent", "2026-03-10")
    assert told["totals"]["steps"] == [{"name": "first", "would": 1, "was": 0}]
    assert len(admin.post(asked, days).json()["messages"]) == 3  # by the shipped ones
    none = admin.post(asked, {"first": "2026-01-01", "last": "2026-01-01"}).json()
    totals = {"messages": {}, "channels": [], "steps": [], "pauses": 0, "collectors": 0}
    assert none == {"messages": [], "totals": totals}
    assert len(admin.get("/events").json()) == 2
    refused(admin.post(asked, days | {"last": "2026-01-01"}), 422, "invalid", "/last")
    wrong = days | {"rules": RULES | {"segment": "public"}}
    refused(admin.post(asked, wrong), 409, "refused", "/rules/segment")
    wrong = days | {"rules": {"ladder": {}}}
    refused(admin.post(asked, wrong), 422, "invalid", "/rules/ladder")
    refused(http.collector().post(asked, days), 403, "not-allowed")
