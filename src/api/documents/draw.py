"""Draws a page of a PDF as a picture, in a process of its own: the file may come from a stranger.

It reads the PDF from standard input, and writes a sign and a PNG: ``+`` if a further page follows,
``.`` if this is the last. The process has little memory and little time.
"""

import sys
import tempfile
from pathlib import Path

import typst

MAX_SECONDS, MAX_BYTES = 10, 2_000_000_000
WIDE = 110.0  # dots an inch
FORM = (
    "#set page(width: auto, height: auto, margin: 0pt)\n"
    '#image("given.pdf", page: int(sys.inputs.page), width: 595pt)\n'
)


def main() -> None:
    limit()
    page = int(sys.argv[1])
    with tempfile.TemporaryDirectory(prefix="dossier-page-") as name:
        folder = Path(name)
        (folder / "given.pdf").write_bytes(sys.stdin.buffer.read())
        (folder / "form.typ").write_text(FORM, "utf-8")
        picture = draw(folder, page, WIDE)
        try:
            draw(folder, page + 1, 1.0)
            more = b"+"
        except typst.TypstError:
            more = b"."
    sys.stdout.buffer.write(more + picture)


def draw(folder: Path, page: int, dots: float) -> bytes:
    """Return the page as PNG. Raises ``TypstError`` when there is none."""
    made = typst.compile(
        folder / "form.typ",
        root=folder,
        ignore_system_fonts=True,
        format="png",
        ppi=dots,
        sys_inputs={"page": str(page)},
    )
    return made if isinstance(made, bytes) else made[0]


def limit() -> None:
    """Limit what this process may take, where the system can."""
    try:
        import resource
    except ImportError:  # Windows
        return
    resource.setrlimit(resource.RLIMIT_CPU, (MAX_SECONDS, MAX_SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MAX_BYTES, MAX_BYTES))


if __name__ == "__main__":
    main()
