"""Gives the pages behind a link to a report their addresses; every other one here leads to one page."""

from django.urls import URLPattern, URLResolver, path

from assessments.views.readers import pages

urlpatterns: list[URLPattern | URLResolver] = [
    path("<str:report_token>/", pages.reader_report, name="reader_report"),
    path("<str:report_token>/rapport.pdf", pages.reader_report_pdf, name="reader_report_pdf"),
    path("<str:report_token>/afspraken/", pages.reader_report_agreements, name="reader_report_agreements"),
    path("<path:pasted>", pages.no_such_report_link),
]
