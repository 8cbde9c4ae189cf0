"""Lists all addresses. Only this module and the apps' own urls modules import views."""

from django.contrib import admin
from django.urls import include, path
from django.views.generic import RedirectView

from samenwerking import views
from samenwerking.accounts.views import account_address, account_address_confirm, account_name, sessions_end

handler500 = "samenwerking.faults.failed"

urlpatterns = [
    path("", include("assessments.urls")),  # first: participants are most of the visits
    path("", views.start, name="start"),
    path("privacy/", views.privacy, name="privacy"),
    path("hulp/", views.manual, name="manual"),
    path("toegankelijkheid/", views.accessibility, name="accessibility"),
    path("account/", RedirectView.as_view(pattern_name="mfa_index")),  # the package would lead to its list of addresses
    path("account/email/", views.not_offered),  # it keeps a second list of addresses, which sign in too
    path("account/e-mailadres/", account_address, name="account_address"),
    path("account/e-mailadres/<str:key>/", account_address_confirm, name="account_address_confirm"),
    path("account/naam/", account_name, name="account_name"),
    path("account/overal-uitloggen/", sessions_end, name="sessions_end"),
    path("account/", include("samenwerking.accounts.sso.urls")),
    path("account/3rdparty/", views.not_offered),  # no account is made by a provider's word, and none linked unasked
    path("account/3rdparty/<path:page>", views.not_offered),
    path("account/social/<path:page>", views.not_offered),
    path("account/", include("allauth.urls")),
    path("beheer/", admin.site.urls),
    path("gezond/leeft/", views.alive, name="alive"),
    path("gezond/klaar/", views.ready, name="ready"),
    path("gezond/werk/", views.working, name="working"),
    path("gezond/geheimen/", views.secrets, name="secrets"),
    path("robots.txt", views.robots, name="robots"),
    path(".well-known/security.txt", views.security_txt, name="security_txt"),
    path("", include("factors.urls")),
]
