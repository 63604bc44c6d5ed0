"""The rules a creditor may set: what is refused, what is kept, and what the file looks like."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import jsonschema_rs
import msgspec
import pytest
import yaml
from msgspec import json, to_builtins
from msgspec.structs import asdict
from msgspec.structs import replace as but

from commands.context import Context
from commands.execute import execute
from commands.playbook import ApplyPlaybook
from ledger.facts.books import PLAYBOOK
from ledger.facts.codes import Reason
from ledger.facts.entry import Entry
from ledger.facts.playbook import NUMBER, PlaybookApplied
from ledger.facts.playbook_rules import (
    Approver,
    Calendar,
    DisputePolicy,
    Ladder,
    QuietPeriod,
    ReasonPolicy,
    Repeat,
    Resolver,
    Rules,
    Segment,
    ShortPayments,
    Step,
)
from ledger.policy.follow_up.contact_days import WEEKDAYS
from ledger.policy.playbook.hidden_rules import hidden_rules
from ledger.policy.playbook.in_force import SHIPPED, rules_in_force, shipped
from ledger.policy.playbook.yaml_file import diff_lines, parse, schema, to_yaml
from ledger.policy.refusal import Refused
from ledger.store.codec import decode, encode
from ledger.store.ledger import Ledger
from support.cli import CliUser
from support.given import BOOK, TODAY, day, given, moment

FIRST, LATER = Step(step="first", after_due=3), Step(step="later", after_previous=7)
RULES = Rules(ladders={"business": Ladder(steps=(FIRST, LATER))})
APPLIED = PlaybookApplied(on=day(TODAY), version=1, rules=RULES)


def ladder(*steps: Step, **more: Any) -> Rules:
    return Rules(ladders={"business": Ladder(steps=steps, **more)})


def disputes(**told: Any) -> Rules:
    return but(RULES, disputes=DisputePolicy(**told))


def quiet(*days: QuietPeriod) -> Rules:
    return but(RULES, quiet=days)


def test_the_first_playbook_is_version_1() -> None:
    given().when(ApplyPlaybook(rules=RULES)).then(APPLIED)


def test_another_is_the_next_version() -> None:
    other = but(RULES, grace=9)
    changed = PlaybookApplied(on=day(TODAY), version=2, rules=other, why="patience")
    given(APPLIED).when(ApplyPlaybook(rules=other, why="patience")).then(changed)


def test_the_same_again_is_nothing() -> None:
    given(APPLIED).when(ApplyPlaybook(rules=RULES)).then()


def test_nothing_is_in_force_before_it_is_applied() -> None:
    tomorrow = ApplyPlaybook(rules=RULES, on=date(2026, 3, 3))
    given().when(tomorrow).refused(Refused, "from the day it is applied", "on")


@pytest.mark.parametrize(
    ("rules", "field", "why"),
    [
        (ladder(), "ladders/business/steps", "at least one step"),
        (ladder(Step(step="a")), "ladders/business/steps/0", "Give one of"),
        (ladder(Step(step="a", after_due=1, before_due=1)), "ladders/business/steps/0", "one of"),
        (ladder(LATER), "ladders/business/steps/0/after_previous", "no step before"),
        (ladder(FIRST, FIRST), "ladders/business/steps/1/step", "two steps"),
        (ladder(FIRST, Step(step="b", after_due=3)), "ladders/business/steps/1", "later than"),
        (ladder(FIRST, Step(step="b", before_due=3)), "ladders/business/steps/1", "later than"),
        (ladder(but(FIRST, channels=())), "ladders/business/steps/0/channels", "one channel"),
        (
            ladder(Step(step="a", before_due=1), repeat=Repeat(every=7, at_most=2)),
            "ladders/business/repeat",
            "after the due date",
        ),
        (but(RULES, segment="consumer"), "segment", "no ladder for 'consumer'"),
        (but(RULES, segments=(Segment("public"),)), "segments/0/segment", "no ladder for 'public'"),
        (but(RULES, segments=(Segment("business"),)), "segments/0", "at least one condition"),
        (quiet(QuietPeriod()), "quiet/0", "one of weekday and first"),
        (quiet(QuietPeriod("friday", day(TODAY))), "quiet/0", "one of weekday and first"),
        (quiet(QuietPeriod("friday", last=day(TODAY))), "quiet/0/last", "first to last"),
        (
            quiet(QuietPeriod(first=day(TODAY), last=day("2026-03-01"))),
            "quiet/0/last",
            "first to last",
        ),
        (
            quiet(QuietPeriod(first=day(TODAY), last=day("2999-03-01"))),
            "quiet/0/last",
            "a year at most",
        ),
        (quiet(*map(QuietPeriod, WEEKDAYS)), "quiet", "No day is left"),
        (but(RULES, calendar=Calendar("ZZ")), "calendar", "of ZZ are not known"),
        (but(RULES, calendar=Calendar("DE", "XX")), "calendar", "of DE XX are not known"),
        (but(RULES, approvers=(Approver("a"), Approver("b"))), "approvers/0", "never be asked"),
        (
            but(RULES, approvers=(Approver("a", Decimal(9)), Approver("b", Decimal(5)))),
            "approvers/0",
            "from the lowest",
        ),
        (
            but(RULES, short_payments=ShortPayments(tolerance_percent=Decimal(101))),
            "short_payments/tolerance_percent",
            "at most 100 %",
        ),
        (
            disputes(resolvers=(Resolver("sam"), Resolver("kim"))),
            "disputes/resolvers/0",
            "only the last",
        ),
        (disputes(answer_within=5, resolve_within=4), "disputes/resolve_within", "before it is"),
    ],
)
def test_rules_that_make_no_sense_are_refused(rules: Rules, field: str, why: str) -> None:
    given().when(ApplyPlaybook(rules=rules)).refused(Refused, why, f"rules/{field}")


def test_a_reason_has_the_common_rules_but_for_its_own() -> None:
    common = DisputePolicy(name="Dispute", resolvers=(Resolver("sam"),), answer_within=4)
    own = ReasonPolicy(department="logistics", answer_within=2, escalate_to="")
    rules = but(RULES, disputes=but(common, escalate_to="pat"), reasons={Reason.DAMAGED: own})
    expected = but(common, name="", department="logistics", answer_within=2)
    assert rules.handling(Reason.DAMAGED) == expected
    assert rules.handling(Reason.PRICE) is rules.disputes


def test_resolvers_for_all_disputes_reach_the_reasons_of_the_shipped_playbook() -> None:
    common = but(shipped().disputes, resolvers=(Resolver("sam"),), copy_to=("kim",))
    rules = but(shipped(), disputes=but(common, escalate_to="pat", remind_every=1))
    for reason in Reason:
        handling = rules.handling(reason)
        asked = [rule.resolver for rule in handling.resolvers]
        others = (handling.copy_to, handling.escalate_to, handling.remind_every)
        assert (asked, others) == (["sam"], (("kim",), "pat", 1)), reason


def as_stored_before() -> Rules:
    """The shipped rules as an earlier Dossier recorded them: each rule of each reason is given."""
    rules = shipped()
    each = {reason.value: asdict(rules.handling(reason)) for reason in rules.reasons}
    stored = json.encode({**to_builtins(rules, str_keys=True), "reasons": each})
    return json.decode(stored, type=Rules)


def test_an_earlier_playbook_holds_as_it_did_and_is_shown_without_repetition() -> None:
    old = as_stored_before()
    resolvers = (Resolver("sam"),)
    later = but(old, disputes=but(old.disputes, resolvers=resolvers))
    assert later.handling(Reason.PRICE).resolvers == (), "each reason held as a whole then"
    assert next(hidden_rules(old, later)).startswith("disputes/resolvers does not reach price,")
    shown = parse(to_yaml(old).encode(), "shown")
    assert [shown.handling(reason) for reason in Reason] == [*map(old.handling, Reason)]
    assert "remind_every" not in to_yaml(old).partition("reasons:")[2]
    again = but(shown, disputes=but(shown.disputes, resolvers=resolvers))
    assert again.handling(Reason.PRICE).resolvers == resolvers


def test_a_new_common_rule_that_reasons_hide_is_warned_of() -> None:
    rules = shipped()
    asks = but(rules, disputes=but(rules.disputes, asks="Is it so?", remind_every=2))
    [warning] = hidden_rules(rules, asks)
    assert warning.startswith("disputes/asks does not reach price, discount,")
    assert warning.endswith("their own `asks` holds")
    assert list(hidden_rules(rules, rules)) == []


def test_the_shipped_rules_are_ones_that_may_be_applied() -> None:
    [applied] = given().when(ApplyPlaybook(rules=shipped())).decided()
    assert set(applied.rules.ladders) == {"business", "consumer"}
    assert {reason for reason in Reason if reason is not Reason.OTHER} == set(applied.rules.reasons)


PARTED = but(
    RULES,
    segments=(Segment("business", vat_id="known"),),
    quiet=(QuietPeriod("friday"), QuietPeriod(first=day(TODAY), why="Fair.")),
)


@pytest.mark.parametrize("rules", [shipped(), RULES, PARTED, but(RULES, calendar=Calendar("BE"))])
def test_what_is_shown_can_be_applied(rules: Rules) -> None:
    assert parse(to_yaml(rules).encode(), "shown") == rules


@pytest.mark.parametrize(
    ("file", "why"),
    [
        (
            b"ladders: {a: {steps: [{step: x, after_due: -3}]}}",
            "f.yaml: /ladders/a/steps/0/after_due: ",
        ),
        (b"ladders: {}\nladder: {}", "f.yaml: /ladder: there is no field ladder"),
        (
            b"ladders: {}\nreasons: {pricing: {}}",
            "f.yaml: /reasons: 'pricing' is none of",
        ),
        (b"ladders: [", "did not find expected node content at line 2, column 1"),
        (b"\xff", "f.yaml:"),
        (b"", "f.yaml:"),
    ],
)
def test_a_file_that_is_wrong_is_told_where(file: bytes, why: str) -> None:
    with pytest.raises(ValueError, match=r"f\.yaml: ") as wrong:
        parse(file, "f.yaml")
    assert why in str(wrong.value)


def test_the_schema_says_what_the_reader_says() -> None:
    valid = jsonschema_rs.validator_for(schema())
    good = yaml.safe_load(SHIPPED.read_text())
    assert valid.is_valid(good)
    assert not valid.is_valid({**good, "ladder": {}})
    assert not valid.is_valid({"ladders": {"a": {"steps": [{"step": "x", "after_due": -3}]}}})


def test_the_book_keeps_every_version(ledger: Ledger) -> None:
    assert rules_in_force(ledger.book(PLAYBOOK, NUMBER).state) == shipped()
    for nth, rules in enumerate((RULES, but(RULES, grace=9))):
        context = Context("anna", moment(f"2026-03-0{nth + 2}"))
        execute(ledger, [ApplyPlaybook(rules=rules)], context)
    playbook = ledger.book(PLAYBOOK, NUMBER).state
    rules = rules_in_force(playbook)
    assert (playbook.version, rules.grace) == (2, 9)
    assert playbook.applied_on == date(2026, 3, 3)
    before = ledger.book(PLAYBOOK, NUMBER, upto=1).state
    assert before.rules == RULES


def test_rules_of_before_there_were_segments_and_quiet_days_are_read() -> None:
    """As the first version of the playbook wrote them: in the ledger, and in somebody's file."""
    plain = '{"ladders": {"business": {"steps": [{"step": "first", "after_due": 3}]}}, "grace": 2}'
    stored = (
        '{"at": "2026-03-02T09:00:00Z", "by": "anna", "event":'
        f' {{"on": "2026-03-02", "version": 1, "rules": {plain}}}}}'
    )
    rules = decode(BOOK, 1, "playbook-applied.v1", stored, 0).event.rules
    assert rules == parse(plain.encode(), "old.yaml")
    assert (rules.segments, rules.quiet, rules.grace) == ((), (), 2)


