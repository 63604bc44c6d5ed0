"""Moves the support code of the tests to tests/support and renames what is named in the tables.

Run it once on a branch that was cut before the move, then merge: the branch's own lines are then
written as those of the branch that it is merged into. It goes when all branches are merged.
"""

import io
import re
import subprocess
import sys
import tokenize
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

TESTS = Path(__file__).parents[1] / "tests"
DOCSTRING = "What tests share: examples, cases to test with, and the servers that they talk to."
MOVES = {
    "agency": "handoff_case",
    "cli": "cli",
    "clock_house": "clock_case",
    "desk_over_http": "two_units",
    "disputing": "disputing",
    "dovecot": "imap",
    "facts": "examples",
    "files_to_import": "import_files",
    "follow_up_model": "follow_up_oracle",
    "histories": "histories",
    "http_house": "http_clients",
    "import_main": "import_process",
    "letterbox": "mailbox_case",
    "lives": "random_lives",
    "mail_samples": "mail_samples",
    "mail_server": "smtp",
    "mailing": "postman_case",
    "office": "creditor",
    "proxy": "postgres",
    "seller": "end_to_end",
    "served": "served",
    "story": "given",
    "walking": "routes",
}
# a name that a module of support defines: in that module and in every file that imports it
EXPORTS: dict[str, dict[str, str]] = {
    "cli": {"Dossier": "CliUser"},
    "clock_case": {"House": "ClockCase", "house_at": "open_clock_case"},
    "creditor": {"Office": "Creditor", "new_office": "new_creditor"},
    "disputing": {
        "asked": "requested_messages",
        "copies": "requested_copies",
        "link": "case_link",
        "names": "message_names",
        "ready": "set_up_disputes",
        "runs": "run_dispute",
    },
    "end_to_end": {"Seller": "EndToEnd", "seller": "open_end_to_end"},
    "follow_up_oracle": {"Model": "FollowUpOracle"},
    "handoff_case": {"Office": "HandOffCase"},
    "http_clients": {"House": "HttpClients", "house": "open_http"},
    "imap": {"Dovecot": "ImapServer", "dovecot": "run_imap_server"},
    "import_files": {
        "fact": "history_line",
        "many": "history_lines",
        "once": "assert_imported_once",
    },
    "mailbox_case": {"Letterbox": "MailboxCase", "letterbox": "open_mailbox"},
    "postman_case": {"Mailing": "PostmanCase", "Posting": "CliUser", "mailing": "open_postman"},
    "random_lives": {"Wish": "DatedCommand", "lived": "run_commands", "wishes": "random_commands"},
    "routes": {"things": "create_samples"},
    "smtp": {"MailServer": "SmtpServer", "mail_server": "run_smtp_server"},
    "two_units": {"Town": "TwoUnits", "town": "open_two_units"},
}
EVERYWHERE = {"dossier": "cli", "database_url": "database"}
HTTP = {"office": "http", "house": "http", "open_house": "http"}
CREDITOR = {"office": "creditor"}
CLOCK = {"house": "clock_case"}
POSTMAN = {"office": "postman", "server": "smtp", "postman": "process"}
MAILBOX = {"office": "creditor", "box": "mailbox", "letters": "mailbox"}
UNITS = {"desk": "two_units"}
SESSION = {"desk": "session"}
# variables, parameters and fixtures, file by file
LOCALS: dict[str, dict[str, str]] = {
    "support/clock_case.py": CLOCK,
    "support/creditor.py": CREDITOR,
    "support/disputing.py": HTTP,
    "support/end_to_end.py": {"house": "http", "desk": "session"},
    "support/handoff_case.py": SESSION,
    "support/mailbox_case.py": CREDITOR | SESSION,
    "support/postman_case.py": CREDITOR | SESSION,
    "support/two_units.py": CREDITOR | {"house": "http"},
    "test_ageing.py": CREDITOR,
    "test_agenda.py": CREDITOR,
    "test_answers.py": HTTP | SESSION,
    "test_answers_calendar.py": HTTP,
    "test_approvals_http.py": HTTP,
    "test_checks.py": CREDITOR,
    "test_clock.py": CLOCK,
    "test_clock_crash.py": CLOCK,
    "test_clock_resolvers.py": CLOCK,
    "test_clock_year.py": CLOCK,
    "test_cycle_times.py": CREDITOR,
    "test_debtors_model.py": CREDITOR,
    "test_dispute_run_http.py": HTTP,
    "test_disputes_model.py": CREDITOR,
    "test_handoff.py": {"office": "handoff_case"},
    "test_handoff_folder.py": {"office": "handoff_case"},
    "test_handoffs_model.py": CREDITOR,
    "test_holds.py": {"house": "owing"},
    "test_http_agenda.py": UNITS,
    "test_http_bad_input.py": HTTP,
    "test_http_disputes.py": HTTP,
    "test_http_documents.py": HTTP,
    "test_http_events.py": UNITS,
    "test_http_handoffs.py": HTTP | UNITS,
    "test_http_idempotency.py": HTTP,
    "test_http_import.py": HTTP,
    "test_http_invoices.py": HTTP,
    "test_http_reading.py": UNITS,
    "test_http_reports.py": UNITS,
    "test_http_roles.py": {"world": "every_role", "World": "EveryRole"},
    "test_http_schema.py": {"world": "schema_case", "World": "SchemaCase"},
    "test_http_scopes.py": UNITS,
    "test_import_history.py": SESSION,
    "test_import_open_items.py": SESSION,
    "test_inbox.py": {"at_home": "http"},
    "test_inbox_add.py": HTTP,
    "test_invoices_model.py": CREDITOR,
    "test_mailbox_answers.py": MAILBOX,
    "test_mailbox_imap.py": {
        "desk": "session",
        "imap": "imap_module",
        "letters": "mailbox",
        "mailbox": "account",
        "one_server": "imap_server",
        "server": "imap",
    },
    "test_mailbox_intake.py": MAILBOX,
    "test_migrate.py": {"server": "own_postgres"},
    "test_nothing_left.py": CLOCK,
    "test_outbox_model.py": POSTMAN,
    "test_partly_disputed.py": CLOCK,
    "test_playbook_books.py": CREDITOR,
    "test_playbook_http.py": HTTP,
    "test_postman.py": POSTMAN,
    "test_postman_cli.py": POSTMAN | {"dossier": "mail_cli"},
    "test_postman_copies.py": POSTMAN,
    "test_postman_faults.py": POSTMAN,
    "test_printing.py": POSTMAN,
    "test_public_form.py": HTTP,
    "test_read_models.py": CREDITOR,
    "test_segments.py": CLOCK,
    "test_short_payments.py": HTTP,
    "test_simulate.py": {"house": "owing"},
    "test_story_mail.py": {"firm": "end_to_end"},
    "test_user_demands.py": {"house": "owing"},
    "test_whatsapp.py": HTTP,
    "test_why_then.py": CREDITOR | {"open_house": "later_http"},
    "test_worker.py": {"watcher": "owner"},
}
# attributes and methods; what is written in a file's own table wins
ATTRIBUTES = {
    "brings": "deliver",
    "calls": "log_call",
    "desk": "session",
    "does": "execute",
    "dossier": "cli",
    "hands_off": "hand_off",
    "house": "http",
    "looking": "reading",
    "made_anew": "renumber",
    "office": "creditor",
    "pass_": "advance",
    "passes": "pass_days",
    "posts": "send",
    "receives": "receive",
    "registers": "register",
    "sees": "read",
    "strikes": "tick",
    "attaches": "attach",
}
PEOPLE = {"admin", "anna", "bob", "head", "lead", "max_", "north", "pat", "sam", "who", "zammad"}
MAIL_METHODS: dict[str, str] = {"asks": "send", "happened": "events", "take": "receive"}
OWN_ATTRIBUTES: dict[str, dict[str, str]] = {
    "support/mailbox_case.py": MAIL_METHODS,
    "support/two_units.py": {"level": "catch_up"},
    "support/http_clients.py": {"does": "record"},
    "test_clock_year.py": {"house": "clock_case"},
    "test_demo.py": {"desk": "desk"},
    "test_http_agenda.py": {"level": "catch_up"},
    "test_http_events.py": {"level": "catch_up"},
    "test_http_reading.py": {"level": "catch_up"},
    "test_http_reports.py": {"level": "catch_up"},
    "test_http_scopes.py": {"level": "catch_up"},
    "test_mailbox_answers.py": MAIL_METHODS,
    "test_mailbox_imap.py": MAIL_METHODS,
    "test_mailbox_intake.py": MAIL_METHODS,
    "test_simulate.py": {"house": "clock_case"},
}
METHODS: dict[str, set[str]] = {  # as they are defined, in support alone
    "support/clock_case.py": {"does", "strikes"},
    "support/creditor.py": {"does", "looking"},
    "support/end_to_end.py": {"passes", "posts", "receives", "sees"},
    "support/handoff_case.py": {"does", "registers", "attaches", "calls", "hands_off"},
    "support/http_clients.py": {"does", "pass_"},
    "support/imap.py": {"brings", "made_anew"},
    "support/mailbox_case.py": {"take", "happened", "asks"},
    "support/postman_case.py": {"posts", "looking"},
    "support/two_units.py": {"level", "does"},
    "test_judging.py": {"does"},
}
TEXTS = (("from api.mailbox import imap\n", "from api.mailbox import imap as imap_module\n"),)
FROM = re.compile(rf"^(\s*)from ({'|'.join(MOVES)}) import", re.MULTILINE)
IMPORTED = re.compile(r"from support\.(\w+) import (\([^)]*\)|.*)")


