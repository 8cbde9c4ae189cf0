"""What somebody behind a link fills in: who it is, what is asked, what is saved. Knows no report and no page.

links.py          makes the addresses behind a link
respondents.py    tells who is behind a link
lock.py           locks them for saving; `actions/responses.py` saves with nothing else
questionnaire.py  what is asked, by page, and how far somebody is
answering.py      opens what is stored of a person
own_answers.py    what this browser gave, which is all that it may see
shown.py          what a page showed, so that only changes are saved
durations.py      how long filling in takes
"""
