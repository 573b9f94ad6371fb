"""How large what lies in a vault may be, so that one file can stop nobody from reading the others."""

from typing import Final

MAX_KEY: Final = 64 * 1024
"""Bytes of a key file: room for hundreds of identities. A larger one is neither read nor written."""
