"""Holds the pages for whoever decides whether a gemeente may start: privacy officer, CISO, ondernemingsraad."""
