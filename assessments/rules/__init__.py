"""Holds rules that need nothing else: states of a round, the minimum, days, codes. Imports nothing of ours."""
