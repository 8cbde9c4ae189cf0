"""Rules that need nothing else: the states of a round, the minimum, the days of reminders. Imports nothing of ours."""
