"""Explanations: the reasons behind a task, a pause or a message."""
