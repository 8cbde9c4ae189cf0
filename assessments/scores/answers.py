"""What may stand in the place of a value: nothing was answered, or 'weet ik niet'."""

UNKNOWN = "?"
UNANSWERED = "."
