"""What tests share: examples, cases to test with, and the servers that they talk to."""
