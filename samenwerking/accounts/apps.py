"""Gives the app its name in Django."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "samenwerking.accounts"
    label = "accounts"
    verbose_name = "Accounts"
