"""Keeps who takes part and what was said from meeting in a row, an order or a file. Knows no results, pages or mail."""
