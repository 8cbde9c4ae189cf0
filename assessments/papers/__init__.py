"""Holds what a gemeente asks for before anyone may start: the DPIA, and the measures beside BIO2 and OWASP ASVS.

It reads what stands in `fixtures/papers/` and the figures of the code. It knows no round, no person and no page.
"""
