"""Drawing the sites of a round (抽样), in numbers a statistician would check."""

import pytest

from rules.inspecting import Size
from rules.sampling import Candidate, Stratum, draw, number_of_sites
from rules.sampling_statement import sampling_statement

HUNDRED = [
    *(Candidate("市城管局", "农贸市场", f"市场{number}") for number in range(50)),
    *(Candidate("市城管局", "背街小巷", f"小巷{number}") for number in range(30)),
    *(Candidate("市教育局", "学校", f"学校{number}") for number in range(20)),
]


@pytest.mark.parametrize(
    ("population", "confidence", "margin", "sites"),
    [(10_000, 0.95, 0.05, 370), (10**9, 0.95, 0.05, 385), (100, 0.95, 0.1, 50), (3, 0.99, 0.01, 3), (0, 0.95, 0.1, 0)],
)
def test_the_size_for_a_confidence_is_that_of_the_textbook(
    population: int, confidence: float, margin: float, sites: int
) -> None:
    """Cochran's table: 385 of very many, 370 of ten thousand, for five points either way at 95 %."""
    assert number_of_sites(population, Size(confidence=confidence, margin=margin)) == sites


def test_all_are_visited_where_no_size_is_asked_for() -> None:
    """Neither a number nor a confidence: every site."""
    assert sorted(draw(HUNDRED, Size(), "s").drawn) == sorted(one.site for one in HUNDRED)


def test_strata_get_their_share() -> None:
    """Ten of a hundred: five markets, three lanes, two schools, whatever the seed."""
    for seed in ("a", "b", "c"):
        sample = draw(HUNDRED, Size(sites=10), seed)
        assert sample.strata == (
            Stratum("市城管局", "农贸市场", 50, 5),
            Stratum("市城管局", "背街小巷", 30, 3),
            Stratum("市教育局", "学校", 20, 2),
        )


def test_the_seed_fixes_the_draw_for_good() -> None:
    """What was published can be redone with any SHA-256: these sites follow from this seed, today and in ten years."""
    assert draw(reversed(HUNDRED), Size(sites=5), "weekly/2026-W10/41").drawn == (
        draw(HUNDRED, Size(sites=5), "weekly/2026-W10/41").drawn
    )
    assert draw(HUNDRED, Size(sites=5), "weekly/2026-W10/41") != draw(HUNDRED, Size(sites=5), "weekly/2026-W10/42")


def test_a_share_goes_where_findings_were_closed() -> None:
    """回访: two of ten among the three such sites, said apart; a closed site elsewhere is none of this population's."""
    sample = draw(HUNDRED, Size(sites=10), "s", closed=["市场1", "小巷2", "学校3", "外区市场"], revisited=0.2)
    assert len(sample.drawn) == 10 and len(set(sample.drawn)) == 10
    assert len(sample.revisited) == 2 and set(sample.revisited) < {"市场1", "小巷2", "学校3"}
    assert sum(stratum.drawn for stratum in sample.strata) == 8


def test_more_wanted_than_there_are() -> None:
    """Asked for more sites than lie within the scope: all of them, once each."""
    few = HUNDRED[:3]
    assert sorted(draw(few, Size(sites=10), "s", closed=["市场1"], revisited=1.0).drawn) == ["市场0", "市场1", "市场2"]


def told(again: list[str]) -> dict[str, object]:
    """What the ledger keeps of a draw of five among ten sites."""
    rest = 10 - len(again)
    size = {"confidence": 0.9, "margin": 0.2}
    strata = [["区城管局", "市场", rest, 5 - len(again)]]
    return {"population": 10, "size": size, "strata": strata, "seed": "甲", "revisited": again}


def test_equal_chances_are_claimed_of_those_drawn_by_lot_only() -> None:
    """Sites re-visited for a reason are no random draw, and the statement must not pass them off as one."""
    said = [line.zh for line in sampling_statement(told(["东市场", "西市场"]), 5)]
    assert said[0] == "总体 10 个点位，先抽回访 2 个（近期有问题销号）：东市场、西市场"
    assert said[1].startswith("其余 8 个点位") and "等距抽取 3 个；每个点位抽中的机会相同" in said[1]
    assert "数量由此算出；回访的点位不是随机抽取，不用来推算总体" in said


def test_without_sites_to_revisit_all_are_drawn_by_lot() -> None:
    """Then the whole size is the lot's, and nothing is said of sites re-visited."""
    said = [line.zh for line in sampling_statement(told([]), 5)]
    assert said[0].startswith("总体 10 个点位") and "等距抽取 5 个；每个点位抽中的机会相同" in said[0]
    assert not any("回访" in line for line in said)
