"""The outcome (读数): clauses joined into the names of a text, with the part each takes as far as the text says it."""

from rules.units.clauses import Clause, read_clause
from rules.units.tokens import Aside, Headed, Name, Sign, Token
from rules.units.words import Part

_BOUNDARIES = frozenset((Sign.COMMA, Sign.STOP, Sign.LINE, Sign.FULL))


class Outcome:
    """The names found so far; `label` is the one that stands before them, `open` those no joint has spoken of yet.

    `led_by` holds the names of each clause or label that says 牵头, `helping` both sides of each A配合B, `prefixed`
    the names behind a lone 配合.
    """

    def __init__(self, under_header: bool) -> None:
        self.names: list[Name] = []
        self.label: Part | None = None
        self.labelled = under_header
        self.led_by: list[list[Name]] = []
        self.helping: list[tuple[list[Name], list[Name]]] = []
        self.prefixed: list[Name] = []
        self.open: list[Name] = []
        self.told = self.skipping = self.led = False
        self.seen: list[Clause] = []

    def read(self, tokens: list[Token]) -> None:
        """Clause by clause, by the marks that part them."""
        held: list[Token] = []
        for token in tokens:
            if isinstance(token, Headed) or (isinstance(token, Sign) and token in _BOUNDARIES):
                self._clause(held)
                held = []
                self._boundary(token)
            else:
                held.append(token)
        self._clause(held)

    def _boundary(self, token: Token) -> None:
        if isinstance(token, Headed):
            self._headed(token.part)
        elif token is not Sign.COMMA:
            self.open, self.skipping = [], False
            if token is Sign.FULL:
                self.names = [name for name in self.names if name.closed or name.part]
            if token is not Sign.STOP:
                self.told = False
            if token is Sign.LINE and self.label is Part.NOBODY:
                self.label = None

    def _headed(self, part: Part) -> None:
        """Units named before the label of the lead are only the matter it is about."""
        if part in (Part.LEAD, Part.DUTY) and not self.labelled:
            self.names = [name for name in self.names if name.part]
        self.label, self.labelled = part, True
        self.open, self.told, self.skipping = [], False, False
        if part is Part.LEAD:
            self.led_by.append([])

    def _clause(self, tokens: list[Token]) -> None:
        if not tokens:
            return
        clause = read_clause(tokens)
        if not self.skipping and self.label is not Part.NOBODY:
            self._join(clause)
        for aside in clause.asides:
            self._aside(aside)

    def _aside(self, aside: Aside) -> None:
        kept = self.label, self.open, self.told, self.skipping
        self.told = self.skipping = False
        self.open = []
        self.read(aside.tokens)
        self.label, self.open, self.told, self.skipping = kept

    def _join(self, clause: Clause) -> None:
        names = clause.names
        if self.told and not (clause.role or clause.told or clause.headed):
            names = [name for name in names if name.part]
        self.seen.append(clause)
        if clause.helped:
            self.helping.append((names, clause.helped))
        if clause.prefixed and clause.role is Part.SUPPORT:
            self.prefixed += names
        self._speaks_of_earlier(clause, names)
        for name in names:
            name.part = name.part or self.label
        self._count_lead(clause, names)
        if clause.role or clause.told:
            self.open = []
        else:
            self.open += [name for name in names if not name.part]
        self.names += names
        self.told = self.told or clause.told
        self.skipping = clause.headed

    def _speaks_of_earlier(self, clause: Clause, names: list[Name]) -> None:
        """市公安局，市交通局配合 behind a lead speaks of both; so does a joint with no name beside it."""
        supports = clause.role in (Part.SUPPORT, Part.PARTNER) and not clause.prefixed and self.led
        if supports or (clause.bare and not names):
            for name in self.open:
                name.part = clause.bare or clause.role

    def _count_lead(self, clause: Clause, names: list[Name]) -> None:
        leads = [name for name in names if name.part is Part.LEAD]
        self.led = self.led or bool(leads)
        if self.label is Part.LEAD and self.led_by:
            self.led_by[-1] += leads
        elif leads:
            self.led_by.append(leads)
