"""Names the app of the instrument in Django."""

from django.apps import AppConfig


class FactorsConfig(AppConfig):
    name = "factors"
    verbose_name = "instrument"
