"""Says which states a round has, and which work is done in which of them; models, actions, pages and tests read it.

Knows no round: a state is a word.
"""

from enum import Enum

CONCEPT, OPEN, CLOSED, PUBLISHED, ARCHIVED = "concept", "open", "gesloten", "gepubliceerd", "gearchiveerd"

_NO_STEP = "Een ronde in de staat '{state}' kan niet '%s' worden."


class NotAllowed(Exception):
    """This can't be done now. The message says why, to whoever asked."""


class Work(Enum):
    """Each kind of work on a round has the states in which it is done, and what is said in any other state.

    Work without a sentence is done by the system; where the state forbids it, it is skipped. Reading has none either:
    readers don't find a round that is not published.
    """

    # The steps from one state to the next
    OPENING = {CONCEPT}, _NO_STEP % OPEN
    CLOSING = {OPEN}, _NO_STEP % CLOSED
    PUBLISHING = {CLOSED, PUBLISHED}, _NO_STEP % PUBLISHED  # from published: for other readers too
    ARCHIVING = {PUBLISHED}, _NO_STEP % ARCHIVED
    # The way out: not once it was published, for readers could compare it with the next round
    DISCARDING = {CONCEPT, OPEN, CLOSED}, "Een ronde die is gepubliceerd, kan niet meer worden verwijderd."

    # Before it closes
    SETTING_UP = {CONCEPT}, "Deze ronde is al open. De instellingen liggen vast."
    EDITING_THE_LIST = {CONCEPT, OPEN}, "Deze ronde is gesloten. De deelnemers liggen vast."
    GIVING_OUT_LINKS = {CONCEPT, OPEN}, "Deze ronde is gesloten."
    ANSWERING = {OPEN}, "Deze ronde is niet open."
    INVITING_AGAIN = {OPEN}, "Deze uitnodiging kan nu niet opnieuw worden verstuurd."
    ASKING_FOR_THE_LEVEL = {OPEN}, "Deze vraag kan nu niet worden gesteld."
    MOVING_THE_LAST_DAY = {OPEN}, "Alleen een open ronde kan langer of korter open zijn."
    PLANNING_MAIL = {CONCEPT, OPEN}, "Deze ronde is gesloten. Er gaan geen herinneringen meer uit."
    CHANGING_THE_CONTACT = {OPEN}, "Dit kan alleen in een open ronde."

    # Once it is closed
    CHECKING_OPEN_ANSWERS = (
        {CLOSED, PUBLISHED},
        "Open antwoorden zijn na te kijken als de ronde gesloten is, en tot zij gearchiveerd wordt.",
    )
    AGREEING_ON_IMPROVEMENTS = (
        {CLOSED, PUBLISHED, ARCHIVED},
        "Verbeteracties horen bij een rapport. Dat is er pas als de ronde is gesloten.",
    )
    GIVING_OUT_REPORT_LINKS = (
        {PUBLISHED, ARCHIVED},
        "Een leeslink kan pas als de uitkomsten voor meelezers zijn gepubliceerd.",
    )
    PLANNING_THE_MEETING = {PUBLISHED}, "Een gesprek plant u als de ronde is gepubliceerd en nog niet gearchiveerd."
    COMPARING = {CLOSED, PUBLISHED}, "Dit kan alleen met een ronde die gesloten is en nog niet gearchiveerd."
    LEAVING_RESEARCH = {CLOSED, PUBLISHED, ARCHIVED}, "Deze ronde is nog niet gesloten."
    KEEPING = {CLOSED, PUBLISHED, ARCHIVED}, "Hoe lang iets blijft, kiest u als de ronde gesloten is."
    READING = {PUBLISHED, ARCHIVED}, ""  # by others than the coördinator

    # Without being asked
    MAILING = {OPEN, PUBLISHED}, ""
    ERASING_ADDRESSES = {CLOSED, PUBLISHED, ARCHIVED}, ""

    def __init__(self, states: set[str], refusal: str) -> None:
        self.states = frozenset(states)
        self.refusal = refusal

    def check(self, state: str) -> None:
        """Raises NotAllowed, with the sentence for whoever asks, where a round in `state` does not allow this."""
        if state not in self.states:
            raise NotAllowed(self.refusal.format(state=state))
