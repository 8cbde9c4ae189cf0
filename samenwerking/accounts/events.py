"""Logs what happens to accounts: signing in, second steps, passwords and rights.

An account is named by its number: no e-mail address and no address of a computer stands in a log.
"""

from typing import Any

import structlog
from auditlog.signals import post_log
from django.contrib.auth.base_user import AbstractBaseUser
from django.db.models import Model

log = structlog.get_logger("samenwerking.accounts")


def log_event(event: str, user: AbstractBaseUser | None, *, by: AbstractBaseUser | None = None, **more: Any) -> None:
    """Writes a line with the account that it happened to; None is nobody's. `by` is who did it to somebody else."""
    done_by = {"by": by.pk} if by else {}
    log.info(event, account=user.pk if user else None, **done_by, **more)


def log_failure(event: str, user: AbstractBaseUser | None, **more: Any) -> None:
    """Writes a warning: somebody was refused, for a reason that an attack would give too."""
    log.warning(event, account=user.pk if user else None, **more)


def log_changed_rights(model: type[Model], account: str, rights: frozenset[str]) -> None:
    """Lets each entry of the audit trail about the `rights` of this model also stand in the log.

    `account` names the model's column with the number of the account. The trail's own signal is the one place where
    the admin, our actions and commands come by.
    """

    def write(
        sender: object, instance: Model, action: int, changes: dict[str, Any] | None, log_entry: Any, **_: object
    ) -> None:
        changed = {name: pair for name, pair in (changes or {}).items() if name in rights}
        if log_entry is not None and changed:
            about = getattr(instance, account)
            log.info(
                "rights.changed",
                account=about,
                by=log_entry.actor_id,
                model=model._meta.label_lower,
                action=log_entry.get_action_display(),
                **{name: str(new) for name, (_, new) in changed.items()},
            )

    post_log.connect(write, sender=model, weak=False, dispatch_uid=f"rights of {model._meta.label_lower}")
