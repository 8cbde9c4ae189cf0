"""Gives the app its name in Django."""

from django.apps import AppConfig


class WorkersConfig(AppConfig):
    name = "samenwerking.workers"
    label = "workers"
    verbose_name = "Werk op de achtergrond"
