"""Commands about a dispute, from opening to resolution."""
