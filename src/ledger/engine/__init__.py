"""How read models are made, kept up, rebuilt and measured."""
