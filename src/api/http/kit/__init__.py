"""How a route is made of a command or a query."""
