"""Keeps which tables must be rewritten because something was erased from them. Says nothing of what, or of whom."""

from django.db import models


class Erasure(models.Model):
    """Is one erasing from one table. The row is gone once the table's file keeps nothing of what was erased."""

    table = models.CharField(max_length=63)
    # Every number of the transaction that erased is lower than this one. Empty until it is seen to have ended.
    before = models.BigIntegerField(null=True)
    erased_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.table
