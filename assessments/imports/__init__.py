"""Reads files that people bring as text, and judges them row by row. It knows no Django, no database and no request."""
