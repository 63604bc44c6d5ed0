"""How all that comes in is kept, matched and filed."""
