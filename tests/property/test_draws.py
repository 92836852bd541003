"""Laws of the draw (抽样), for any population, size and seed."""

from collections import Counter
from fractions import Fraction
from math import ceil, floor

from hypothesis import given
from hypothesis import strategies as st

from rules.inspecting import Size
from rules.sampling import Candidate, draw

populations = st.lists(
    st.builds(Candidate, st.sampled_from("甲乙丙"), st.sampled_from(["市场", "学校"]), st.integers(0, 80).map(str)),
    min_size=1,
    max_size=60,
    unique_by=lambda one: one.site,
)


@given(populations, st.integers(1, 70), st.text(max_size=8))
def test_size_and_strata_are_respected(population: list[Candidate], sites: int, seed: str) -> None:
    """As many as asked for, none twice, and each stratum its share rounded up or down."""
    sample = draw(population, Size(sites=sites), seed)
    wanted = min(sites, len(population))
    assert len(sample.drawn) == len(set(sample.drawn)) == wanted
    assert set(sample.drawn) <= {one.site for one in population}
    for stratum in sample.strata:
        share = Fraction(wanted * stratum.total, len(population))
        assert floor(share) <= stratum.drawn <= ceil(share)


@given(populations, st.integers(1, 70), st.text(max_size=8), st.randoms(use_true_random=False))
def test_the_order_of_the_register_does_not_matter(
    population: list[Candidate], sites: int, seed: str, luck: object
) -> None:
    """Whoever keeps the register cannot steer the draw by sorting it."""
    shuffled = list(population)
    luck.shuffle(shuffled)  # type: ignore[attr-defined]
    assert draw(shuffled, Size(sites=sites), seed) == draw(population, Size(sites=sites), seed)


def test_every_site_is_as_likely_as_any_other() -> None:
    """Over four thousand seeds each of 37 sites of uneven strata is drawn equally often, within five deviations."""
    sites = [
        Candidate("甲" if number < 30 else "乙", "市场" if number % 5 else "学校", str(number)) for number in range(37)
    ]
    rounds, share = 4000, 7 / 37
    seen = Counter(site for seed in range(rounds) for site in draw(sites, Size(sites=7), str(seed)).drawn)
    deviation = (rounds * share * (1 - share)) ** 0.5
    assert all(abs(seen[one.site] - rounds * share) < 5 * deviation for one in sites)
