"""Shows users in the admin, where a functioneel beheerder invites and blocks them, and the audit trail."""

from auditlog.admin import LogEntryAdmin
from auditlog.models import LogEntry
from django import forms
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.views.decorators.http import require_http_methods

from samenwerking.accounts.api_tokens import withdraw_all
from samenwerking.accounts.models import RIGHTS, User
from samenwerking.accounts.rights import ByRight, Right, may
from samenwerking.accounts.second_step import has_second_step, reset_second_step
from samenwerking.accounts.sessions import end_sessions
from samenwerking.accounts.sso.admin import ClosedDomainAdmin as ClosedDomainAdmin  # registers itself
from samenwerking.accounts.sso.linking import linked_providers, unlink
from samenwerking.accounts.trail import summary_of, table_of
from samenwerking.addresses import Unfit, judged


class UserForm(forms.ModelForm[User]):
    class Meta:
        model = User
        fields = ("email", "name", "is_active", "is_staff", "is_superuser", "is_researcher", "may_make_networks")
        labels = {"is_superuser": "Technisch beheerder"}
        help_texts = {
            "is_superuser": "Mag alles in het beheergedeelte, en bepaalt wie dat nog meer mag.",
            "may_make_networks": "Mag netwerken maken, en daarin mail sturen namens deze site. "
            "Een technisch beheerder mag dat altijd.",
        }

    def clean_email(self) -> str:
        """Returns the address as it is mailed. Raises ValidationError where no mail can go there."""
        try:
            return judged(self.cleaned_data["email"])
        except Unfit as fault:
            raise forms.ValidationError(str(fault)) from None


@admin.register(User)
class UserAdmin(ByRight):
    right: Right = "manage_users"
    form = UserForm
    fields = (
        "email",
        "name",
        "is_active",
        "is_staff",
        "is_superuser",
        "is_researcher",
        "may_make_networks",
        "second_step",
        "linked_to",
        "last_login",
        "date_joined",
    )
    actions = ("unlink",)
    list_display = ("email", "name", "is_active", "is_staff", "is_researcher", "may_make_networks", "last_login")
    list_filter = ("is_active", "is_staff", "is_researcher", "may_make_networks")
    search_fields = ("email", "name")

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> list[str]:
        """Returns what can't be changed: nobody their own rights, and who is superuser says a superuser.

        An address is a right too: whoever has it sets a new password by mail.
        """
        fixed = {"second_step", "linked_to", "last_login", "date_joined"}
        if obj == request.user:
            fixed |= RIGHTS
        if not may(request.user, "appoint_technical"):
            fixed |= {"is_superuser"}
        if obj and not may(request.user, "change_addresses"):
            fixed |= {"email"}
        return [name for name in self.fields if name in fixed]

    @admin.display(description="tweede stap", boolean=True)
    def second_step(self, user: User) -> bool:
        return bool(user.pk) and has_second_step(user)

    @admin.display(description="logt in via")
    def linked_to(self, user: User) -> str:
        return ", ".join(provider.name for provider in linked_providers(user)) or "een wachtwoord"

    @admin.action(description="Koppel los van het inloggen via een organisatie", permissions=["unlink"])
    def unlink(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        """Unlinks the accounts that were ticked, and says how many there were."""
        unlinked = [user for user in queryset if unlink(user=user, by=request.user)]  # type: ignore[arg-type]  # as above
        messages.success(request, f"Losgekoppeld: {len(unlinked)}. De eigenaren krijgen daar mail over.")

    def has_unlink_permission(self, request: HttpRequest) -> bool:
        return may(request.user, "unlink_accounts")

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return super().has_change_permission(request, obj) and _may_touch(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """Tells whether the account may go: nobody deletes their own here."""
        return super().has_delete_permission(request, obj) and _may_touch(request, obj) and obj != request.user

    def save_model(self, request: HttpRequest, obj: User, form: forms.ModelForm[User], change: bool) -> None:
        """Saves the account, a new one without a password: its owner sets one by 'Wachtwoord vergeten'.

        One that is shut out loses its API tokens and sessions for good: they would work again once it is let in.
        """
        if not change:
            obj.set_unusable_password()
        super().save_model(request, obj, form, change)
        if not obj.is_active:
            withdraw_all(obj)
            end_sessions(obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        """Does so for each account."""
        for user in queryset:
            self.delete_model(request, user)

    def get_urls(self) -> list[URLPattern]:
        reset = self.admin_site.admin_view(require_http_methods(["GET", "HEAD", "POST"])(self.reset_second_step))
        own = path("<path:object_id>/tweede-stap/", reset, name="accounts_user_reset_second_step")
        return [own, *super().get_urls()]

    def reset_second_step(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Asks whether the second step of this account must go and, on POST, takes it away.

        Raises PermissionDenied for whoever may not, and Http404 where there is no such account.
        """
        if not may(request.user, "reset_second_step"):
            raise PermissionDenied
        user = self.get_object(request, unquote(object_id))
        if user is None:
            raise Http404
        if not _may_touch(request, user):
            raise PermissionDenied
        if request.method != "POST":
            context = {"user_of_it": user, "has_second_step": has_second_step(user), "title": "Tweede stap wissen"}
            context |= self.admin_site.each_context(request) | {"opts": self.opts}
            return TemplateResponse(request, "admin/accounts/user/reset_second_step.html", context)
        if reset_second_step(user=user, by=request.user):  # type: ignore[arg-type]  # staff that is signed in
            messages.success(request, f"De tweede stap van {user.email} is gewist. De eigenaar krijgt daar mail over.")
        else:
            messages.info(request, f"{user.email} had geen tweede stap.")
        return redirect("admin:accounts_user_change", user.pk)


class AuditTrailAdmin(LogEntryAdmin):
    """Searches by who did it and to what: the package's own search asks columns that our User does not have."""

    search_fields = ["object_repr", "actor__email", "actor__name"]

    @admin.display(description="wijzigingen")
    def msg_short(self, obj: LogEntry) -> str:
        return summary_of(obj)

    @admin.display(description="wijzigingen")
    def msg(self, obj: LogEntry) -> str:
        return table_of(obj)

    @admin.display(description="wie")
    def user_url(self, obj: LogEntry) -> str:
        return super().user_url(obj) if obj.actor else "het systeem"

    @admin.display(description="verzoek")
    def cid_url(self, obj: LogEntry) -> str:
        return super().cid_url(obj) or "-"

    def has_module_permission(self, request: HttpRequest) -> bool:
        return may(request.user, "read_trail")

    def has_view_permission(self, request: HttpRequest, obj: LogEntry | None = None) -> bool:
        return may(request.user, "read_trail")


admin.site.unregister(LogEntry)
admin.site.register(LogEntry, AuditTrailAdmin)


def _is_superuser(request: HttpRequest) -> bool:
    return may(request.user, "appoint_technical")


def _may_touch(request: HttpRequest, obj: User | None) -> bool:
    """Leaves a superuser's account to superusers: whoever takes it over may do everything."""
    return obj is None or not obj.is_superuser or _is_superuser(request)
