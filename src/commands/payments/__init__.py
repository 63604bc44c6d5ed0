"""Commands about money that comes in, is charged or is settled elsewhere."""
