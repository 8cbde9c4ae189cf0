"""Gives the pages of the onderzoeker their addresses."""

from django.urls import path

from assessments.views.research import pages

urlpatterns = [
    path("", pages.research, name="research"),
    path("codeboek/", pages.codebook, name="codebook"),
    path("codeboek.csv", pages.codebook_csv, name="codebook_csv"),
    path("cijfers.csv", pages.figures_csv, name="figures_csv"),
    path("cijfers.sav", pages.figures_sav, name="figures_sav"),
    path("<uuid:round_id>/cijfers.csv", pages.round_figures_csv, name="round_figures_csv"),
    path("<uuid:round_id>/cijfers.sav", pages.round_figures_sav, name="round_figures_sav"),
]
