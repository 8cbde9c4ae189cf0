"""Pages of the coördinator: networks, rounds, participants, response."""
