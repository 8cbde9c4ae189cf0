"""Holds the instrument: phases, factors, statements, advice, rules and sources. It knows nothing of rounds."""
