"""Holds the API: what programs read by a token of somebody, and the pages on which tokens are made."""
