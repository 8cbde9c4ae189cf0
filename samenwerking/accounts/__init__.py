"""Holds the accounts of those who may sign in: our own User, with the e-mail address as login. It knows no networks."""
