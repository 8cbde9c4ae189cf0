"""The instrument: phases, factors, statements, advice, rules and sources. Knows nothing of rounds."""
