"""Writes what describes a release beside its data, for people and for programs: each file is a function of a Dataset.

It reads no rows: what a file says of the data follows from the tables' columns and from the Dataset's own words.
"""
