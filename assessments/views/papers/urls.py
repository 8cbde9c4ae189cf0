"""Gives the papers their addresses."""

from django.urls import path

from assessments.views.papers import pages

urlpatterns = [
    path("verantwoording/", pages.papers, name="papers"),
    path("verantwoording/dpia.pdf", pages.dpia_pdf, name="dpia_pdf"),
    path("verantwoording/dpia.json", pages.dpia_json, name="dpia_json"),
    path("isms/", pages.isms, name="isms"),
    path("ondernemingsraad/", pages.works_council, name="works_council"),
]
