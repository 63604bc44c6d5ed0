"""Signed addresses: links for resolvers, and reply addresses."""