def test_the_difference_is_told_line_by_line() -> None:
    assert diff_lines(RULES, RULES) == []
    assert "+grace: 9" in diff_lines(RULES, but(RULES, grace=9))


def test_every_rule_is_kept_as_it_was_applied() -> None:
    applied = PlaybookApplied(on=day(TODAY), version=1, rules=shipped(), why="as shipped")
    entry = Entry(BOOK, 1, moment(TODAY), "anna", applied)
    assert decode(BOOK, 1, applied.topic, encode(entry), 0) == entry


def test_rules_come_as_plain_values_over_http() -> None:
    plain = msgspec.to_builtins(RULES, str_keys=True)
    assert ApplyPlaybook.model_validate({"rules": plain}).rules == RULES
    with pytest.raises(ValueError, match="unknown field `ladder`"):
        ApplyPlaybook.model_validate({"rules": {"ladders": {}, "ladder": {}}})


def test_the_command_line(tmp_path: Path, database: str) -> None:
    cli = CliUser(database)
    file = tmp_path / "playbook.yaml"
    file.write_text(cli("playbook", "show").ok().out)
    assert "as shipped" in file.read_text()
    assert cli("playbook", "diff", file).ok().out == ""

    file.write_text(file.read_text().replace("at_most: 3", "at_most: 2"))
    changed = cli("playbook", "diff", file)
    assert changed.code == 1
    assert "+      at_most: 2" in changed.out
    assert "version 1" in cli("playbook", "apply", file, "--why", "fewer").ok().err
    assert "already" in cli("playbook", "apply", file).ok().err
    assert "version 1, since" in cli("playbook", "show").ok().out

    file.write_text("ladders: {}\nladder: {}")
    cli("playbook", "apply", file).refused("playbook.yaml", "no field ladder", code=2)
    file.write_text("ladders: {}")
    cli("playbook", "apply", file).refused("rules/segment: ", "no ladder")
    cli("playbook", "apply", tmp_path / "none.yaml").refused("none.yaml", "No such file")
    assert cli("playbook", "show", "--schema").ok().json["$defs"]["Step"]
