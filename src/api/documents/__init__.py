"""Documents that others sent, shown without anything in them that could act."""
