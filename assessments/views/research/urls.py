"""Gives the pages of the onderzoeker their addresses."""

from django.urls import path

from assessments.views.research import pages, releases

urlpatterns = [
    path("", pages.research, name="research"),
    path("codeboek/", pages.codebook, name="codebook"),
    path("codeboek.csv", pages.codebook_csv, name="codebook_csv"),
    path("uitgaven/nieuw/", releases.release_new, name="release_new"),
    path("uitgaven/<slug:number>/", releases.release, name="release"),
    path("uitgaven/<slug:number>/bestanden.zip", releases.release_bundle, name="release_bundle"),
    path("uitgaven/<slug:number>/netwerken/", releases.release_tables, name="release_tables"),
    path("uitgaven/<slug:number>/netwerken.pdf", releases.release_tables_pdf, name="release_tables_pdf"),
    path("uitgaven/<slug:number>/netwerken.xlsx", releases.release_tables_xlsx, name="release_tables_xlsx"),
    path("<uuid:round_id>/cijfers.csv", pages.round_figures_csv, name="round_figures_csv"),
    path("<uuid:round_id>/cijfers.sav", pages.round_figures_sav, name="round_figures_sav"),
    path("<uuid:round_id>/cijfers.xlsx", pages.round_figures_xlsx, name="round_figures_xlsx"),
]
