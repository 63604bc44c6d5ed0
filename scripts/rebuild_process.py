"""The agenda from scratch, in a process that does nothing else; prints the seconds it took."""

import os
import time

from ledger.database.pool import open_pool
from ledger.engine.rebuild import rebuild
from projections.agenda import AGENDA
from sample_data import AT


def main() -> None:
    with open_pool(os.environ["DOSSIER_OWNER_URL"], size=2) as pool:
        pool.wait()
        begun = time.perf_counter()
        rebuild(pool, AGENDA, AT)
        print(time.perf_counter() - begun)


if __name__ == "__main__":
    main()
