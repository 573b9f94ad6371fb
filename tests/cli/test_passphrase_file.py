"""A passphrase file holds one passphrase, whatever the editor that wrote it put around it."""

import pytest

from trustkit.cli import asking
from trustkit.errors import UsageError


def written(tmp_path, data: bytes) -> str:
    file = tmp_path / "passphrase"
    file.write_bytes(data)
    file.chmod(0o600)
    return str(file)


@pytest.mark.parametrize(
    "data",
    [
        b"four quiet words here",
        b"four quiet words here\n",
        b"four quiet words here\r\n",
        b"\xef\xbb\xbffour quiet words here",
        b"\xef\xbb\xbffour quiet words here\r\n",
    ],
)
def test_a_byte_order_mark_and_the_end_of_the_line_are_not_the_passphrase(tmp_path, data: bytes) -> None:
    assert asking.passphrase_from(written(tmp_path, data), stdin_carries_text=False) == "four quiet words here"


@pytest.mark.parametrize("data", [b"one\ntwo\n", b"one\r\ntwo", b"\xef\xbb\xbfone\n\ntwo"])
def test_a_file_of_several_lines_is_refused(tmp_path, data: bytes) -> None:
    with pytest.raises(UsageError, match="more than one line"):
        asking.passphrase_from(written(tmp_path, data), stdin_carries_text=False)


@pytest.mark.parametrize("data", [b"", b"\n", b"\r\n", b"\xef\xbb\xbf", b"\xef\xbb\xbf\r\n", b"\xff\xfe"])
def test_a_file_without_a_passphrase_is_refused(tmp_path, data: bytes) -> None:
    with pytest.raises(UsageError, match="holds no passphrase"):
        asking.passphrase_from(written(tmp_path, data), stdin_carries_text=False)
