"""The addresses of open links for the coördinator: the only pages here that need an account."""

from django.urls import URLPattern, URLResolver, path

from assessments.views.filling import open_links

urlpatterns: list[URLPattern | URLResolver] = [
    path("rondes/<uuid:round_id>/open-links/", open_links.open_links, name="open_links"),
    path("rondes/<uuid:round_id>/open-links/<uuid:link_id>/", open_links.open_link_sheet, name="open_link_sheet"),
]
