"""Shows in the admin for which domains the form with a password is closed, and closes and opens it there."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest

from samenwerking.accounts import events
from samenwerking.accounts.models import ClosedDomain
from samenwerking.accounts.rights import ByRight, Right
from samenwerking.accounts.sso.arrivals import CAME_BY
from samenwerking.accounts.sso.closing import open_again, unlinked_at
from samenwerking.accounts.sso.configured import offered
from samenwerking.addresses import Unfit, judged


class ClosedDomainForm(forms.ModelForm[ClosedDomain]):
    """Closes a domain; only for whoever came in by that provider, so that it has been seen to work."""

    came_by = ""  # the key of the provider by which the beheerder signed in

    class Meta:
        model = ClosedDomain
        fields = ("domain", "provider")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        choices = [(provider.key, provider.name) for provider in offered(settings.SSO_PROVIDERS).values()]
        self.fields["provider"] = forms.ChoiceField(
            label="Logt in bij",
            choices=choices,
            help_text="Log eerst zelf in via deze organisatie. Pas dan kunt u het wachtwoord uitzetten.",
        )

    def clean_domain(self) -> str:
        """Returns the domain in the spelling of addresses. Raises ValidationError where it is none."""
        try:
            return judged(f"x@{self.cleaned_data['domain'].strip().lstrip('@')}").rpartition("@")[2]
        except Unfit:
            raise forms.ValidationError("Dit is geen domein. Vul in wat achter het @-teken staat.") from None

    def clean_provider(self) -> str:
        """Returns the provider. Raises ValidationError where this session did not begin there."""
        if self.cleaned_data["provider"] != self.came_by:
            raise forms.ValidationError(
                "U bent nu niet via deze organisatie ingelogd. Log uit, log via deze organisatie in, en probeer het dan"
                " opnieuw. Zo weet u dat inloggen daar werkt."
            )
        return self.came_by


@admin.register(ClosedDomain)
class ClosedDomainAdmin(ByRight):
    right: Right = "close_password_form"
    form = ClosedDomainForm
    list_display = ("domain", "provider", "closed_at", "closed_by")

    def get_form(
        self, request: HttpRequest, obj: ClosedDomain | None = None, change: bool = False, **options: Any
    ) -> type[ClosedDomainForm]:
        """Returns the form, which knows by which provider this session began."""
        came_by = request.session.get(CAME_BY, "")
        return type("OwnClosedDomainForm", (super().get_form(request, obj, change, **options),), {"came_by": came_by})

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Refuses all: a domain is closed, and opened again."""
        return False

    def save_model(self, request: HttpRequest, obj: ClosedDomain, form: Any, change: bool) -> None:
        """Closes the domain, and says how many of its accounts have yet to be linked."""
        obj.closed_by = request.user  # type: ignore[assignment]  # staff that is signed in
        super().save_model(request, obj, form, change)
        events.log_event("password_form.closed", None, by=request.user, domain=obj.domain, provider=obj.provider)  # type: ignore[arg-type]
        messages.info(
            request,
            f"Nog niet gekoppeld: {unlinked_at(obj.domain)}. Zij koppelen hun account met de link van ‘Wachtwoord"
            " vergeten’. Werkt inloggen niet meer? Verwijder dan dit domein, of gebruik op de server ‘manage.py"
            " open_password_form’.",
        )

    def delete_model(self, request: HttpRequest, obj: ClosedDomain) -> None:
        open_again(obj.domain, by=request.user)  # type: ignore[arg-type]

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[ClosedDomain]) -> None:
        for closed in queryset:
            self.delete_model(request, closed)
