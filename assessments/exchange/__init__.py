"""Writes a whole network to one file, and reads it again on another installation. Writes nothing to the database.

What such a file holds is in `shape.py`, and in docs/network-export.md for whoever reads it with a program.
"""
