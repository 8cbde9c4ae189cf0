"""Lists the addresses of networks, rounds, filling in, reports, research and the API."""

from django.urls import include, path

from assessments.views import metrics
from assessments.views.filling import codes

urlpatterns = [
    path("v/", include("assessments.views.filling.urls")),
    path("lees/", include("assessments.views.readers.urls")),
    path("t/", codes.code, name="code"),
    path("", include("assessments.views.coordinator.urls")),
    path("", include("assessments.views.reports.urls")),
    path("gezond/cijfers/", metrics.metrics, name="metrics"),
    path("onderzoek/", include("assessments.views.research.urls")),
    path("api-sleutels/", include("assessments.views.api.token_urls")),
    path("", include("assessments.views.api.urls")),
    path("", include("assessments.views.papers.urls")),
]
