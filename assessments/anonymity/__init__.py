"""Keeps *who* and *what* from meeting in a row, an order or a file; knows nothing of results, pages or mail.

secrets.py    which secrets an open round needs, and whether the server has them
seal.py       a round's keys: which response is whose, and what its answers are sealed with
opening.py    the one moment at which answers and places meet: in memory, when a round closes
"""
