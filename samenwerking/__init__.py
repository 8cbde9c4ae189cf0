"""The Django project: settings, addresses, sign-in, PDF; knows nothing of rounds and answers."""
