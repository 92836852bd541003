"""The key the channels' secrets are encrypted with (钥匙文件)."""

import stat
from pathlib import Path

from store.setup import KeyFile


def test_the_key_is_made_once_and_for_its_owner_only(tmp_path: Path) -> None:
    """What was encrypted yesterday opens today; nobody else on the machine can read the key."""
    key = KeyFile(tmp_path / "channel.key")
    sealed = key.fernet().encrypt(b"secret")
    assert KeyFile(key.path).fernet().decrypt(sealed) == b"secret"
    assert stat.S_IMODE(key.path.stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["channel.key"]


def test_a_key_made_meanwhile_is_kept(tmp_path: Path) -> None:
    """Two processes meet the first secret at once: both go on with the same key."""
    first, second = KeyFile(tmp_path / "channel.key"), KeyFile(tmp_path / "channel.key")
    first._make()
    kept = first.path.read_bytes()
    second._make()
    assert second.path.read_bytes() == kept
