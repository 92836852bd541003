"""Drawing the sites of a round (抽样): in proportion to units and site types, in an order a published seed fixes.

Anyone can redo it: places in the order are SHA-256 of seed and name, the same on every machine and in every year.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import groupby
from math import ceil
from statistics import NormalDist
from typing import NamedTuple

from rules.inspecting import Size


class Candidate(NamedTuple):
    """待抽点位: a site of the population, with the unit and type it is stratified by."""

    unit: str
    type: str
    site: str

    @property
    def stratum(self) -> tuple[str, str]:
        return self.unit, self.type


class Stratum(NamedTuple):
    """层: how many sites of one unit and type there are, and how many of them were drawn."""

    unit: str
    type: str
    total: int
    drawn: int


@dataclass(frozen=True, slots=True)
class Sample:
    """抽样结果: the `drawn` sites; `revisited` are those of them drawn first, because findings there were closed."""

    seed: str
    population: int
    strata: tuple[Stratum, ...]
    revisited: tuple[str, ...]
    drawn: tuple[str, ...]
    size: Size


def draw(
    population: Iterable[Candidate], size: Size, seed: str, closed: Iterable[str] = (), revisited: float = 0.0
) -> Sample:
    """Draw as many sites as `size` asks for; of these a share, `revisited`, among those with findings closed lately.

    The others are taken at even steps, from a start the seed gives, out of all sites sorted by stratum: every site is
    as likely as any other, and a stratum gets its share of the sample, rounded up or down.
    """
    everyone = sorted(set(population))
    wanted = number_of_sites(len(everyone), size)
    again = sorted({one.site for one in everyone} & set(closed), key=lambda site: _place(seed, "revisit", site))
    first = tuple(again[: ceil(wanted * revisited)])
    rest = sorted((one for one in everyone if one.site not in first), key=lambda one: _order(seed, one))
    taken = _at_even_steps(rest, wanted - len(first), seed)
    return Sample(seed, len(everyone), _strata(rest, taken), first, (*first, *(one.site for one in taken)), size)


def number_of_sites(population: int, size: Size) -> int:
    """How many of a population: as stated; or by Cochran's formula for a share at worst one half, corrected for a
    finite population; never more than there are.
    """
    if size.sites is not None:
        return min(size.sites, population)
    if size.confidence is None or not population:
        return population
    z = NormalDist().inv_cdf((1 + size.confidence) / 2)
    unlimited = z * z / 4 / size.margin**2
    return min(ceil(unlimited / (1 + (unlimited - 1) / population)), population)


def _at_even_steps(ordered: Sequence[Candidate], wanted: int, seed: str) -> list[Candidate]:
    if not wanted or not ordered:
        return []
    start = int.from_bytes(_place(seed, "start")) % len(ordered)
    return [ordered[(start + number * len(ordered)) // wanted] for number in range(wanted)]


def _order(seed: str, one: Candidate) -> tuple[bytes, bytes]:
    """Strata in an order of their own, so that no two of them always share the step between them."""
    return _place(seed, "stratum", *one.stratum), _place(seed, "site", one.site)


def _place(*words: str) -> bytes:
    return sha256("/".join(words).encode()).digest()


def _strata(rest: Iterable[Candidate], taken: Iterable[Candidate]) -> tuple[Stratum, ...]:
    drawn = set(taken)
    by_stratum = groupby(sorted(rest), key=lambda one: one.stratum)
    counted = ((stratum, list(sites)) for stratum, sites in by_stratum)
    return tuple(
        Stratum(unit, type_, len(sites), sum(one in drawn for one in sites)) for (unit, type_), sites in counted
    )
