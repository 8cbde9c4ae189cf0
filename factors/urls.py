"""Lists the addresses of the public pages about the instrument."""

from django.urls import path

from factors import views

urlpatterns = [
    path("instrument/", views.instrument, name="instrument"),
    path("instrument/factoren/<slug:key>/", views.factor, name="factor"),
    path("instrument/uitkomst/", views.outcome, name="outcome"),
    path("instrument/ouders/", views.ouders, name="ouders"),
    path("instrument/bronnen/", views.sources, name="sources"),
    path("instrument/bronnen/<slug:key>/", views.source, name="source"),
    path("instrument/lenzen/", views.lenses, name="lenses"),
    path("instrument/lenzen/<slug:key>/", views.lens, name="lens"),
    path("instrument/adviezen/", views.advice_bank, name="advice_bank"),
    path("instrument/adviezen/<slug:key>/", views.advice, name="advice"),
    path("instrument/gesprek/", views.conversation, name="conversation"),
    path("instrument/vragenlijst.pdf", views.questionnaire_pdf, name="questionnaire_pdf"),
    path("instrument/stellingen.csv", views.statements_csv, name="statements_csv"),
    path("instrument/instrument.json", views.instrument_json, name="instrument_json"),
    path("zo-rekenen-wij/", views.method, name="method"),
]
