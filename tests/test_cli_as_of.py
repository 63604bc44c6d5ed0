"""Reports as they were: at the end of a past day, or when the ledger was only so long."""

from collections.abc import Iterator

import pytest

from support.cli import CliUser
from support.postgres import new_database


@pytest.fixture(scope="module")
def past_cli(postgres: str) -> Iterator[CliUser]:
    """Positions 1 to 5: registered, disputed, assigned, resolved (two entries). Only read."""
    with new_database(postgres) as url:
        past_cli = CliUser(url)
        _live(past_cli)
        yield past_cli


def _live(cli: CliUser) -> None:
    cli.record(
        "register-invoice", invoice="A-1", amount=100, on="2026-01-05", due_on="2026-01-20"
    ).ok()
    said = {"invoice": "A-1", "reason": "price", "comment": "Too much."}
    cli.record("open-dispute", on="2026-02-02", **said).ok()
    cli.record("assign-resolver", invoice="A-1", resolver="sam", on="2026-02-10").ok()
    cli.record("resolve-dispute", invoice="A-1", outcome="rejected", on="2026-03-03").ok()


@pytest.mark.parametrize(
    ("day", "status"),
    [
        ("2026-02-01", []),
        ("2026-02-02", ["open"]),
        ("2026-03-02", ["open"]),
        ("2026-03-03", ["resolved"]),
        ("2030-01-01", ["resolved"]),
    ],
)
def test_the_dispute_report_is_that_of_the_end_of_the_day(
    past_cli: CliUser, day: str, status: list[str]
) -> None:
    rows = past_cli("disputes", "--as-of", day, "--json").ok().json
    assert [row["status"] for row in rows] == status


@pytest.mark.parametrize(
    ("position", "status"), [(0, []), (1, []), (2, ["open"]), (4, ["resolved"]), (5, ["resolved"])]
)
def test_the_dispute_report_is_what_was_known_at_a_position(
    past_cli: CliUser, position: int, status: list[str]
) -> None:
    rows = past_cli("disputes", "--known-at", position, "--json").ok().json
    assert [row["status"] for row in rows] == status


def test_both_together_are_what_was_known_then_of_that_day(past_cli: CliUser) -> None:
    """The resolver was assigned on the 10th, which position 2 did not know yet."""
    rows = past_cli("disputes", "--as-of", "2026-02-28", "--known-at", 2, "--json").ok().json
    assert [row["resolver"] for row in rows] == [""]
    rows = past_cli("disputes", "--as-of", "2026-02-28", "--known-at", 3, "--json").ok().json
    assert [row["resolver"] for row in rows] == ["sam"]


def test_the_agenda_of_a_past_day_asks_what_was_to_be_done_then(past_cli: CliUser) -> None:
    def asked(day: str) -> list[str]:
        return [row["action"] for row in past_cli("agenda", "--as-of", day, "--json").ok().json]

    assert asked("2026-01-20") == []  # due today
    assert asked("2026-01-21") == ["chase debtor"]
    assert asked("2026-02-05") == ["assign resolver"]
    assert asked("2026-02-17") == ["chase resolver"]
    assert asked("2026-03-03") == ["resume after dispute"]


def test_ageing_and_cycle_times_are_of_that_day(past_cli: CliUser) -> None:
    [bucket] = past_cli("ageing", "--as-of", "2026-02-28", "--json").ok().json
    assert (bucket["bucket"], bucket["disputed"]) == ("31-60", "100.00")
    [count] = past_cli("cycle-times", "--as-of", "2026-02-28", "--json").ok().json["counts"]
    assert (count["still_open"], count["open_age_max"]) == (1, 26)
    [count] = past_cli("cycle-times", "--as-of", "2026-03-31", "--json").ok().json["counts"]
    assert (count["still_open"], count["resolved"]) == (0, 1)


def test_looking_back_changes_nothing(past_cli: CliUser) -> None:
    now = past_cli("disputes", "--json").ok().json
    past_cli("disputes", "--as-of", "2026-02-02").ok()
    assert past_cli("disputes", "--json").ok().json == now
    past_cli("rebuild", "--check").ok()


@pytest.mark.parametrize(
    ("option", "said", "rule"),
    [
        ("--as-of", "2026-13-01", "2026-03-31"),
        ("--as-of", "soon", "soon"),
        ("--known-at", "-1", "0"),
    ],
)
def test_a_day_or_position_that_cannot_be_is_refused(option: str, said: str, rule: str) -> None:
    CliUser("")("disputes", option, said).misused(option, rule)


def test_a_position_that_the_ledger_has_not_reached_is_refused(past_cli: CliUser) -> None:
    past_cli("disputes", "--known-at", 99).refused("--known-at 99: the ledger ends at 5", code=2)
