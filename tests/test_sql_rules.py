"""Our SQL is SQL that Citus runs unchanged; no CI can run Citus, so a test reads it.

The rules are numbered as in the project's list of what was measured on Citus. A text check cannot
tell all of them: the order of RETURNING and the plan of a query are for the reader.
"""

import ast
import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest

SRC = Path(__file__).parents[1] / "src"
HOLE = "hole"  # stands for what an f-string fills in

OPERATOR = {  # statements that look across tenants or belong to none, and why they may
    "from tenant order by tenant_id": "an operator lists the tenants",
    "from read_model where name": "read_model says which code made a table; it has no tenant",
    "insert into read_model": "as above",
    "from ledger.migration": "the database's own list of steps; it has no tenant",
    "insert into migration": "as above",
    "delete from follower where name": "a table that is gone is gone for every tenant",
    "delete from parked where follower": "a rebuild is an operator's: one table, every tenant",
    "update parked set follower": "as above",
    "create table read_model": "as above",
    "create table if not exists ledger.migration": "as above",
}

STATEMENT = re.compile(
    r"\s*(select\s|insert into\s|update \S+( \w+)? set\s|delete from\s|with \w+ as|merge into\s"
    r"|create (or replace )?(unlogged |temporary |unique |constraint )?"
    r"(table|index|function|trigger|sequence)\s|alter table\s|do \$\$)"
)
TABLE = re.compile(r"\b(?:from|join|update|using)\s+(?:only\s+)?([a-z_][\w.]*)(?![\w.]*\s*\()")
COMMON = re.compile(r"\b(\w+)\s+as\s+(?:not\s+|materialized\s+)*\(")
NO_TABLE = re.compile(
    r"distinct from|extract\s*\(\s*\w+\s+from|for (no key )?update|do update"
    r"|using message|using\s*\("
)
IMPURE = (
    r"\b(now|random|nextval|setval|clock_timestamp|statement_timestamp|transaction_timestamp"
    r"|gen_random_uuid|uuid_generate_v\d|uuidv\d)\s*\("
    r"|\b(current_timestamp|current_date|current_time|localtimestamp|localtime)\b"
)


def tables(sql: str) -> list[str]:
    """Each mention of a table that is read or changed, without common table expressions."""
    named = set(COMMON.findall(sql))
    found = TABLE.findall(NO_TABLE.sub("", sql))
    system = ("pg_", "information_schema")
    return [name for name in found if name not in named and not name.startswith(system)]


def tenantless(sql: str) -> bool:
    """A table is met more often than a tenant: somewhere one is read across tenants."""
    if not re.match(r"\s*(select|insert|update|delete|with|create (or replace )?function)\b", sql):
        return False
    return len(re.findall(r"\btenant_id\b", sql)) < len(tables(sql))


def unled_insert(sql: str) -> bool:
    columns = re.match(r"\s*insert into\s+[\w.]+\s*(\(\s*\w+)?", sql)
    return bool(columns) and "tenant_id" not in (columns[1] or "") if columns else False


def unled_key(sql: str) -> bool:
    """A key, an index or a reference that does not begin with the tenant."""
    lists = re.findall(r"\b(?:primary key|unique|foreign key)\s*\(\s*(\w+)", sql)
    lists += re.findall(
        r"create (?:unique )?index\b.*?\bon\s+[\w.]+\s*(?:using \w+ )?\(\s*(\w+)", sql
    )
    columns = re.findall(
        r"(?:\(|,)\s*(\w+)\s+[\w\[\]]+(?:\s+not null)?\s+(?:primary key|unique)\b(?!\s*\()", sql
    )
    return any(first != "tenant_id" for first in (*lists, *columns))


def matches(pattern: str) -> Callable[[str], bool]:
    return lambda sql: re.search(pattern, sql, re.DOTALL) is not None


def locks_across(sql: str) -> bool:
    locks = re.search(r"\bfor (no key update|update|share|key share)\b", sql)
    return bool(locks) and not re.search(r"\btenant_id\s*=", sql)


RULES: dict[str, Callable[[str], bool]] = {
    "1: no tenant": tenantless,
    "1: an insert whose columns the tenant does not lead": unled_insert,
    "1: a key that the tenant does not lead": unled_key,
    "2: a sequence": matches(r"\b(big|small)?serial\b|as identity|create sequence|\bnextval\b"),
    "4: a clock, chance or sequence in a statement": matches(IMPURE),
    "4: merge": matches(r"^\s*merge into"),
    "4: a subquery in on conflict": matches(r"do update set.*\(\s*select\b"),
    "5: a constraint's name": matches(r"on conflict on constraint|constraint_name|drop constraint"),
    "7: a lock across tenants": locks_across,
    "8: a trigger": matches(
        r"create (or replace )?(constraint )?trigger|execute (function|procedure)"
    ),
    "offset": matches(r"\boffset\b"),
}


def complaints(sql: str) -> list[str]:
    if any(allowed in sql for allowed in OPERATOR):
        return []
    return [rule for rule, broken in RULES.items() if broken(sql)]


def plain(sql: str) -> str:
    """One line, lower case, without comments and quoted words."""
    sql = re.sub(r"--.*", "", sql)
    return " ".join(re.sub(r"'[^']*'", "''", sql).lower().split())


