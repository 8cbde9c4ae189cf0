"""Gives the app its name in Django. It has no tables: only commands for whoever keeps the site running."""

from django.apps import AppConfig


class OperationConfig(AppConfig):
    name = "samenwerking.operation"
    label = "operation"
    verbose_name = "Beheer van de installatie"
