"""What it looks like. Each file is one read model: its row, how it shows a book, its questions."""

from ledger.fold import Model

READ_MODELS: tuple[Model, ...] = ()
