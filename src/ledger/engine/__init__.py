"""Read models: how they are built, updated, rebuilt and measured."""
