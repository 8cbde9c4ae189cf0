"""Lets staff sign in by OpenID Connect, at providers that the environment names. It knows no networks.

What speaks with a provider (`exchange`) needs heavy packages, so others import it where they need it.
"""
