"""Keeps what an open round's answers can be opened with, in a table of its own: erased when it closes.

Also keeps fingerprints of the server's secrets, by which the database can tell that one has changed.
"""

import secrets
from datetime import date

from django.db import models

from assessments.models.rounds import Round


class RoundSecret(models.Model):
    """Holds the secret of an open round, and fingerprints of the server's secrets of when it was opened.

    Response keys and seals are made of it together with the server's RESPONSE_SECRET. With this row erased, and the
    file of its small table rewritten, no remnant of a response in the files of the database can be opened.
    """

    round = models.OneToOneField(Round, models.CASCADE, primary_key=True, related_name="kept_secret")
    secret = models.BinaryField(editable=False)
    response_generation = models.CharField(max_length=32, editable=False)
    link_generation = models.CharField(max_length=32, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~models.Q(secret=b""), name="a_round_secret_is_not_empty"),
        ]

    def __str__(self) -> str:
        return "geheim van een open ronde"


class KnownSecret(models.Model):
    """Holds the fingerprint of one of the server's secrets, as the site was last served with it."""

    name = models.CharField(max_length=20, primary_key=True)
    fingerprint = models.CharField(max_length=32, editable=False)
    since = models.DateField(default=date.today, editable=False)

    def __str__(self) -> str:
        return self.name


def new_secret() -> bytes:
    """Returns 256 random bits."""
    return secrets.token_bytes(32)
