"""Tells what a coördinator sees of a round under way: response, readiness, readers, letters. Knows no answer."""
