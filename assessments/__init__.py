"""Holds networks, rounds, participants and answers, and what follows from the answers: scores, results, reports."""
