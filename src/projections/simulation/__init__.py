"""Simulation of the past under other rules."""
