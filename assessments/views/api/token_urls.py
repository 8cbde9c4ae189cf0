"""Gives the pages with one's own API tokens their addresses."""

from django.urls import path

from assessments.views.api import tokens

urlpatterns = [
    path("", tokens.api_tokens, name="api_tokens"),
    path("<int:api_token_id>/intrekken/", tokens.api_token_withdraw, name="api_token_withdraw"),
]
