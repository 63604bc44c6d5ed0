"""SQL files go to the database one statement at a time: Citus refuses some that come together."""

from importlib.resources import files

import pytest

from ledger.database.pool import Conn
from ledger.database.statements import statements

STEPS = sorted(
    step.name for step in (files("ledger.database") / "migrations").iterdir() if ".sql" in step.name
)


@pytest.mark.parametrize(
    ("sql", "found"),
    [
        ("", []),
        (" ;; \n;", []),
        ("-- a; b\n /* c; */ ;", []),
        ("select 1; select 2", ["select 1", "select 2"]),
        ("select ';'; select \"a;b\"", ["select ';'", 'select "a;b"']),
        ("select 'it''s; so'; select 2", ["select 'it''s; so'", "select 2"]),
        (r"select e'it\'s; so'; select 2", [r"select e'it\'s; so'", "select 2"]),
        ("do $$ begin; end; $$; select 2", ["do $$ begin; end; $$", "select 2"]),
        ("do $a$ $$;$b$; $a$; select $1; x$$y;", ["do $a$ $$;$b$; $a$", "select $1", "x$$y"]),
        ("select 1 -- one; 'two\n; select 2", ["select 1 -- one; 'two", "select 2"]),
        ("select 4/2, '*/;' /* ; */; x", ["select 4/2, '*/;' /* ; */", "x"]),
    ],
)
def test_statements_end_at_a_semicolon_of_their_own(sql: str, found: list[str]) -> None:
    assert [*statements(sql)] == found


@pytest.mark.parametrize("sql", ["select 'a;", 'x "a; b', "do $$ begin", "do $a$ $$; $b$", "/* x"])
def test_what_is_never_closed_is_refused(sql: str) -> None:
    with pytest.raises(ValueError, match="not closed"):
        [*statements(sql)]


@pytest.mark.parametrize("step", STEPS)
def test_each_statement_of_a_migration_is_one(step: str, owner: Conn) -> None:
    """Postgres prepares no two at once, and says so before it looks at what they name."""
    script = (files("ledger.database") / "migrations" / step).read_text()
    for one in statements(script):
        answer = owner.pgconn.prepare(b"", one.encode())
        assert b"multiple commands" not in answer.error_message, one
    assert b"multiple commands" in owner.pgconn.prepare(b"", b"select 1; select 2").error_message
