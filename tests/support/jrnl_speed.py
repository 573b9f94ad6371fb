"""jrnl 4.6, asked through its own classes for what its commands ask for. Run as a script by jrnl's own interpreter.

    jrnl_speed.py make plain|encrypted FOLDER ENTRIES     write a journal of so many entries
    jrnl_speed.py serve plain|encrypted FOLDER            the seconds of each row that is asked for on standard input
    jrnl_speed.py memory plain|encrypted FOLDER           the most memory it takes to read and search it, in MB

jrnl reads its whole file for each command, so each row begins with that. Deriving the key is left out. As in
`vault_speed.py`, rows that only read are counted in processor time, those that write by the clock.
"""

import gc
import sys
import time

import vault_texts
from jrnl import config as settings
from jrnl.encryption import BasePasswordEncryption, Jrnlv3Encryption
from jrnl.journals.Journal import open_journal
from jrnl.plugins.json_exporter import JSONExporter

WRITES = "add"


class Deriving:
    """How long jrnl's deriving of keys took, by the clock that is measured with."""

    clock = time.process_time
    seconds = 0.0


def derive_timed(derive):
    """jrnl's own, with the time it takes put aside."""

    def timed(self, salt):
        began = Deriving.clock()
        key = derive(self, salt)
        Deriving.seconds += Deriving.clock() - began
        return key

    return timed


def last(journal):
    journal.limit(20)
    return journal.pprint()


def add(journal):
    journal.new_entry(vault_texts.text_of(1))
    journal.write()


def search(journal):
    journal.filter(contains=[vault_texts.RARE])
    return journal.pprint()


DEEDS = {
    "last 20": last,
    "search": search,
    "list": lambda journal: journal.pprint(short=True),
    "export": JSONExporter.export_journal,
    WRITES: add,
}


def opened(about):
    """The journal, read."""
    return open_journal("default", settings.scope_config(about, "none"))


def make(about, entries):
    """The same words that trustkit's journals hold."""
    with open(about["journal"], "w", encoding="utf-8") as file:  # noqa: PTH123 - a script of a dozen lines
        for number in range(entries):
            when = vault_texts.moment_of(number, entries)
            file.write(f"[{when:%F %r}] {vault_texts.text_of(number)}\n\n")
    if about["encrypt"]:
        about["encrypt"] = False
        journal = opened(about)
        about["encrypt"] = journal.config["encrypt"] = True
        journal.encryption_method = None
        journal.write()


def once(row, about):
    """How long one row takes, once."""
    Deriving.clock = time.perf_counter if row == WRITES else time.process_time
    gc.collect()
    Deriving.seconds, began = 0.0, Deriving.clock()
    DEEDS[row](opened(about))
    return Deriving.clock() - began - Deriving.seconds


if __name__ == "__main__":
    what, kind, folder = sys.argv[1:4]
    BasePasswordEncryption.get_keyring_password = lambda _: vault_texts.PASSPHRASE
    Jrnlv3Encryption.Jrnlv3Encryption._make_key = derive_timed(Jrnlv3Encryption.Jrnlv3Encryption._make_key)
    configuration = settings.get_default_config() | {
        "encrypt": kind == "encrypted",
        "journal": f"{folder}/journal.txt",
    }
    if what == "make":
        make(configuration, int(sys.argv[4]))
    elif what == "serve":
        for asked in sys.stdin:
            print(once(asked.rstrip("\n"), configuration), flush=True)
    else:
        search(opened(configuration))
        print(vault_texts.most_memory())
