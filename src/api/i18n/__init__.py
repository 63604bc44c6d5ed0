"""The texts of messages and pages in our languages."""
