"""Writing at which level people with a function stand in a network."""

from collections.abc import Mapping
from uuid import UUID

from django.db import transaction

from assessments.imports.functions import simple
from assessments.models import FunctionLevel, Network


@transaction.atomic
def set_levels(*, network_id: UUID, levels: Mapping[str, str]) -> None:
    """The level by function; one that has a level already, however it is spelled, gets this one."""
    Network.objects.select_for_update().get(pk=network_id)
    FunctionLevel.objects.bulk_create(
        [
            FunctionLevel(network_id=network_id, function=function, simple_form=form, level=levels[function])
            for form, function in {simple(function): function for function in levels}.items()
        ],
        update_conflicts=True,
        unique_fields=["network", "simple_form"],
        update_fields=["level"],
    )


@transaction.atomic
def remove_level(*, function_id: int) -> None:
    """What is usual holds again, if anything is."""
    FunctionLevel.objects.filter(pk=function_id).delete()