def in_python(source: str) -> Iterator[str]:
    """The strings that are SQL; an f-string is one, with holes."""
    tree = ast.parse(source)
    told = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}  # docstrings
    inner = {id(part) for f in ast.walk(tree) if isinstance(f, ast.JoinedStr) for part in f.values}
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr == "constraint_name":
            yield "constraint_name"
        if isinstance(node, ast.JoinedStr):
            text = "".join(
                str(part.value) if isinstance(part, ast.Constant) else HOLE for part in node.values
            )
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            text = node.value if id(node) not in inner | told else ""
        elif isinstance(node, ast.Constant) and isinstance(node.value, bytes):
            text = node.value.decode(errors="replace")
        else:
            continue
        if STATEMENT.match(text.lower()) or re.search(r"^\s*do \$\$", text):
            yield from map(plain, apart(text))


def apart(script: str) -> Iterator[str]:
    """The statements of a script; what stands between dollars stays whole."""
    for part in re.findall(r"(?:\$\$.*?\$\$|[^;])+", script, re.DOTALL):
        if part.strip():
            yield part


@cache
def ours() -> list[tuple[str, str]]:
    found = [
        (path.relative_to(SRC).as_posix(), sql)
        for path in sorted(SRC.rglob("*.py"))
        for sql in in_python(path.read_text())
    ]
    return found + [
        (path.relative_to(SRC).as_posix(), plain(sql))
        for path in sorted(SRC.rglob("*.sql"))
        for sql in apart(re.sub(r"--.*", "", path.read_text()))
    ]


def test_our_sql_is_found() -> None:
    """Else the next test proves nothing."""
    found = ours()
    assert len(found) > 50
    for some in (
        "positions, written from ledger.append_all(",
        "create table entry",
        "update follower",
    ):
        assert any(some in sql for _, sql in found), some


def test_our_sql_keeps_the_rules() -> None:
    broken = [f"{path}: {rule}: {sql}" for path, sql in ours() for rule in complaints(sql)]
    assert not broken, "\n".join(broken)


@pytest.mark.parametrize("allowed", OPERATOR)
def test_every_exception_is_still_needed(allowed: str) -> None:
    assert any(allowed in sql for _, sql in ours())


@pytest.mark.parametrize(
    ("rule", "sql"),
    [
        ("1: no tenant", "select state from entry where position > %s"),
        ("1: no tenant", "select a.x from agenda a join invoices i on i.id = a.id"
         " where a.tenant_id = %s"),
        ("1: no tenant", "update follower set position = %s where name = %s"),
        ("1: no tenant", "delete from agenda where book_id = %s"),
        ("1: no tenant", "with x as (select * from entry) select * from x"),
        ("1: an insert", "insert into follower (name, tenant_id) values (%s, %s)"),
        ("1: an insert", "insert into follower values (%s, %s)"),
        ("1: a key", "create table t (id uuid primary key, tenant_id text not null)"),
        ("1: a key", "create table t (tenant_id text, id uuid, primary key (id, tenant_id))"),
        ("1: a key", "create table t (tenant_id text, id uuid not null unique)"),
        ("1: a key", "create table t (tenant_id text, id uuid, unique (id))"),
        ("1: a key", "alter table t add foreign key (id) references u (id)"),
        ("1: a key", "create unique index on t (id)"),
        ("1: a key", "create index name on ledger.t using btree (id)"),
        ("2: a seq", "create table t (tenant_id text, n bigserial)"),
        ("2: a seq", "create table t (tenant_id text, n int generated always as identity)"),
        ("2: a seq", "create sequence s"),
        ("4: a clock", "update follower set at = now() where tenant_id = %s"),
        ("4: a clock", "insert into t (tenant_id, at) values (%s, current_timestamp)"),
        ("4: a clock", "insert into t (tenant_id, id) values (%s, gen_random_uuid())"),
        ("4: a clock", "select random() from entry where tenant_id = %s"),
        ("4: merge", "merge into t using u on t.tenant_id = u.tenant_id when matched then delete"),
        ("4: a sub", "insert into t (tenant_id) values (%s) on conflict (tenant_id) do update"
         " set n = (select 1)"),
        ("5: a con", "insert into t (tenant_id) values (%s) on conflict on constraint t_pkey"
         " do nothing"),
        ("7: a lock", "select 1 from follower where name = %s for update skip locked"),
        ("8: a trig", "create trigger t before update on entry for each row execute function f()"),
        ("offset", "select x from t where tenant_id = %s order by x limit 9 offset 9"),
    ],
)  # fmt: skip
def test_what_breaks_a_rule_is_found(rule: str, sql: str) -> None:
    [found] = in_python(f"rows = conn.execute({sql!r})")
    assert [one for one in complaints(found) if one.startswith(rule)]


@pytest.mark.parametrize(
    "source",
    [
        'x(f"select {columns} from agenda where tenant_id = %s and {more} order by {key}")',
        'x("with a as (select 1 from entry where tenant_id = %s) select * from a")',
        'x("select 1 from pg_class, unnest(%s) as u")',
        'x("select a from t where tenant_id = %s and a is distinct from b for update")',
        "x(\"insert into t (tenant_id, a) values (%s, 'now() offset') on conflict do nothing\")",
        'x("create table t (tenant_id text primary key)")',
        'def f():\n    """Select the offset from a table."""',
    ],
)
def test_what_keeps_the_rules_passes(source: str) -> None:
    assert [rule for sql in in_python(source) for rule in complaints(sql)] == []


def test_a_constraints_name_is_not_asked_for() -> None:
    assert complaints(*in_python("if error.diag.constraint_name == 'entry_pkey': pass"))
