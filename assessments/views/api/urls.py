"""Gives the API its addresses, and every other address under them its answer: none ends with a slash but the root."""

from django.urls import path, re_path

from assessments.views.api import description, resources

urlpatterns = [
    path("api/v1/", resources.api_root, name="api_root"),
    path("api/v1", resources.api_root),
    path("api/v1/openapi.json", description.api_openapi_json, name="api_openapi_json"),
    path("api/v1/openapi.yaml", description.api_openapi_yaml, name="api_openapi_yaml"),
    path("api/v1/instrumentversies", resources.api_instruments, name="api_instruments"),
    path("api/v1/instrumentversies/<str:version>", resources.api_instrument, name="api_instrument"),
    path("api/v1/uitgaven", resources.api_releases, name="api_releases"),
    path("api/v1/uitgaven/<slug:number>", resources.api_release, name="api_release"),
    path("api/v1/rondes", resources.api_rounds, name="api_rounds"),
    path("api/v1/rondes/<uuid:round_id>", resources.api_round, name="api_round"),
    path("api/v1/rondes/<uuid:round_id>/uitkomsten", resources.api_results, name="api_results"),
    re_path("^api(?:/|$)", description.not_found),
]
