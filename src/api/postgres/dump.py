"""Dumps of the ledger's schema, made and loaded by the programs that come with PostgreSQL.

A dump is of one moment: others may write meanwhile.
"""

import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

from psycopg.conninfo import conninfo_to_dict, make_conninfo

from api.postgres import PostgresFailed
from api.postgres.binaries import programs

SCHEMA = "ledger"
NEWER = b"SET transaction_timeout = 0;\n"  # unknown before PostgreSQL 17, and needless


def save(url: str, file: Path, snapshot: str) -> None:
    """Write the schema to a file. Raise ``PostgresFailed``."""
    where, environment = _login(url)
    what = [f"--schema={SCHEMA}", "--no-owner", f"--snapshot={snapshot}"]
    done = subprocess.run(
        [programs() / "pg_dump", "--format=custom", *what, f"--file={file}", where],
        env=environment,
        capture_output=True,
        umask=0o077,
    )
    _check(done.returncode, "pg_dump", done.stderr)


def load(url: str, file: Path) -> None:
    """Load the schema's content in one transaction. Raise ``PostgresFailed``."""
    where, environment = _login(url)
    reading = [f"--schema={SCHEMA}", "--no-owner", "--file=-", str(file)]
    writing = ["--no-psqlrc", "--quiet", "--single-transaction", "--set=ON_ERROR_STOP=1"]
    with (
        subprocess.Popen(
            [programs() / "pg_restore", *reading], stdout=subprocess.PIPE, stderr=subprocess.PIPE
        ) as source,
        subprocess.Popen(
            [programs() / "psql", *writing, "--file=-", "--output=/dev/null", where],
            env=environment,
            stdin=subprocess.PIPE,
            stderr=subprocess.PIPE,
        ) as target,
    ):
        assert source.stdout
        assert source.stderr
        assert target.stdin
        assert target.stderr
        try:
            for line in source.stdout:
                if line != NEWER:
                    target.stdin.write(line)
                if line.startswith((b"CREATE ", b"COPY ")):
                    break
            shutil.copyfileobj(source.stdout, target.stdin, 1 << 20)
            if code := source.wait():
                target.kill()  # before its commit
                _check(code, "pg_restore", source.stderr.read())
            target.stdin.close()
        except BrokenPipeError:
            source.kill()
        printed = target.stderr.read()
        _check(target.wait(), "psql", printed)


def _login(url: str) -> tuple[str, Mapping[str, str]]:
    """Return the address for a command line, and an environment with the password."""
    given = conninfo_to_dict(url)
    password = given.pop("password", None)
    secret = {"PGPASSWORD": str(password)} if password else {}
    return f"--dbname={make_conninfo('', **given)}", {**os.environ, **secret}


def _check(code: int, program: str, printed: bytes) -> None:
    if code:
        raise PostgresFailed(
            f"{program} failed: {printed.decode(errors='replace').strip()[-2000:]}"
        )
