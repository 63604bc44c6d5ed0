"""Playbooks: how they are read, checked and compared, and which is in force."""
