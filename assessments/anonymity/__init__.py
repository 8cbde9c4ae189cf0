"""Keeps *who* and *what* from meeting in a row, an order or a file. It knows nothing of results, pages or mail.

Read the rules in docs/anonymity.md before you write to a table of participants, answers or secrets.

keys.py       personal and open links: derived when needed, stored nowhere
locks.py      keeps a round from closing while an answer is saved, and two of a network from opening at once
secrets.py    which secrets an open round needs, and whether the server has them
seal.py       a round's keys, by which a response is found and opened
unsealing.py  the one moment at which answers and places meet: in memory, while a round closes
columns.py    when each column that holds text is erased
erasure.py    takes what was erased from the files too
log.py        takes what was erased from the log that PostgreSQL keeps of all changes
horizon.py    asks PostgreSQL who may still see what was erased
sessions.py   has what a session held taken from the files once its user signs out
"""
