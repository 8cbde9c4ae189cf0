"""Lists the addresses of signing in at a provider; all are under /account/."""

from django.urls import path

from samenwerking.accounts.sso import views

urlpatterns = [
    path("via/<slug:key>/", views.sso_begin, name="sso_begin"),
    path("via/<slug:key>/koppelen/", views.sso_link, name="sso_link"),
    path("via/<slug:key>/uitgenodigd/", views.sso_invited, name="sso_invited"),
    path("via/<slug:key>/terug/", views.sso_return, name="sso_return"),
    path("via/<slug:key>/uitgelogd/", views.sso_signed_out, name="sso_signed_out"),
    path("via/<slug:key>/einde/", views.sso_end, name="sso_end"),
    path("loskoppelen/", views.sso_unlink, name="sso_unlink"),
    path("zonder-wachtwoord/", views.sso_no_password, name="sso_no_password"),
]
