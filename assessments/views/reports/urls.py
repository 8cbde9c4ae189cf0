"""Gives the reports their addresses, for whoever has an account."""

from django.urls import URLPattern, URLResolver, path

from assessments.views.reports import pages

urlpatterns: list[URLPattern | URLResolver] = [
    path("rondes/<uuid:round_id>/rapporten/", pages.reports, name="reports"),
    path("rondes/<uuid:round_id>/rapporten/maken/", pages.reports_make, name="reports_make"),
    path("rondes/<uuid:round_id>/rapport/<str:subject>.pdf", pages.report_pdf, name="report_pdf"),
    path("rondes/<uuid:round_id>/rapport/<str:subject>.docx", pages.report_docx, name="report_docx"),
    path("rondes/<uuid:round_id>/rapport/<str:subject>.pptx", pages.report_pptx, name="report_pptx"),
    path("rondes/<uuid:round_id>/rapport/<str:subject>.xlsx", pages.report_xlsx, name="report_xlsx"),
    path("rondes/<uuid:round_id>/rapport/<str:subject>.csv", pages.report_data, name="report_data"),
    path("rondes/<uuid:round_id>/rapport/<str:subject>/", pages.report, name="report"),
    path(
        "rondes/<uuid:round_id>/rapport/<str:subject>/tweede-gesprek/", pages.report_interview, name="report_interview"
    ),
    path(
        "rondes/<uuid:round_id>/rapport/<str:subject>/tweede-gesprek.pdf",
        pages.report_interview_pdf,
        name="report_interview_pdf",
    ),
    path("rondes/<uuid:round_id>/rapport/<str:subject>/lenzen/", pages.report_lenses, name="report_lenses"),
    path("rondes/<uuid:round_id>/rapport/<str:subject>/afspraken/", pages.report_agreements, name="report_agreements"),
]
