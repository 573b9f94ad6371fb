"""The two front ends, each over a journal of its own."""

from exercise_readers import home, journal, on_screen, plain

__all__ = ["home", "journal", "on_screen", "plain"]
