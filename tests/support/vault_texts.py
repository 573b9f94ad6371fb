"""The words of a long journal: the same in every run and for every program that is measured. Standard library alone."""

import random
from datetime import datetime, timedelta, timezone
from pathlib import Path

PASSPHRASE = "plum otter lantern"
HERE = timezone(timedelta(hours=1))
END = datetime(2026, 11, 22, 2, 10, tzinfo=HERE)
RARE = "quetzal"
"""A word that stands in every thousandth entry."""
WORDS = (
    *("morning", "evening", "phone", "call", "quiet", "table", "said", "nothing", "again", "promise", "kept", "broke"),
    *("walked", "home", "rain", "slept", "woke", "thought", "her", "his", "their", "hands", "voice", "window"),
    *("because", "still", "slowly", "maybe", "afraid", "angry", "calm", "breath", "letter", "answer", "question"),
)


def text_of(number: int) -> str:
    """The words of one entry; the same in every run and in every program."""
    chance = random.Random(number)
    words = chance.choices(WORDS, k=chance.randint(40, 140))
    if number % 1000 == 7:
        words.insert(20, RARE)
    return " ".join(words).capitalize() + "."


def moment_of(number: int, entries: int) -> datetime:
    """Spread over up to ten years, the newest now."""
    days = min(3650, max(30, entries // 10))
    return END - timedelta(days=days) * ((entries - 1 - number) / entries)


def most_memory() -> float:
    """MB this process ever held. Not `ru_maxrss`, which begins with what the process that started this one held."""
    for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) / 1024
    raise OSError("this system does not say")
