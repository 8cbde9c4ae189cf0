"""Shows users in the admin, where a functioneel beheerder invites and blocks them."""

from django import forms
from django.contrib import admin
from django.http import HttpRequest

from samenwerking.accounts.models import User

RIGHTS_OF_SUPERUSERS = ["is_staff", "is_superuser", "is_researcher", "may_make_networks"]


class UserForm(forms.ModelForm[User]):
    class Meta:
        model = User
        fields = ("email", "name", "is_active", "is_staff", "is_superuser", "is_researcher", "may_make_networks")

    def clean_email(self) -> str:
        return User.objects.normalize_email(self.cleaned_data["email"])


@admin.register(User)
class UserAdmin(admin.ModelAdmin[User]):
    form = UserForm
    fields = (
        "email",
        "name",
        "is_active",
        "is_staff",
        "is_superuser",
        "is_researcher",
        "may_make_networks",
        "last_login",
        "date_joined",
    )
    list_display = ("email", "name", "is_active", "is_staff", "is_researcher", "may_make_networks", "last_login")
    list_filter = ("is_active", "is_staff", "is_researcher", "may_make_networks")
    search_fields = ("email", "name")

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> list[str]:
        """Returns what can't be changed: only a superuser hands out rights, so that nobody can widen their own.

        An address is a right too: whoever has it sets a new password by mail.
        """
        if _is_superuser(request):
            return ["last_login", "date_joined"]
        address = ["email"] if obj else []
        return [*address, *RIGHTS_OF_SUPERUSERS, "last_login", "date_joined"]

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return super().has_change_permission(request, obj) and _may_touch(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return super().has_delete_permission(request, obj) and _may_touch(request, obj)

    def save_model(self, request: HttpRequest, obj: User, form: forms.ModelForm[User], change: bool) -> None:
        """Saves the account, a new one without a password: its owner sets one by 'Wachtwoord vergeten'."""
        if not change:
            obj.set_unusable_password()
        super().save_model(request, obj, form, change)


def _is_superuser(request: HttpRequest) -> bool:
    return bool(request.user.is_superuser)


def _may_touch(request: HttpRequest, obj: User | None) -> bool:
    """Leaves a superuser's account to superusers: whoever takes it over may do everything."""
    return obj is None or not obj.is_superuser or _is_superuser(request)
