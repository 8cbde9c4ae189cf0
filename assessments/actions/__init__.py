"""Every write with a rule: keyword-only functions named by a verb, atomic where they write more than one row."""
