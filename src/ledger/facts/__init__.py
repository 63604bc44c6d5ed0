"""Events, the books that keep them, and the state that each book leads to."""
