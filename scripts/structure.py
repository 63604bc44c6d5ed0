"""Count what docs/architecture.md promises: sizes, cycles, imports upward, lengths of paths.

The paths are the numbered lists of that page; ``tests/test_structure.py`` checks each figure.
"""

import ast
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

import grimp

ROOT = Path(__file__).parents[1]
SRC = ROOT / "src"
PAGE = ROOT / "docs" / "architecture.md"
ROOMS = ("ledger", "commands", "projections", "api")
UPWARD = {  # what a room may not import
    "ledger": {"commands", "projections", "api"},
    "commands": {"projections", "api"},
    "projections": {"commands", "api"},
    "api": set[str](),
}
APPEND = {"append", "Appender", "make_line"}  # of ledger.store
MAY_SEE = {"sees", "sees_dispute", "covers", "solves", "approves", "may_see"}
ENGINE = {"next_step", "pause_reason", "debtor_pause", "amount_to_ask", "step_offsets"}
APART = (  # a path counts none of these: every request passes through them
    "src/ledger/store/",
    "src/ledger/engine/",
    "src/ledger/database/",
    "src/api/http/server/",
    "src/api/http/auth/",
    "src/api/app.py",
)
VOCABULARY = (  # the words of every path
    "src/ledger/facts/codes.py",
    "src/ledger/facts/entry.py",
    "src/ledger/facts/books.py",
    "src/ledger/facts/invoice/events.py",
)


class Route(NamedTuple):
    """A path of the page: the files that it leads through, and those that run besides."""

    name: str
    files: list[str]
    besides: list[str]


def main() -> None:
    show_sizes()
    graph = grimp.build_graph(*ROOMS)
    print(f"packages and modules in cycles: {sum(map(len, cycles(graph)))}")
    print(f"imports upward: {len(list(upward(graph)))}")
    for title, modules in (
        ("callers of the append", append_callers()),
        ('modules that define "may see"', definitions(MAY_SEE)),
        ("follow-up engines", engines()),
    ):
        print(f"{title}: {len(modules)} ({', '.join(sorted(modules))})")
    print(f"\n{'path':44}{'files':>6}{'lines':>8}{'with what else runs':>24}")
    for path in paths():
        wide = [*path.files, *path.besides]
        print(
            f"{path.name:44}{len(path.files):6}{lines_of(path.files):8}"
            f"{len(wide):16}{lines_of(wide):8}"
        )


def show_sizes() -> None:
    files, lines = Counter[str](), Counter[str]()
    for file in python_files():
        parts = file.relative_to(SRC).parts
        folder = "/".join(parts[: min(2, len(parts) - 1)])
        files[folder] += 1
        lines[folder] += len(file.read_text("utf-8").splitlines())
    print(f"{'folder':28}{'files':>6}{'lines':>8}")
    for folder in sorted(files):
        print(f"{folder:28}{files[folder]:6}{lines[folder]:8}")
    print(f"{'all':28}{files.total():6}{lines.total():8}\n")


def python_files() -> Iterator[Path]:
    for room in ROOMS:
        yield from sorted((SRC / room).rglob("*.py"))


def lines_of(files: Iterable[str]) -> int:
    return sum(len((ROOT / file).read_text("utf-8").splitlines()) for file in files)


def paths() -> list[Route]:
    """Return the paths of the page: numbered items are the path, the other items run besides."""
    found = []
    for section in re.split(r"^### ", PAGE.read_text("utf-8"), flags=re.MULTILINE)[1:]:
        files = re.findall(r"^\d+\. `(src/[^`]+)`", section, re.MULTILINE)
        besides = re.findall(r"^- `(src/[^`]+)`", section, re.MULTILINE)
        if files:
            found.append(Route(section.partition("\n")[0], files, besides))
    return found