def main() -> None:
    move()
    if "rename" in sys.argv and "class Creditor" in (TESTS / "support/creditor.py").read_text():
        sys.exit("The names are the new ones already.")
    for path in sorted(TESTS.glob("**/*.py")):
        before = path.read_text("utf-8")
        after = FROM.sub(lambda found: f"{found[1]}from support.{MOVES[found[2]]} import", before)
        if "rename" in sys.argv:
            for old, new in TEXTS:
                after = after.replace(old, new)
            after = rename(str(path.relative_to(TESTS)), after)
        if after != before:
            path.write_text(after, "utf-8")
    ruff = str(TESTS.parent / ".venv/bin/ruff")
    subprocess.run([ruff, "check", "-q", "--select", "I", "--fix", "tests"], check=True)
    subprocess.run([ruff, "format", "-q", "tests"], check=True)


def move() -> None:
    (TESTS / "support").mkdir(exist_ok=True)
    (TESTS / "support" / "__init__.py").write_text(f'"""{DOCSTRING}"""\n')
    for old, new in MOVES.items():
        if (TESTS / f"{old}.py").exists():
            there = TESTS / "support" / f"{new}.py"
            subprocess.run(["git", "mv", TESTS / f"{old}.py", there], check=True)


class Names(NamedTuple):
    """What is renamed in a file."""

    variables: dict[str, str]
    exported: dict[str, str]  # by support, and imported or defined here
    attributes: dict[str, str]
    methods: set[str]  # that are defined here

    def of_attribute(self, name: str, owner: str, argument: str) -> str:
        if name == "does" and (owner in PEOPLE or re.match(r"[rf]?[\"']/", argument)):
            return "record"
        return self.attributes.get(name, "")

    def of_name(self, name: str, before: str, after: str, depth: int) -> str:
        if before == "def" and name in self.methods:
            return self.attributes[name]
        if depth and after == "=" and before in ("(", ",") and name not in EVERYWHERE:
            return ""  # of an argument
        called = after == "(" and before != "def"
        if name in self.exported and (called or name not in self.variables):
            return self.exported[name]
        return self.variables.get(name, "")

    def inside(self, field: str) -> str:
        """Rename in what an f-string fills in."""
        names, attributes = self.variables | self.exported, self.attributes
        field = re.sub(r"(?<=\w)\.(\w+)\b", lambda m: f".{attributes.get(m[1], m[1])}", field)
        bare = r"(?<![\w.\"'])([A-Za-z_]\w*)\b(?![\"'])"
        return re.sub(bare, lambda m: names.get(m[1], m[1]), field)


