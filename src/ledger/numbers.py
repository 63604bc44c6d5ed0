"""Numbers in one normal form, as people write them in many."""


def normal(number: str) -> str:
    """Letters and digits only, in upper case."""
    return "".join(char for char in number.upper() if char.isalnum())
