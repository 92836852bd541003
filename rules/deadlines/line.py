"""The line being read (语句): its tokens under a cursor, the words around it, and the draft of what was found."""

from dataclasses import dataclass, field
from datetime import date, datetime

from rules.deadlines.timeline import Timeline
from rules.deadlines.tokens import Token, tokenise
from rules.deadlines.words import Kind
from rules.reading import DeadlineKind, Question

NEARBY = 120
"""How many characters either side of a phrase may explain it."""


@dataclass(slots=True)
class Draft:
    """草拟: a deadline found in the characters begin..end of the line, with what is doubtful about it."""

    kind: DeadlineKind
    begin: int
    end: int = 0
    start: date | None = None
    due: date | datetime | None = None
    rrule: str | None = None
    trigger: str | None = None
    offset: str | None = None
    doubts: list[Question] = field(default_factory=list)


class Line:
    """语句: `around` is the text before and behind the line; `label` a context that does not hold the line."""

    __slots__ = ("around", "at", "label", "text", "timeline", "tokens")

    def __init__(self, text: str, timeline: Timeline, around: tuple[str, str] = ("", ""), label: str = "") -> None:
        self.text = text
        self.timeline = timeline
        self.around = around
        self.label = label
        self.tokens = tokenise(text)
        self.at = 0

    def peek(self, ahead: int = 0) -> Token:
        """The token at the cursor; the last ones are END."""
        return self.tokens[self.at + ahead]

    def sees(self, *kinds: Kind, ahead: int = 0) -> bool:
        return self.tokens[self.at + ahead].kind in kinds

    def sees_number(self, *units: str, ahead: int = 0) -> bool:
        token = self.peek(ahead)
        return token.kind is Kind.NUMBER and token.unit in units

    def take(self, *kinds: Kind) -> Token | None:
        token = self.tokens[self.at]
        if token.kind not in kinds:
            return None
        self.at += 1
        return token

    def words(self, token: Token) -> str:
        return self.text[token.start : token.end]

    @property
    def place(self) -> int:
        """The character at which the cursor stands."""
        return self.tokens[self.at].start

    def before(self, place: int) -> str:
        """The words before a character, as far as they can explain it."""
        if place > NEARBY:
            return self.text[place - NEARBY : place]
        return self.around[0] + self.text[:place]

    def behind(self, place: int) -> str:
        """The words from a character on, as far as they can explain it."""
        near = self.text[place : place + NEARBY]
        return near if len(near) == NEARBY else near + self.around[1]
