"""Commands about the messages that we send."""
