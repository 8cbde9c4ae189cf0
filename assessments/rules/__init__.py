"""Holds rules that need nothing else: states of a round, the minimum, days of reminders. Imports nothing of ours."""
