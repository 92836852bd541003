"""Where a person is reached (送达地址): their channels in order, and where a message goes when one fails for good."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from rules.roster import Contact

INBOX = "inbox"
"""The channel that is always there: a folder of files in DUBAN_HOME."""


@dataclass(frozen=True, slots=True)
class Address:
    """送达地址: the channel a person is reached on and their address there."""

    channel: str
    target: str


def addresses_of(person: str, contacts: Sequence[Contact], channels: Collection[str]) -> tuple[Address, ...]:
    """A person's addresses on channels that exist, in their order; without any, their folder in the inbox."""
    known = tuple(Address(contact.channel, contact.target) for contact in contacts if contact.channel in channels)
    return known or (Address(INBOX, person),)


def next_address(addresses: Sequence[Address], tried: Collection[Address]) -> Address | None:
    """The first address that has not been tried for a message, or None where the person cannot be reached."""
    return next((address for address in addresses if address not in tried), None)
