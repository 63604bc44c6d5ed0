"""The command line as its user meets it: what is typed, and what comes back."""

import json
import os
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, redirect_stderr, redirect_stdout, suppress
from dataclasses import dataclass, field
from io import BytesIO, TextIOWrapper
from pathlib import Path
from typing import Any
from unittest.mock import patch

from api.cli import main

SOURCE = Path(__file__).parents[2] / "src"
START = "from api.cli import main; main()"


@dataclass(frozen=True)
class Answer:
    """What a command printed, and its exit code."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    def ok(self) -> "Answer":
        assert self.code == 0, self
        return self

    def refused(self, *words: str, code: int = 1) -> "Answer":
        """Expect one line on standard error with these words in it, and nothing else."""
        assert self.code == code, self
        assert self.out == "", self
        [line] = self.err.strip().splitlines()
        for word in words:
            assert word in line, line
        return self

    def misused(self, *words: str) -> "Answer":
        """Expect typer's message, of several lines, about a wrong command line."""
        assert self.code == 2, self
        text = " ".join(self.err.replace("│", " ").split())
        assert "Traceback" not in text
        for word in words:
            assert word in text, text
        return self


@dataclass(frozen=True)
class CliUser:
    """``dossier`` on one database. Calling it runs a command in this process, which is quick.

    ``more`` is what else its environment has.
    """

    url: str
    tenant: str | None = "default"
    more: dict[str, str] = field(default_factory=dict)

    def __call__(self, *typed: object) -> Answer:
        out, err = _stream(), _stream()
        argv = ["dossier", *self._argv(typed)]
        with (
            patch.object(sys, "argv", argv),
            patch.dict(os.environ, self.environment()),
            redirect_stdout(out),
            redirect_stderr(err),
        ):
            code = _code_of_main()
        return Answer(code, _text(out), _text(err))

    def record(self, verb: str, *more: object, **options: object) -> Answer:
        """``record("make-promise", promised_for="2026-03-10")``."""
        typed = list[object]()
        for name, values in options.items():
            for value in values if isinstance(values, list) else [values]:
                typed += [f"--{name.replace('_', '-')}", value]
        return self("record", verb, *typed, *more)

    def _argv(self, typed: Iterable[object]) -> list[str]:
        return [*(["--tenant", self.tenant] if self.tenant else []), *map(str, typed)]

    def environment(self) -> dict[str, str]:
        return {"DOSSIER_DATABASE_URL": self.url, **self.more}

    def run(self, *typed: object, **more: Any) -> Answer:
        """Run a command in a process of its own."""
        with self.started(*typed, **more) as process:
            out, err = process.communicate(timeout=60)
        return Answer(process.returncode, out, err)

    @contextmanager
    def started(self, *typed: object, **more: Any) -> Iterator[subprocess.Popen[str]]:
        """Start a process of its own, which is gone at the end, whatever happens."""
        streams = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE} | more
        process = subprocess.Popen(
            [sys.executable, "-c", START, *self._argv(typed)],
            env=_environment(self.environment()),
            text=True,
            **streams,
        )
        try:
            yield process
        finally:
            with suppress(ProcessLookupError):
                process.kill()
            process.wait()
            for stream in (process.stdout, process.stderr):
                if stream:
                    stream.close()


def _environment(more: Mapping[str, str]) -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(SOURCE), **more}


def _code_of_main() -> int:
    try:
        main()
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else int(end.code is not None)
    return 0


def _stream() -> TextIOWrapper:
    return TextIOWrapper(BytesIO(), encoding="utf-8", write_through=True)


def _text(stream: TextIOWrapper) -> str:
    assert isinstance(stream.buffer, BytesIO)
    return stream.buffer.getvalue().decode()
