"""What practising says, on screen and in plain lines alike: the words stand here once, and both read them."""

from typing import Final

HOW_NOW: Final = "How are you right now?"
STRENGTH_ENDS: Final = "0 is none, 10 as strong as it gets."
"""Beneath a 0–10 answer about something else than distress: an urge, how strong a feeling is."""
WHO: Final = {"one": "One of you", "two": "The other", "both": "Both of you", "me": ""}
"""Whose turn a part of a timer is."""

FOR_TWO: Final = "Made for two people who are both safe to speak. Here if you want to read it."
"""Stands where something is not offered now; its words may be read."""
GONE: Final = "Nothing of this is kept. It goes when you leave."
KEEP_IT: Final = "Keep this note?"
KEEP: Final = "Keep"
KEEP_PRIVATELY: Final = "Keep privately"
DONT_KEEP: Final = "Don't keep"
SAVED: Final = "Saved."
NOT_KEPT: Final = "Not kept. Nothing was written."
GO_ON: Final = "Go on where you stopped"
ANEW: Final = "Begin again, and throw that away"
CHANGE: Final = "Change something"
BEFORE_STAYS: Final = "What you kept before stays as it was."
NO_ROWS: Final = "Nothing on it yet. One line is a list."
UP_TO: Final = "Up to {pick}. Untick one to take another."
"""Said when more are ticked than the list asks for."""
NOT_A_DAY: Final = "That date wasn't clear. Try 2026-11-30, or leave it out."
NOT_A_NUMBER: Final = "That wasn't a whole number. Try 3, or leave it out."

REMEMBER: Final = (
    "Shall trustkit remember how practices go, so that it can show what helps you? Numbers and dates, no words."
)
KEEP_RUN: Final = "Keep that you practised? Numbers and dates, no words."

DONE: Final = "Done for now"
AGAIN: Final = "Once more"
ELSE: Final = "Something else"
WORSE: Final = "This made it worse"

GLAD: Final = "I'm glad you said so. It isn't you: some practices make some people feel worse. Let's stop this one."
FLOOR: Final = "Feet on the floor. Look round, slowly. Find one thing that is blue. You are here, and it is {weekday}."
LEAVE_IT: Final = "Then leave the practices for today. Warmth, water, a door open, someone's voice."
STANDS_LAST: Final = "From now on this one stands last in your list."
ASKS_FIRST: Final = "Your journal is sealed: keeping it that way asks for the passphrase."
ENOUGH: Final = "That's enough"
LOOK_ROUND: Final = "Look round with me"
PERSON: Final = "I want a person"

QUESTION: Final = "Are you thinking about ending your life?"
ANY_ANSWER: Final = "Asking is all right, and so is any answer. Nothing is kept."
ANSWERS: Final = ("Yes", "I'm not sure", "No", "I'd rather not say")
THANK_YOU: Final = """
Thank you for saying so. Please don't stay alone with this. Call or text one of these, or tell someone near you: *'I'm not safe by myself right now. Can you stay with me?'* If you could act on it soon, call the emergency number. Feelings this strong can ease, and people do get through them.
"""  # noqa: E501 - one paragraph, word for word
ALL_RIGHT: Final = "All right. It still sounds very hard. Shall we make it quieter?"
