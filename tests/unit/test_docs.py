"""The pages of docs/ say what is now true."""

import re
import runpy
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
GENERATED = runpy.run_path(str(ROOT / "docs" / "generate.py"))["PAGES"]


@pytest.mark.parametrize("name", GENERATED)
def test_generated_page_follows_the_code(name: str) -> None:
    """A page that follows from the code is written anew whenever the code changes (python docs/generate.py)."""
    assert (ROOT / "docs" / name).read_text(encoding="utf-8") == GENERATED[name]()


def test_every_command_is_in_the_glossary_or_readme() -> None:
    """A reader finds each of the fixed commands named in the README."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for command in ("demo", "up", "read", "table", "supervise", "deliver", "channel", "inspect", "report", "rehearse",
                    "explain", "ledger", "audit", "backup", "restore"):  # fmt: skip
        assert re.search(rf"duban {command}\b", readme), command


@pytest.mark.parametrize("page", ["README.md", "README.zh.md"])
def test_links_lead_somewhere(page: str) -> None:
    """No link in a README points at a file that is not there."""
    text = (ROOT / page).read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^)#:]+)\)", text):
        assert (ROOT / target).exists(), target