def rows_of_the_picture() -> list[list[str]]:
    """Return the modules of each row of the page's picture, the top row first."""
    [picture] = re.findall(r"```text\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    lines = [line.partition("|")[0].split() for line in picture.splitlines()]
    return [[name.replace("/", ".") for name in line] for line in lines if line]


def against_the_picture(graph: grimp.ImportGraph) -> set[str]:
    """Return the imports that do not lead to a lower row, and the modules that have no row."""
    row = {name: at for at, names in enumerate(rows_of_the_picture()) for name in names}
    wrong = set[str]()
    for module in graph.modules - set(ROOMS):
        start = _in_picture(module, row)
        if start is None and graph.find_modules_directly_imported_by(module):
            wrong.add(f"{module} is not in the picture")
        for imported in graph.find_modules_directly_imported_by(module):
            end = _in_picture(imported, row)
            if start and end and start != end and row[end] <= row[start]:
                wrong.add(f"{module} -> {imported}")
    return wrong


def _in_picture(module: str, row: dict[str, int]) -> str | None:
    parts = module.split(".")
    names = (".".join(parts[:length]) for length in range(len(parts), 0, -1))
    return next((name for name in names if name in row), None)


def upward(graph: grimp.ImportGraph) -> Iterator[tuple[str, str]]:
    """Yield each import from a room to one that it may not know."""
    for module in graph.modules:
        for imported in graph.find_modules_directly_imported_by(module):
            if imported.split(".")[0] in UPWARD[module.split(".")[0]]:
                yield module, imported


def cycles(graph: grimp.ImportGraph) -> list[set[str]]:
    """Return the groups of sibling packages and modules that import each other in a circle."""
    parents = {module.rpartition(".")[0] for module in graph.modules if "." in module}
    return [group for parent in sorted(parents) for group in _circles(graph, parent)]


def _circles(graph: grimp.ImportGraph, parent: str) -> Iterator[set[str]]:
    depth = parent.count(".") + 2
    arrows: dict[str, set[str]] = {}
    for module in graph.modules:
        child = ".".join(module.split(".")[:depth])
        for imported in graph.find_modules_directly_imported_by(module):
            other = ".".join(imported.split(".")[:depth])
            both_inside = module.startswith(f"{parent}.") and imported.startswith(f"{parent}.")
            if both_inside and other != child:
                arrows.setdefault(child, set()).add(other)
    reach = {child: _reachable(arrows, child) for child in arrows}
    seen = set[str]()
    for child, others in sorted(reach.items()):
        circle = {other for other in others if child in reach.get(other, ())}
        if circle and child not in seen:
            seen |= circle
            yield circle


def _reachable(arrows: dict[str, set[str]], start: str) -> set[str]:
    found, left = set[str](), [start]
    while left:
        new = arrows.get(left.pop(), set()) - found
        found |= new
        left += new
    return found


def append_callers() -> set[str]:
    """Return the modules outside the store that hand entries to the append."""
    return _modules(lambda file, tree: "ledger/store/" not in file and any(_appends(tree)))


def _appends(tree: ast.Module) -> Iterator[bool]:
    for node in ast.walk(tree):
        match node:
            case ast.ImportFrom(module=str(module), names=names):
                names_of_append = any(alias.name in APPEND for alias in names)
                yield module.startswith("ledger.store.append") and names_of_append
            case ast.Attribute(value=owner, attr="write"):
                yield ast.unparse(owner).rpartition(".")[2] == "ledger"


def definitions(names: set[str]) -> set[str]:
    """Return the modules that define a function of such a name, with a rule of its own.

    A function that only answers from what a state or a form already is does not count: it takes
    nothing but ``self``.
    """
    return _modules(lambda _, tree: any(_defines(node, names) for node in ast.walk(tree)))


def _defines(node: ast.AST, names: set[str]) -> bool:
    return isinstance(node, ast.FunctionDef) and node.name in names and len(node.args.args) > 1


def engines() -> set[str]:
    """Return the packages that define what is asked, when, and what pauses it."""
    return {file.rpartition("/")[0] for file in definitions(ENGINE)}


def _modules(holds: Callable[[str, ast.Module], bool]) -> set[str]:
    return {
        file.relative_to(SRC).as_posix()
        for file in python_files()
        if holds(file.relative_to(SRC).as_posix(), ast.parse(file.read_text("utf-8")))
    }


if __name__ == "__main__":
    main()
