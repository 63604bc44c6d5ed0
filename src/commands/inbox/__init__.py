"""What comes in, by any channel: what it means, where it belongs, what follows."""
