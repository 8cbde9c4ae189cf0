"""The addresses of the reports; those by a personal link are included under that prefix."""

from django.urls import URLPattern, URLResolver, path

from assessments.views.reports import pages, participant

urlpatterns: list[URLPattern | URLResolver] = [
    path("rondes/<uuid:round_id>/rapporten/", pages.reports, name="reports"),
    path("rondes/<uuid:round_id>/rapporten/maken/", pages.reports_make, name="reports_make"),
    path("rondes/<uuid:round_id>/rapport/<str:subject>.pdf", pages.report_pdf, name="report_pdf"),
    path("rondes/<uuid:round_id>/rapport/<str:subject>.docx", pages.report_docx, name="report_docx"),
    path("rondes/<uuid:round_id>/rapport/<str:subject>.csv", pages.report_data, name="report_data"),
    path("rondes/<uuid:round_id>/rapport/<str:subject>/", pages.report, name="report"),
    path(
        "rondes/<uuid:round_id>/rapport/<str:subject>/presentatie/",
        pages.report_presentation,
        name="report_presentation",
    ),
]

participant_urlpatterns: list[URLPattern | URLResolver] = [
    path("<str:token>/rapport/<str:subject>.pdf", participant.participant_report_pdf, name="participant_report_pdf"),
    path("<str:token>/rapport/<str:subject>.docx", participant.participant_report_docx, name="participant_report_docx"),
    path("<str:token>/rapport/<str:subject>.csv", participant.participant_report_data, name="participant_report_data"),
    path("<str:token>/rapport/<str:subject>/", participant.participant_report, name="participant_report"),
    path(
        "<str:token>/rapport/<str:subject>/presentatie/",
        participant.participant_report_presentation,
        name="participant_report_presentation",
    ),
]
