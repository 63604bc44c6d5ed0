"""Letters on paper, as PDF."""
