"""Holds the pages, by who comes to them. They change nothing themselves: `actions` do.

Coordinator, filling and research may import from reports, and from none of each other.
"""
