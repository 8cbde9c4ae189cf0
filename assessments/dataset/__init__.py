"""Writes published figures of many rounds as a set of tables, and these in the files that researchers' programs read.

tables.py says what a table is, and knows no figure. Each other module either fills tables or writes them in one format.
It knows no request, and no person's answers: there are none once a round is closed.
"""
