"""The server is killed in the middle of load: what was acknowledged is there, and nothing twice."""

import os
import signal
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from threading import Event as Flag
from uuid import UUID

import psycopg
import pytest

from api import embedded
from histories import AT, note
from ledger.append import Stale
from ledger.books import INVOICE
from ledger.events import Entry
from ledger.fold import Fold, Log
from ledger.follow import Worker
from ledger.migrate import migrate
from ledger.pool import Pool, open_pool
from ledger.rebuild import check, prepare
from ledger.store import Ledger
from ledger.tenants import Tenant, add
from ledger.verify import verify
from shown import LINES, NOTED

BOOKS = [UUID(int=n) for n in range(1, 9)]
MODELS: tuple[Fold[NOTED] | Log[LINES], ...] = ()
