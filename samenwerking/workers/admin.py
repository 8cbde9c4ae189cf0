"""Shows a beheerder the jobs that failed, wait or run, and lets those that failed be tried again."""

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from samenwerking.accounts.rights import ByRight, Right
from samenwerking.jobs import failed_jobs, try_again


class JobAdmin(ByRight):
    """Shows no arguments, no traceback and nothing that was returned: what a fault says is in the log.

    `samenwerking.apps` registers it, in place of the one that the package brings.
    """

    right: Right = "manage_jobs"
    list_display = ("what", "state", "enqueued_at", "started_at", "finished_at", "tries", "fault")
    list_filter = ("status",)
    ordering = ("-enqueued_at",)
    actions = ("try_again",)
    fields = readonly_fields = list_display

    @admin.display(description="taak", ordering="task_path")
    def what(self, row: DBTaskResult) -> str:
        return row.task_path.rpartition(".")[2]

    @admin.display(description="stand", ordering="status")
    def state(self, row: DBTaskResult) -> str:
        names = {"READY": "wacht", "RUNNING": "bezig", "SUCCESSFUL": "gelukt", "FAILED": "mislukt"}
        return names[row.status]

    @admin.display(description="pogingen")
    def tries(self, row: DBTaskResult) -> int:
        return len(row.worker_ids)

    @admin.display(description="fout")
    def fault(self, row: DBTaskResult) -> str:
        return row.exception_class_path.rpartition(".")[2] or "-"

    @admin.action(description="Opnieuw proberen wat mislukt is", permissions=["view"])
    def try_again(self, request: HttpRequest, chosen: QuerySet[DBTaskResult]) -> None:
        failed = chosen.filter(status=TaskResultStatus.FAILED).values_list("pk", flat=True)
        count = try_again(failed_jobs(failed))
        said = "1 taak staat" if count == 1 else f"{count} taken staan"
        messages.success(request, f"{said} weer in de rij.")

    def has_add_permission(self, request: HttpRequest, *args: object) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: DBTaskResult | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: DBTaskResult | None = None) -> bool:
        return False
