"""Answers what templates ask besides their context. Knows no single page."""
