"""Holds the pages of participants: everything behind a personal or an open link."""