def rename(name: str, text: str) -> str:
    exported = dict[str, str]()
    for module, what in IMPORTED.findall(text):
        found = set(re.findall(r"\w+", what))
        exported |= {old: new for old, new in EXPORTS.get(module, {}).items() if old in found}
    exported |= EXPORTS.get(Path(name).stem, {}) if name.startswith("support/") else {}
    attributes = ATTRIBUTES | OWN_ATTRIBUTES.get(name, {})
    methods = METHODS.get(name, set())
    names = Names(EVERYWHERE | LOCALS.get(name, {}), exported, attributes, methods)
    lines = text.splitlines(keepends=True)
    for (row, start), (last, end), new in reversed([*_edits(text, names)]):
        whole = lines[row - 1][:start] + new + lines[last - 1][end:]
        lines[row - 1 : last] = [whole]
    return "".join(lines)


Place = tuple[int, int]


def _edits(text: str, names: Names) -> Iterator[tuple[Place, Place, str]]:
    tokens = [*tokenize.generate_tokens(io.StringIO(text).readline)]
    depth, importing = 0, False
    for at, token in enumerate(tokens[:-2]):
        if token.type == tokenize.OP:
            depth += (token.string in "([{") - (token.string in ")]}")
        if token.type == tokenize.NEWLINE:
            importing = False
        importing |= token.string == "import" or token.line.lstrip().startswith("from ")
        new, before = "", tokens[at - 1].string
        if token.type == tokenize.STRING and "f" in token.string[:2].lower():
            new = re.sub(r"\{[^{}]*\}", lambda m: names.inside(m[0]), token.string)
        elif token.type == tokenize.NAME and importing:
            new = names.exported.get(token.string, "") if before != "." else ""
        elif token.type == tokenize.NAME and before == ".":
            owner, argument = tokens[at - 2].string, tokens[at + 2].string
            new = names.of_attribute(token.string, owner, argument)
        elif token.type == tokenize.NAME:
            new = names.of_name(token.string, before, tokens[at + 1].string, depth)
        if new:
            yield token.start, token.end, new


if __name__ == "__main__":
    main()
