"""The HTTP process: its state, middleware, errors and metrics."""
