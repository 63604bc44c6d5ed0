"""Allocation, promises, and the reason codes of deductions."""
