"""Holds the pages of the onderzoeker: published rounds and their figures."""
