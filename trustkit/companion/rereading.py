"""The journal begun and read again: by search line, day, question and tag; and two versions made one."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from trustkit.companion.practising import Practising
from trustkit.errors import UsageError
from trustkit.model.entry import Answers, Body, Entry, Note, Record, Summary

if TYPE_CHECKING:
    # What a start does without: each method imports what it uses.
    from collections.abc import Collection, Iterator, Sequence
    from datetime import date

    from trustkit.model.held import Held
    from trustkit.model.prompts import Prompt
    from trustkit.model.query import Query

EMPTY_TAG: Final = ("A tag needs a word.", "Type one, without a comma.")


class Rereading(Practising):
    """Mixed into the companion. Everything here may read files: call it from a thread."""

    # -- beginning -------------------------------------------------------------------------------

    def writing_prompts(self) -> list[Prompt]:
        """Questions to begin a page with: none that are unsafe to offer now, or that made things worse before."""
        from trustkit.model.prompts import prompts

        worse = self.stands_last()
        return [one for one in prompts(self.offered(self.library.exercises)) if one.exercise not in worse]

    # -- finding ---------------------------------------------------------------------------------

    def find(self, query: Query, *, private: bool = False) -> Sequence[Summary]:
        """Listed entries that a search line asks for, newest first. Raises Locked, ReadError.

        Args:
            query: Words and filters.
            private: Include entries that are kept privately.
        """
        vault = self.vault
        found = vault.search(query.words, private=private) if query.words else vault.summaries(private=private)
        return [summary for summary in found if query.admits(summary)] if query.filters else found

    def find_or_words(self, query: Query, *, private: bool = False) -> tuple[Sequence[Summary], Query]:
        """As `find`; where days named without a field leave nothing, the same line with those days as words.

        "We talked about yesterday" is looked for as a sentence before it is said to be nowhere. Returns what was
        found, and the query that found it.
        """
        found = self.find(query, private=private)
        if not found and query.as_words and (as_words := self.find(query.as_words, private=private)):
            return as_words, query.as_words
        return found, query

    def excerpt(self, entry: Entry, words: str) -> str:
        """A piece of the line of an entry in which one of these words stands, or nothing."""
        from trustkit.model import finding
        from trustkit.model.plain import one_line
        from trustkit.vault.fold import fold

        return one_line(finding.excerpt(_texts(entry), words, fold))

    # -- days ------------------------------------------------------------------------------------

    def days(self, *, private: bool = False) -> dict[date, Held]:
        """What each day holds that holds anything: the same object until something changes.

        Private entries count only when asked for.
        """
        from trustkit.model import held

        def counted() -> dict[date, Held]:
            runs = self.vault.events("practice")
            practised = [run.created.date() for run in runs if private or not run.private]
            return held.by_day(self.vault.summaries(private=private), practised)

        return self.vault.remembered(("days", private), counted)

    def practised_on(self, day: date, *, private: bool = False) -> list[str]:
        """The exercises practised on a day, each once, in order."""
        runs = (run for run in self.vault.events("practice") if private or not run.private)
        names = (getattr(run.body, "exercise", "") for run in runs if run.created.date() == day)
        return list(dict.fromkeys(names))

    # -- the same question again -------------------------------------------------------------------

    def on_the_same(self, entry_id: str, *, private: bool = False) -> list[Summary]:
        """Other entries on the same question: of the same exercise, or pages under the same title. Oldest first."""
        listed = self.vault.summaries(private=True)
        this = next((one for one in listed if one.id == entry_id), None)
        about = self._question(this) if this is not None else ""
        if not about:
            return []
        found = [
            one
            for one in listed
            if one.id != entry_id and (private or not one.private) and self._question(one) == about
        ]
        return sorted(found, key=lambda one: (one.created, one.saved, one.id))

    @staticmethod
    def _question(summary: Summary) -> str:
        if summary.exercise:
            return f"in {summary.exercise}"
        return f"on {' '.join(summary.title.casefold().split())}" if summary.title else ""

    # -- tags ------------------------------------------------------------------------------------

    def tags(self, *, private: bool = False) -> list[tuple[str, int]]:
        """Every tag with how many entries bear it, the most used first."""
        from trustkit.model.query import tags_in_use

        return tags_in_use(self.vault.summaries(private=private))

    def rename_tag(self, old: str, new: str, *, private: bool = False) -> int:
        """Call a tag something else on every page that bears it. What was there stays as an earlier version.

        Broken off at any moment, it goes on when it is asked for again. Pages kept privately, and pages that a newer
        trustkit wrote, are left as they are unless `private` includes the former.

        Returns:
            How many pages were changed.

        Raises:
            UsageError: The new name is empty.
            WriteError, ReadError, Locked: What was changed until then stays changed.
        """
        from trustkit.model.query import same

        new = new.strip().strip(",").strip()
        if not new:
            raise UsageError(*EMPTY_TAG)
        changed = 0
        for summary in self.vault.summaries(private=private):
            if same(old) not in map(same, summary.tags):
                continue
            entry = self.vault.get(summary.id)
            if not isinstance(entry.body, Note) or entry.read_only:
                continue
            tags = tuple(dict.fromkeys(new if same(tag) == same(old) else tag for tag in entry.body.tags))
            if tags != entry.body.tags:
                self.vault.revise(entry.id, replace(entry.body, tags=tags), base=entry.rev)
                changed += 1
        return changed

    # -- two versions ------------------------------------------------------------------------------

    def settle(self, entry_id: str, kept: Body | None, seen: Collection[str]) -> None:
        """Of the versions that were seen keep one; the others stay among its earlier ones. None keeps it deleted."""
        if kept is None:
            self.vault.delete(entry_id)
        else:
            self.vault.resolve(entry_id, kept, seen=seen)

    def keep_both(self, kept: Entry, other: Entry) -> Entry:
        """Keep one version as the page and the other as a page of its own, of the same day. Returns that page."""
        if kept.body is None or other.body is None:
            raise ValueError("there are not two pages to keep")
        # First the new page: whatever happens in between, nothing is lost.
        apart = self.vault.add(other.body, private=other.private, created=other.created)
        self.vault.resolve(kept.id, kept.body, seen=(kept.rev, other.rev))
        return apart

    def put_together(self, kept: Entry, other: Entry) -> Entry:
        """Make one page of two: lines they share once, others one after the other. Both stay as versions."""
        from trustkit.model.difference import together

        one, two = kept.body, other.body
        if not isinstance(one, Note) or not isinstance(two, Note):
            raise ValueError("only pages can be put together")
        body = Note(
            together(one.text, two.text),
            one.title or two.title,
            tuple(dict.fromkeys((*one.tags, *two.tags))),
            tuple(dict.fromkeys((*one.feelings, *two.feelings))),
            one.distress if one.distress is not None else two.distress,
            one.about_day or two.about_day,
        )
        return self.vault.resolve(kept.id, body, seen=(kept.rev, other.rev))


def _texts(entry: Entry) -> Iterator[str]:
    """What an entry says, in the order in which a reader meets it."""
    match entry.body:
        case Note() as note:
            yield from (note.text, note.title, *note.tags, *note.feelings)
        case Answers() as answers:
            yield answers.result
            yield from (value for value in answers.answers.values() if isinstance(value, str))
            yield from (cell for row in answers.rows for cell in row.values())
            yield from answers.chosen
        case Record() as record:
            yield from (value for value in record.values.values() if isinstance(value, str))
