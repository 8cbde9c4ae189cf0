"""Shows a functioneel beheerder networks and rounds, read only. Responses and answers are not in the admin."""

from collections.abc import Iterable
from typing import Any, cast

from django import forms
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from assessments.actions.discarding import delete_account, delete_empty_network
from assessments.actions.networks import leaves_no_coordinator
from assessments.actions.role_news import tell_of_role
from assessments.anonymity.erasure import note_erasure
from assessments.models import Membership, Network, PartnerKind, Receipt, Role, Round, State
from factors.models import InstrumentVersion
from samenwerking.accounts.admin import UserAdmin
from samenwerking.accounts.models import User
from samenwerking.accounts.rights import ByRight, Right, may

LAST_COORDINATOR = "Dit is de enige coördinator van het netwerk. Maak eerst iemand anders coördinator."
NOT_MOVED = "Moet iemand anders deze rol krijgen, of in een ander netwerk? Voeg die rol toe, en verwijder daarna deze."


class ReadOnly(ByRight):
    """Allows looking and nothing else: changing goes through the actions, which keep the rules."""

    right: Right = "see_networks"

    def has_add_permission(self, request: HttpRequest, *args: object) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False


@admin.register(Network)
class NetworkAdmin(ReadOnly):
    """Lets a beheerder delete a network in which no round was ever opened; of others the coördinator does."""

    list_display = ("name", "municipalities", "is_constructed")
    search_fields = ("name", "municipalities")
    actions = None

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """Tells whether this is such a network, and whoever asks may delete it."""
        is_empty = isinstance(obj, Network) and not obj.rounds.exclude(state=State.CONCEPT).exists()
        return is_empty and may(request.user, "erase_networks")

    def get_deleted_objects(
        self, objs: Iterable[Network], request: HttpRequest
    ) -> tuple[list[Any], dict[str, int], set[str], list[str]]:
        """Returns what goes, by numbers: memberships of a network go with it, also that of its last coördinator."""
        networks = list(objs)
        counts = {
            "partners": sum(network.partners.count() for network in networks),
            "lidmaatschappen": sum(network.memberships.count() for network in networks),
            "rondes in voorbereiding": sum(network.rounds.count() for network in networks),
        }
        return [str(network) for network in networks], counts, set(), []

    def log_deletions(self, request: HttpRequest, queryset: Any) -> list[Any]:
        """Notes nothing here: the admin's own log would keep the name. The audit trail has who did it."""
        return []

    def delete_model(self, request: HttpRequest, obj: Network) -> None:
        delete_empty_network(network_id=obj.pk)

    def response_delete(self, request: HttpRequest, obj_display: str, obj_id: int) -> HttpResponse:
        """Says that it is done, without the name: what is said is kept in the session until it is read."""
        messages.success(request, "Het netwerk is verwijderd. Bij de bewijzen van wissen staat wat er ging.")
        return redirect("admin:assessments_network_changelist")


@admin.register(Round)
class RoundAdmin(ReadOnly):
    list_display = ("name", "network", "state", "minimum", "opened_at", "closes_on", "closed_at", "addresses_erased_at")
    list_filter = ("state",)
    list_select_related = ("network",)
    fields = (
        "network",
        "name",
        "instrument_version",
        "state",
        "minimum",
        "in_research",
        "left_research_at",
        "closes_on",
        "created_at",
        "opened_at",
        "closed_at",
        "published_to",
        "addresses_erased_at",
    )

    @admin.display(description="gepubliceerd voor")
    def published_to(self, round: Round) -> str:
        return ", ".join(sorted(round.readers)) or "-"


@admin.register(Receipt)
class ReceiptAdmin(ReadOnly):
    list_display = ("kind", "count", "network", "rule", "done_at", "wiped_at", "log_wiped_at")
    list_filter = ("kind",)
    date_hierarchy = "done_at"


@admin.register(InstrumentVersion)
class InstrumentVersionAdmin(ReadOnly):
    list_display = ("version", "loaded_at", "checksum")
    fields = ("version", "checksum", "loaded_at")


class MembershipForm(forms.ModelForm[Membership]):
    class Meta:
        model = Membership
        fields = ("network", "user", "role")

    def clean(self) -> dict[str, Any]:
        fields = super().clean() or self.cleaned_data
        was = Membership.objects.filter(pk=self.instance.pk).first()
        stays = fields.get("role") == Role.COORDINATOR
        if was and not stays and _left_alone([was]):
            raise forms.ValidationError(LAST_COORDINATOR)
        return fields


