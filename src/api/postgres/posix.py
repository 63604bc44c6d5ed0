"""What only POSIX has: users to run as, and locks that child processes inherit.

The embedded server rests on both, so it does not run on Windows; all else of Dossier does without.
"""

import os
from typing import TYPE_CHECKING, BinaryIO

from api.postgres import PostgresFailed

try:
    import fcntl
    import pwd
except ImportError:  # Windows
    HAS_POSIX = False
else:
    HAS_POSIX = True

if TYPE_CHECKING:
    from pwd import struct_passwd


def require() -> None:
    """Raise ``PostgresFailed`` where the embedded server cannot run."""
    if not HAS_POSIX:
        raise PostgresFailed(
            "The database that comes with Dossier runs on Linux and macOS. Name a PostgreSQL in"
            " DOSSIER_DATABASE_URL"
        )


def take_lock(file: BinaryIO, wait: bool) -> None:
    """Lock the file until it is closed here and in every child that inherited it.

    Raise ``BlockingIOError`` when another process has it, unless we ``wait``.
    """
    require()
    fcntl.flock(file, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)


def user_id() -> int:
    require()
    return os.geteuid()


def user_of(id_: int) -> "struct_passwd":
    """Return the user with this id, or `nobody` for root's."""
    require()
    return pwd.getpwuid(id_) if id_ else pwd.getpwnam("nobody")
