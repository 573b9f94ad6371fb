"""What a passphrase is in the text of a file or of a paste: one line, exactly as it stands."""


def passphrase_in(text: str) -> str | None:
    """The passphrase: the text less a byte-order mark at its beginning and one line end at its end.

    Args:
        text: Where the lines end in `\\n` or `\\r\\n`.

    Returns:
        None where it holds more than one line, so that it can't be told which is meant.
    """
    text = text.removeprefix("\ufeff").removesuffix("\n").removesuffix("\r")
    return None if sum(bool(each.strip()) for each in text.split("\n")) > 1 else text
