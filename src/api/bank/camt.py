"""Reads camt.052, .053 and .054, every version of them: ISO 20022's statements of account.

The file is read in pieces. A transaction is dropped from memory as soon as it is read, and so is an
entry; neither may grow without limit. A document type, by which entities could multiply or fetch
files, is refused.
"""

from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from api.bank.camt_statement import OpenStatement
from api.bank.statement import Statement, UnreadableFile

FORMATS = {
    "BkToCstmrAcctRpt": "camt.052",
    "BkToCstmrStmt": "camt.053",
    "BkToCstmrDbtCdtNtfctn": "camt.054",
}
STATEMENTS = {"Rpt", "Stmt", "Ntfctn"}
PIECE = 1 << 16
MAX_UNREAD = 8_000_000  # bytes of one transaction, or of all else between two
MAX_ELEMENTS = 50_000  # of them
MAX_DEPTH = 60
MAX_RAW = 20_000  # characters of an entry that is kept as it stands
CUT_OFF = {
    expat.errors.codes[message]
    for message in (
        expat.errors.XML_ERROR_NO_ELEMENTS,
        expat.errors.XML_ERROR_UNCLOSED_TOKEN,
        expat.errors.XML_ERROR_UNCLOSED_CDATA_SECTION,
        expat.errors.XML_ERROR_PARTIAL_CHAR,
    )
}


def read_camt(content: bytes) -> list[Statement]:
    """Return the statements of a camt file. Raise ``UnreadableFile``."""
    return _Reader(content).statements()


class _Reader:
    """A file that is being read: where we are in it, and what was read so far."""

    def __init__(self, content: bytes) -> None:
        self.content = content
        self.path = list[str]()  # local names of the open elements
        self.kept = list[Element]()  # of them, from the statement or the header downward
        self.names = dict[str, str]()  # local names, by names as they are written
        self.tree: TreeBuilder | None = None
        self.made = list[Statement]()
        self.header: Element | None = None
        self.format = ""
        self.cut = 0  # where the last transaction ended
        self.elements = 0  # that are kept, also in the elements of ``kept``
        self.before = list[int]()  # how many there were before each of ``kept``
        self.entry_from = 0
        self.statement = OpenStatement("", None)
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._begin
        self.parser.EndElementHandler = self._end
        self.parser.StartDoctypeDeclHandler = self._refuse_doctype

    def statements(self) -> list[Statement]:
        try:
            view = memoryview(self.content)
            for start in range(0, len(view), PIECE):
                self.parser.Parse(view[start : start + PIECE], False)
                if start - self.cut > MAX_UNREAD:
                    raise self._refused(f"has more than {MAX_UNREAD:,} bytes in one piece")
            self.parser.Parse(b"", True)
        except expat.ExpatError as error:
            why = f"is not well-formed XML: {expat.ErrorString(error.code)}"
            if error.code in CUT_OFF:
                why = "the file is cut off in the middle"
            raise UnreadableFile(f"line {error.lineno}", why) from error
        except (LookupError, ValueError) as error:
            if self.path:  # else expat has read no more than the declaration
                raise
            raise UnreadableFile("line 1", f"its encoding is not known: {error}") from error
        if not self.format:
            raise UnreadableFile("", "is XML, but neither camt.052 nor camt.053 nor camt.054")
        if not self.made:
            raise UnreadableFile(self.format, "has no statement in it")
        return self.made

    def _refused(self, why: str) -> UnreadableFile:
        place = "/".join(self.path[-4:])
        return UnreadableFile(f"line {self.parser.CurrentLineNumber}, {place}", why)

    def _refuse_doctype(self, *_: object) -> None:
        raise self._refused("has a document type, which no statement needs")

    def _begin(self, raw: str, attributes: dict[str, str]) -> None:
        name = self.names.get(raw) or self.names.setdefault(raw, raw.rpartition(":")[2])
        self.path.append(name)
        self.elements += 1
        if len(self.path) > MAX_DEPTH or self.elements > MAX_ELEMENTS:
            raise self._refused("has too many elements in one another, or in one piece")
        if self.tree is None:
            self._look(name)
        if self.tree is not None:
            self.kept.append(self.tree.start(name, attributes))
            self.before.append(self.elements - 1)
            if name == "Ntry" and len(self.kept) == 2:
                self.entry_from = self.parser.CurrentByteIndex

    def _look(self, name: str) -> None:
        """Begin to keep elements where a statement, or the header of a message, begins."""
        if not self.format:
            self.format = FORMATS.get(name.partition("V0")[0], "")
        elif name in STATEMENTS or name == "GrpHdr":
            self.tree = TreeBuilder()
            self.parser.CharacterDataHandler = self.tree.data
            self.statement = OpenStatement(self.format, self.header)

    def _end(self, raw: str) -> None:
        name = self.path[-1]
        if self.tree is not None:
            self.tree.end(name)
            node, before = self.kept.pop(), self.before.pop()
            try:
                self._take(name, node, raw, before)
            except UnreadableFile as refused:
                raise self._refused(refused.why) from None
        self.path.pop()

    def _take(self, name: str, node: Element, raw: str, before: int) -> None:
        """Read what ended, if it is read as a whole, and keep it no longer."""
        depth = len(self.kept)
        if depth == 0:
            self._finish(name, node)
        elif name == "TxDtls" and depth > 1 and self.kept[1].tag == "Ntry":
            self.statement.add_part(self.kept[0], self.kept[1], node)
            self._drop(node, before)
        elif name == "NtryDtls" and depth == 2:
            self._drop(node, before)
        elif name == "Ntry" and depth == 1:
            self.statement.add_entry(self.kept[0], node, lambda: self._as_it_stands(raw))
            self._drop(node, before)

    def _finish(self, name: str, node: Element) -> None:
        if name == "GrpHdr":
            self.header = node
        else:
            self.made.append(self.statement.closed(node))
        self.tree = self.parser.CharacterDataHandler = None
        self.cut, self.elements = self.parser.CurrentByteIndex, 0

    def _drop(self, node: Element, before: int) -> None:
        self.kept[-1].remove(node)
        self.cut, self.elements = self.parser.CurrentByteIndex, before

    def _as_it_stands(self, raw: str) -> str:
        """Return the entry that just ended, as it stands in the file."""
        written = self.content[self.entry_from : self.parser.CurrentByteIndex]
        return f"{written[:MAX_RAW].decode('utf-8', 'replace')}</{raw}>"
