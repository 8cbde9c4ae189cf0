"""Holds the pages of the coördinator: networks, rounds, participants and response."""
