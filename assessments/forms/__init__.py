"""Checks what coördinators fill in; the writes themselves are actions. It knows no page."""
