"""The app of the instrument."""

from django.apps import AppConfig


class FactorsConfig(AppConfig):
    name = "factors"
    verbose_name = "instrument"
