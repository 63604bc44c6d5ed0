"""What a person should do next, and how urgent it is."""
