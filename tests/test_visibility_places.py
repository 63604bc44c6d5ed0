"""Nothing but the policy of visibility decides who sees what: read from the source.

It goes by names, so it finds what is written as such decisions were written here before.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

SRC = Path(__file__).parents[1] / "src"
DEFINITION, IN_SQL, OF_KEYS = (
    "ledger/policy/visibility.py",
    "projections/scope.py",
    "api/http/auth/keys.py",
)
PEOPLE = "api/http/auth/people.py"  # who sign in, and act by a key
MAY = {  # what decides who sees something: where it may stand
    "reads the business units of a key or scope": {
        *(DEFINITION, IN_SQL, OF_KEYS, PEOPLE, "api/cli/users.py", "api/http/routes/keys.py"),
        *("api/pages/texts/routes.py", "api/pages/admin/person_routes.py"),
    },
    "reads the resolver or agency of a scope": {IN_SQL},
    "compares roles": {
        OF_KEYS,
        PEOPLE,
        "api/http/auth/authentication.py",
        "api/http/auth/providers.py",
        "api/http/routes/keys.py",
        "api/http/server/looks.py",
        "api/pages/admin/person_routes.py",
        "api/pages/kit/visitor.py",
        "api/pages/texts/routes.py",
    },  # asking: which routes and pages a role may call, gives a group, and is on record
    "compares a person with whose it is": set(),
    "makes a scope": {DEFINITION, OF_KEYS},
    "writes a scope in SQL": {IN_SQL},
}
WHOSE = {"resolver", "escalated_to", "credit_asked_of", "agency", "business_unit"}
WHO = {"key", "scope", "link"}


def decides(node: ast.AST) -> Iterator[str]:
    """In what way it decides who sees something, by the names that it uses."""
    match node:
        case ast.Attribute(attr="business_units"):
            yield "reads the business units of a key or scope"
        case ast.Attribute(attr="resolver" | "agency", value=of) if _called(of) == "scope":
            yield "reads the resolver or agency of a scope"
        case ast.Compare(left=left, comparators=others):
            sides = [part for side in (left, *others) for part in _parts(side)]
            if any(_called(side) == "role" or _of(side) == "Role" for side in sides):
                yield "compares roles"
            whose = [side for side in sides if _called(side) in WHOSE and _of(side) not in WHO]
            if whose and any(_of(side) in WHO for side in sides):
                yield "compares a person with whose it is"
        case ast.Match(subject=subject) if _called(subject) == "role":
            yield "compares roles"
        case ast.Call(func=made) if _called(made) == "Scope":
            yield "makes a scope"
        case ast.Constant(value=str(text)) if "%(scope_" in text:
            yield "writes a scope in SQL"


def _parts(side: ast.expr) -> list[ast.expr]:
    return side.elts if isinstance(side, ast.Tuple | ast.List | ast.Set) else [side]


def _called(node: ast.expr) -> str:
    """``b`` of ``b`` and of ``a.b``."""
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def _of(node: ast.expr) -> str:
    """``b`` of ``a.b.c``."""
    return _called(node.value) if isinstance(node, ast.Attribute) else ""


def places(source: str) -> set[str]:
    return {way for node in ast.walk(ast.parse(source)) for way in decides(node)}


def test_nothing_else_in_the_source_decides_who_sees_what() -> None:
    found: dict[str, set[str]] = {way: set() for way in MAY}
    for path in SRC.rglob("*.py"):
        for way in places(path.read_text()):
            found[way].add(path.relative_to(SRC).as_posix())
    assert found == MAY


@pytest.mark.parametrize(
    ("code", "way"),
    [
        ("return bool(key.business_units)", "reads the business units of a key or scope"),
        ("if unit in self.key.business_units: pass", "reads the business units of a key or scope"),
        (
            "rows = [r for r in rows if key.scope.resolver]",
            "reads the resolver or agency of a scope",
        ),
        ("if key.role is Role.RESOLVER: pass", "compares roles"),
        ("seen = role in (Role.ADMIN, Role.AUDITOR)", "compares roles"),
        ("match key.role:\n    case _: pass", "compares roles"),
        ("row.resolver == key.name", "compares a person with whose it is"),
        (
            "link.resolver in (part.resolver, part.escalated_to)",
            "compares a person with whose it is",
        ),
        ("invoice.agency == self.key.agency", "compares a person with whose it is"),
        ("Scope(resolver=name)", "makes a scope"),
        ('where = "and resolver = %(scope_resolver)s"', "writes a scope in SQL"),
    ],
)
def test_that_it_would_be_found(code: str, way: str) -> None:
    assert way in places(code)


def test_what_is_no_such_decision() -> None:
    assert not places("late = [item for item in late if item.dispute.resolver == resolver]")
    assert not places("allow(Role.COLLECTOR, Role.AUDITOR)")
    assert not places("if key.scope.sees_dispute(row, row): pass")
