"""Handles what somebody behind a link fills in: who it is, what is asked, what is saved. Knows no report and no page.

links.py          makes the addresses behind a link
respondents.py    tells who is behind a link
joined.py         reads a link's row with those that it refers to, on every request
lock.py           locks that person for saving; `actions/responses.py` saves for nobody who is not locked
questionnaire.py  says what is asked, by page, and how far somebody is
answering.py      opens what is stored of a person
own_answers.py    keeps what this browser gave, which is all that it may see
shown.py          holds what a page showed, so that only changes are saved
durations.py      tells how long filling in takes
"""
