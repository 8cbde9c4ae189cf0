"""Holds every write with a rule: keyword-only functions named by a verb, atomic where they write more than one row.

It knows no form and no page.
"""
