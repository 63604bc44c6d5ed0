"""How read models are made, kept up to date, rebuilt and measured."""
