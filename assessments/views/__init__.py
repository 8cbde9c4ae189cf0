"""Holds the pages, by who comes to them. They change nothing themselves: `actions` do.

A package may import from those after it: research, coordinator, filling, reports.
"""
