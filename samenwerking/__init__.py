"""Holds the Django project: settings, addresses, sign-in, PDF. It knows nothing of rounds and answers."""
