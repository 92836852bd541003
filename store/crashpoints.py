"""Named points at which a test may kill the process, to prove that nothing is lost or done twice there."""

from collections.abc import Callable


def _pass_by(name: str) -> None:
    """What happens at a point when no test watches: nothing."""


_at_point: Callable[[str], None] = _pass_by


def reach(name: str) -> None:
    """The program passes this point; without a test watching, nothing happens."""
    _at_point(name)


def watch(at_point: Callable[[str], None]) -> None:
    """Let a test see every point that is passed from now on."""
    global _at_point
    _at_point = at_point
