"""Holds what somebody asks of accounts at the keyboard of the server."""
