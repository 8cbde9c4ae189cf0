"""Every write with a rule: keyword-only, atomic functions named by a verb."""
