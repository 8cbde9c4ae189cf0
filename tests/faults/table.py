"""Prints the tables of `make test-faults`: a fault a line, and what became of it."""


def line(fault, *figures):
    """Prints the name of a fault and its figures, or the heads of them."""
    print(str(fault).ljust(44), *(str(figure).rjust(13) for figure in figures))
