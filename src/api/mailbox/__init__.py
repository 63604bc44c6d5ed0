"""Mail that comes in: fetched, matched with what it is about, and written in the books."""
