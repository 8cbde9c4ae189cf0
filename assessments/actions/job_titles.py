"""Writes at which level people with a job title stand in a network."""

from collections.abc import Mapping
from uuid import UUID

from django.db import transaction

from assessments.imports.job_titles import simple
from assessments.models import JobTitleLevel, Network


@transaction.atomic
def set_levels(*, network_id: UUID, levels: Mapping[str, str]) -> None:
    """Gives each job title its level, also where it has another already, however it is spelled."""
    Network.objects.select_for_update().get(pk=network_id)
    JobTitleLevel.objects.bulk_create(
        [
            JobTitleLevel(network_id=network_id, job_title=job_title, simple_form=form, level=levels[job_title])
            for form, job_title in {simple(job_title): job_title for job_title in levels}.items()
        ],
        update_conflicts=True,
        unique_fields=["network", "simple_form"],
        update_fields=["level"],
    )


@transaction.atomic
def remove_level(*, job_title_id: int) -> None:
    """Removes the network's own level of a job title: what is usual holds again, if anything is."""
    JobTitleLevel.objects.filter(pk=job_title_id).delete()
