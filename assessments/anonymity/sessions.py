"""Keeps sessions in the database, as Django does, and has their table rewritten once one was deleted."""

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.db import transaction

from assessments.anonymity.erasure import note_erasure


class SessionStore(db.SessionStore):
    @transaction.atomic
    def delete(self, session_key: str | None = None) -> None:
        """Deletes a session, as when somebody signs out: it says what was done last, and to which address."""
        super().delete(session_key)
        if session_key or self.session_key:
            note_erasure(Session)