@admin.register(Membership)
class MembershipAdmin(ByRight):
    """Lets memberships be given here too: a network whose only coördinator left needs a new one.

    Whoever runs the network is told, so that no beheerder enters one unseen.
    """

    right: Right = "give_roles"
    form = MembershipForm
    fields = ("network", "user", "role")

    # The admin's own log would keep the name of a network that is deleted. The audit trail has all of it.
    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> None:  # type: ignore[override]
        return None

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> None:  # type: ignore[override]
        return None

    def log_deletions(self, request: HttpRequest, queryset: Any) -> list[Any]:
        return []

    list_display = ("network", "user", "role")
    list_filter = ("role",)
    list_select_related = ("network", "user")
    autocomplete_fields = ("user",)
    search_fields = ("network__name", "user__email")

    def get_readonly_fields(self, request: HttpRequest, obj: Membership | None = None) -> list[str]:
        """Returns what stays as it is: moved, a row would give its next owner the name and past of the former one."""
        return ["network", "user"] if obj else []

    def get_fieldsets(self, request: HttpRequest, obj: Membership | None = None) -> Any:
        """Returns the fields, and on the page of a row that is there how somebody else gets that role."""
        return [(None, {"fields": self.fields, "description": NOT_MOVED if obj else ""})]

    def save_model(self, request: HttpRequest, obj: Membership, form: MembershipForm, change: bool) -> None:
        """Saves the role, and tells of it."""
        super().save_model(request, obj, form, change)
        _tell(request, obj, role=obj.role)

    def delete_model(self, request: HttpRequest, obj: Membership) -> None:
        """Takes the role away, and tells of it."""
        gone = Membership(network_id=obj.network_id, user_id=obj.user_id)
        super().delete_model(request, obj)
        note_erasure(Membership)
        _tell(request, gone, role="")

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Membership]) -> None:
        """Does so for each."""
        for membership in queryset:
            self.delete_model(request, membership)

    def get_deleted_objects(
        self, objs: Iterable[Membership], request: HttpRequest
    ) -> tuple[list[Any], dict[str, int], set[str], list[str]]:
        """Returns what would be deleted; networks that would lose their last coördinator are among what prevents it."""
        chosen = list(objs)
        shown, counts, lacking, kept = super().get_deleted_objects(chosen, request)
        return shown, counts, lacking, [*kept, *(f"{name}: {LAST_COORDINATOR}" for name in _left_alone(chosen))]


def _tell(request: HttpRequest, membership: Membership, *, role: str) -> None:
    by_id = cast(User, request.user).pk
    tell_of_role(network_id=membership.network_id, user_id=membership.user_id, role=role, by_id=by_id)


def _left_alone(memberships: Iterable[Membership]) -> list[str]:
    """Returns the names of the networks that nobody would run without these memberships.

    Their lock is taken, as all do who take a role away: two at once would each see the other's coördinator stay.
    """
    chosen = list(memberships)
    without = [membership.pk for membership in chosen]
    networks = Network.objects.filter(pk__in={membership.network_id for membership in chosen}).order_by("pk")
    return [
        str(network) for network in networks.select_for_update() if leaves_no_coordinator(network.pk, without=without)
    ]


def _left_alone_by(users: Iterable[User]) -> list[str]:
    """Returns the names of the networks that nobody would run without these accounts; it locks as `erase_account`."""
    own = User.objects.filter(pk__in=[user.pk for user in users]).order_by("pk").select_for_update()
    return _left_alone(Membership.objects.filter(user__in=list(own)))


class AccountAdmin(UserAdmin):
    """Knows what an account does in networks: one that goes leaves none alone, and takes its roles along."""

    def get_deleted_objects(
        self, objs: Iterable[User], request: HttpRequest
    ) -> tuple[list[Any], dict[str, int], set[str], list[str]]:
        """Returns what would be deleted; networks that would lose their last coördinator are among what prevents it."""
        chosen = list(objs)
        shown, counts, lacking, kept = super().get_deleted_objects(chosen, request)
        last = _left_alone_by(chosen)
        return shown, counts, lacking, [*kept, *(f"{name}: {LAST_COORDINATOR}" for name in last)]

    def log_deletions(self, request: HttpRequest, queryset: Any) -> list[Any]:
        """Notes nothing here: the admin's own log would keep the name. The audit trail has who did it."""
        return []

    def delete_model(self, request: HttpRequest, obj: User) -> None:
        """Deletes the account, with what networks called it and what was noted of it, and tells these networks."""
        roles = list(Membership.objects.filter(user=obj))
        delete_account(user=obj)
        for membership in roles:
            _tell(request, membership, role="")

    def response_delete(self, request: HttpRequest, obj_display: str, obj_id: int) -> HttpResponse:
        """Says that it is done, without the name: what is said is kept in the session until it is read."""
        messages.success(request, "Het account is verwijderd, en ook wat erover in het logboek stond.")
        return redirect("admin:accounts_user_changelist")

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        """Saves the account; whoever shuts out the last coördinator of a network is told so, and may all the same."""
        alone = _left_alone_by([obj]) if change and not obj.is_active else []
        super().save_model(request, obj, form, change)
        for name in alone:
            messages.warning(request, f"{name} heeft nu geen coördinator meer. Geef iemand anders die rol.")


admin.site.unregister(User)
admin.site.register(User, AccountAdmin)


@admin.register(PartnerKind)
class PartnerKindAdmin(ByRight):
    """Lets kinds be added and renamed. A key is for good: results, data files and advice name a kind by it."""

    right: Right = "manage_kinds"
    list_display = ("name", "key", "sector", "place")
    fields = ("key", "name", "sector", "place")

    def get_readonly_fields(self, request: HttpRequest, obj: PartnerKind | None = None) -> list[str]:
        return ["key"] if obj else []

    def has_delete_permission(self, request: HttpRequest, obj: PartnerKind | None = None) -> bool:
        """Tells whether a kind can go; the database itself protects those that partners have."""
        is_fixed = obj is not None and obj.key in PartnerKind.FIXED
        return super().has_delete_permission(request, obj) and not is_fixed
