"""The files of ours whose code runs, in every thread that starts while it is watched."""

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any

SRC = Path(__file__).parents[2] / "src"


class Trace:
    """Functions of ours that were called while ``recording``."""

    def __init__(self) -> None:
        self.recording = False
        self.calls: set[tuple[str, str]] = set()

    def __call__(self, frame: FrameType, event: str, arg: Any) -> None:
        code = frame.f_code
        if self.recording and event == "call" and code.co_filename.startswith(f"{SRC}/"):
            self.calls.add((code.co_filename.removeprefix(f"{SRC}/"), code.co_qualname))

    @property
    def files(self) -> set[str]:
        return {file for file, _ in self.calls}

    @contextmanager
    def record(self) -> Iterator[None]:
        self.calls.clear()
        self.recording = True
        try:
            yield
        finally:
            self.recording = False


@contextmanager
def tracing() -> Iterator[Trace]:
    """Watch this thread and all that start from here on."""
    trace = Trace()
    threading.setprofile(trace)
    sys.setprofile(trace)
    try:
        yield trace
    finally:
        sys.setprofile(None)
        threading.setprofile(None)
