"""Every sentence the vault says to a person, in one place so that they keep one voice.

Each is a pair: what happened, and what to do next. None holds text from an entry, a passphrase or a key.
"""

import errno
from typing import Final

Said = tuple[str, str]

LOCKED: Final[Said] = ("Your journal is locked.", "Unlock it with the passphrase first.")
NO_VAULT: Final[Said] = ("There is no journal in this folder yet.", "Make one with `trustkit vault init`.")
KEYLESS: Final[Said] = (
    "There are sealed entries here, but the key file `key.age` is missing.",
    "Bring `key.age` back from a backup or another device, or use `trustkit vault recover` with the recovery key; "
    "nothing was changed.",
)
ALREADY_SEALED: Final[Said] = (
    "There is already a sealed journal in this folder.",
    "Unlock it, or choose another folder; nothing was changed.",
)
ALREADY_OPEN: Final[Said] = (
    "There is already an open journal in this folder.",
    "Use it, or seal it with `trustkit vault seal`; nothing was changed.",
)
WRONG_PASSPHRASE: Final[Said] = ("That passphrase doesn't open it.", "Try again slowly; capitals count.")
WRONG_PASSPHRASE_KEY_CHANGED: Final[Said] = (
    "That passphrase doesn't open it, and the key file is not the one that opened here last time.",
    "If the passphrase was changed on another device, use that one; if not, the file may be damaged, "
    "and a backup of `key.age` or the recovery key can still open your notes.",
)
EMPTY_PASSPHRASE: Final[Said] = ("The passphrase is empty.", "Choose one; a few unrelated words work well.")
ODD_PASSPHRASE: Final[Said] = (
    "The passphrase holds half of a character, which cannot be written.",
    "Type it again, without the odd character.",
)
KEY_DAMAGED: Final[Said] = (
    "The key file is damaged.",
    "Your passphrase may be right; the recovery key, or a backup of `key.age`, can still open your notes.",
)
KEY_UNSUPPORTED: Final[Said] = (
    "The key file opens, but its key is of a kind that can't be used here.",
    "A post-quantum key needs the Python package `cryptography` 48 or later with ML-KEM; nothing was changed.",
)
KEY_PARTLY_UNSUPPORTED: Final[Said] = (
    "One of the keys in the key file is of a kind that can't be used here; the others work as before.",
    "A post-quantum key needs the Python package `cryptography` 48 or later with ML-KEM; entries that only this key "
    "opens stay closed until then.",
)
KEY_TOO_COSTLY: Final[Said] = (
    "The key file asks for far more work than trustkit ever sets, so it was not tried.",
    "It may be damaged or not yours; bring `key.age` back from a backup.",
)
NO_MEMORY: Final[Said] = (
    "There is not enough free memory to open the key, which takes about 256 MB.",
    "Close another program, then try again.",
)
NOT_LASTING: Final[Said] = (
    "This was written, and then the disk failed.",
    "After a power cut it may be gone again; keep your words elsewhere too, and check the disk.",
)
REMOVED_NOT_LASTING: Final[Said] = (
    "This was removed, and then the disk failed.",
    "After a power cut it may be back; check the disk, then look again.",
)
NEW_JOURNAL_UNSURE: Final[Said] = (
    "The key of the new journal was written, and then the disk failed.",
    "Try the passphrase you just chose. Check the disk before you write.",
)
NEW_PASSPHRASE_UNSURE: Final[Said] = (
    "The new passphrase was written, and then the disk failed.",
    "Try the new passphrase first, then the old one: one of the two opens your notes. Check the disk, then make a "
    "backup.",
)
RECOVERED_UNSURE: Final[Said] = (
    "The new passphrase was written, and then the disk failed.",
    "Try the new passphrase first; if it doesn't open, your recovery key does. Check the disk, then make a backup.",
)
PAPER_UNSURE: Final[Said] = (
    "The new recovery key was written, and then the disk failed.",
    "Keep the new paper and an older one, check the disk, then make another recovery key. The passphrase is what it "
    "was.",
)
PAPER_DROPPED_UNSURE: Final[Said] = (
    "The recovery key was taken away, and then the disk failed.",
    "After a power cut the paper may open your notes again; check the disk. The passphrase is what it was.",
)
KEY_UNSURE: Final[Said] = (
    "The key file was written, and then the disk failed.",
    "The passphrase and the recovery key are what they were. Check the disk, then try again.",
)
NOTHING_CHANGED: Final = "Nothing was changed; make room or check the disk, then try again."
"""What to do where a change of the key, or sealing, could not begin."""
KEY_AS_IT_WAS: Final = (
    "The passphrase and the recovery key are what they were. Make room or check the disk, then try again."
)
"""What to do where a key file could not be written."""
PAPERS_BOTH: Final = (
    "Keep the new paper and an older one: both may open your notes until you make another recovery key."
)
"""What to do where a new recovery key was half put in the place of another."""
PAPER_STILL_OPENS: Final = "The paper still opens your notes; make room or check the disk, then take it away again."
SEALED_UNSURE: Final[Said] = (
    "The journal has its passphrase now, and then the disk failed.",
    "Check the disk, then run `trustkit vault seal` again: it goes on where it stopped.",
)
SEALED_IN_PART: Final = (
    "The journal has its passphrase now, and some pages are not sealed yet; make room or check the disk, then run "
    "`trustkit vault seal` again."
)
"""What to do where sealing was broken off."""
NOT_ALL_ERASED: Final = (
    "It lies in the trash, and some of it may not be erased yet; check the disk, then erase it again."
)
"""What to do where an erasure was broken off."""
NOT_A_RECOVERY_KEY: Final[Said] = (
    "That is not a whole recovery key.",
    "It begins with AGE-SECRET-KEY-1 and has 74 characters; compare it with your paper, letter by letter.",
)
WRONG_RECOVERY: Final[Said] = (
    "That recovery key does not open this journal.",
    "Look for another paper; an older recovery key stops working when a new one is made.",
)
RECOVERY_NOT_THE_SAME: Final[Said] = (
    "That is not the recovery key that was just shown.",
    "Compare it with your copy and type it again; nothing was changed.",
)
NO_RECOVERY: Final[Said] = (
    "No recovery key was ever made for this journal.",
    "Only the passphrase, or an older backup, can open it.",
)
KEY_BUSY: Final[Said] = (
    "Another window is changing the key or sealing this journal right now.",
    "Wait until it is done, then try again; nothing was changed.",
)
KEY_CHECK_FAILED: Final[Said] = (
    "The new key file did not open again when it was checked.",
    "Nothing was changed and the old passphrase still works; try once more.",
)
KEY_NOT_OVERWRITTEN: Final[Said] = (
    "`key.age` opens with another passphrase than the copy beside it, so it was not overwritten.",
    "Unlock with the passphrase of `key.age`, or move that file elsewhere first.",
)
OPEN_HAS_NO_KEY: Final[Said] = (
    "This journal is kept without a passphrase.",
    "`trustkit vault seal` gives it one.",
)
HALF_CHARACTER: Final[Said] = (
    "The text holds half of a character, which cannot be written.",
    "Take out the odd character, or paste the text again; your words are still here.",
)
TOO_LONG: Final[Said] = (
    "This is longer than one entry can be, which is 8 MB.",
    "Split it into two; your words are still here.",
)
NOT_EXACT: Final[Said] = (
    "This could not be written so that it reads back exactly.",
    "Nothing was saved and your words are still here; copy them elsewhere and tell us.",
)
DUPLICATE: Final[Said] = (
    "Something is already saved under that id.",
    "Nothing was overwritten; save it as a new entry.",
)
NEWER_FORMAT: Final[Said] = (
    "This entry was written by a newer trustkit.",
    "It can be read as far as this version understands it; update trustkit to change it.",
)
NOT_FOUND: Final[Said] = ("There is no entry by that id.", "`trustkit journal list` shows the ids.")
VANISHED: Final[Said] = (
    "This entry is no longer on the disk.",
    "It was moved or removed by something else; look in a backup or on another device.",
)
NOTHING_TO_RESTORE: Final[Said] = (
    "This entry was erased for good, so it can't be brought back.",
    "A backup or another device may still have it.",
)
CHANGED_MEANWHILE: Final[Said] = (
    "This entry was changed in another window or on another device since you looked.",
    "Nothing was erased; look at it again, then decide.",
)
NOT_IN_TRASH: Final[Said] = ("This entry is not in the trash.", "There is nothing to bring back.")
SHORT_ID: Final[Said] = ("That id is too short.", "Give at least its first four characters.")
AMBIGUOUS_ID: Final[Said] = ("More than one entry's id begins like that.", "Add a character or two.")

DAMAGED: Final[Said] = (
    "One entry can't be read: its file is damaged.",
    "It was left untouched, and the others are fine.",
)
OTHER_KEY: Final[Said] = (
    "One file was not sealed with this journal's key.",
    "It was left untouched; if it came from another device, bring that device's `key.age` too.",
)
WRONG_SHAPE: Final[Said] = (
    "One file opens, but what stands in it is not an entry.",
    "It was left untouched, and the others are fine.",
)
MISPLACED: Final[Said] = (
    "One entry lies under a name or in a folder that is not its own.",
    "It was left untouched and is not shown; give it back its own name and month.",
)
TOO_BIG: Final[Said] = (
    "One file is larger than an entry can be, so it was not opened.",
    "It was left untouched, and the others are fine.",
)
NOT_A_FILE: Final[Said] = (
    "Something here is a link, a folder or a device where an entry should be.",
    "It was left alone and not followed; move it elsewhere.",
)
LINKED: Final[Said] = (
    "A link stands where one of the journal's own folders should be, so nothing is written through it.",
    "Put the folder itself in its place; what the link leads to can still be read.",
)
STRANGER: Final[Said] = ("One file here is not trustkit's.", "It was left alone; move it elsewhere if it is yours.")
UNREADABLE: Final[Said] = (
    "One file can't be read: the system refuses it.",
    "Check who may read it and whether the disk is well; the others are fine.",
)
SAME_COPY: Final[Said] = (
    "A sync or backup program left a copy of an entry, with the same words in it.",
    "You can remove the copy.",
)
FOLDER_COPY: Final[Said] = (
    "A sync or backup program made a second folder of a month; everything in it is in the journal.",
    "You can remove the second folder.",
)
FOLDER_COPY_LEFT: Final[Said] = (
    "This lies in a second folder of a month that a sync or backup program made, and could not be added to the first.",
    "It is not shown and in no backup; copy it into the month's own folder yourself.",
)
DIFFERENT_COPY: Final[Said] = (
    "A sync or backup program left a copy of an entry, and its words differ.",
    "Both are kept and shown as two versions; you choose.",
)
ONLY_COPY: Final[Said] = (
    "An entry's own file is missing or can't be read, but a copy of it is here.",
    "The copy is shown in its place; give it back the plain name.",
)
SEALED_IN_OPEN: Final[Said] = (
    "One file is sealed, but this journal is kept open.",
    "It was left untouched; it needs the `key.age` it was sealed with.",
)
NOT_SEALED_YET: Final[Said] = (
    "Some entries are not sealed yet; anyone who uses this account can read them.",
    "`trustkit vault seal` seals them.",
)
FILE_NOT_SEALED: Final[Said] = (
    "This file is whole, and not sealed yet: anyone who uses this account can read it.",
    "`trustkit vault seal` seals it.",
)
EDITORS_OWN: Final[Said] = (
    "An editor left this here of an entry, in clear: anyone who uses this account can read it.",
    "Close the editor, and remove the file if it is still there then.",
)
TIGHTENED: Final[Said] = (
    "Some files could be read by other accounts of this computer.",
    "That was mended; if a sync program did it, it may happen again.",
)
INDEX_UNWRITABLE: Final[Said] = (
    "The index can't be written.",
    "Nothing is lost; opening and searching are slower until there is room in the cache folder.",
)
DRAFT_DAMAGED: Final[Said] = ("One draft can't be read.", "It was left untouched; what you saved as entries is fine.")
NEWER_DRAFT: Final[Said] = ("One draft was written by a newer trustkit.", "Update trustkit to go on with it.")
COPY_SAME_KEYS: Final[Said] = (
    "A sync or backup program left a second key file, which holds nothing new.",
    "Changing the passphrase tidies it away.",
)
COPY_MORE_KEYS: Final[Said] = (
    "A second key file holds another key for this journal; both are used.",
    "Changing the passphrase brings the two together in `key.age`.",
)
COPY_OTHER_PASSPHRASE: Final[Said] = (
    "A second key file does not open with this passphrase.",
    "It was left untouched; entries from that device open once its passphrase is known.",
)
COPY_DAMAGED: Final[Said] = ("A second key file is damaged.", "It was left untouched; the first one is fine.")
COPY_NOT_TRIED: Final[Said] = (
    "This copy of the key file was not tried: there are too many, or it asks for too much work.",
    "If some notes don't open, move the copies you don't know to another folder, then unlock again. "
    "Nothing was changed.",
)
COPY_OPENED_INSTEAD: Final[Said] = (
    "`key.age` did not open with this passphrase, but a second key file did.",
    "Changing the passphrase brings the two together; until then, keep both files.",
)
KEY_SET_ASIDE: Final[Said] = (
    "Some entries do not open with what the recovery key holds, or can't be read, so the former key file was kept.",
    "With its own passphrase it opens what it always did; remove it if you know that you don't need it.",
)
OLD_KEY_STAYS: Final[Said] = (
    "A copy of the key file was kept: it may hold a key that opens entries which nothing else here opens.",
    "It still opens with its own passphrase; remove it if you know that you don't need it.",
)
RECOVERY_SET_ASIDE: Final[Said] = (
    "Some entries do not open with this key file, or can't be read, so the former recovery file was kept.",
    "It may hold a key to them: `trustkit vault recover` and your recovery key bring the two together.",
)
OLD_COPY_LEFT: Final[Said] = (
    "A copy of a key file could not be removed, and opens as it did before.",
    "Remove it yourself; what you asked for was done.",
)
KEY_UNREADABLE: Final[Said] = (
    "A key file is there and can't be read, so it was not overwritten.",
    "Check the disk and who may read `key.age` and `key.recovery.age`, or move the one that fails elsewhere first.",
)
KEY_NOT_TRIED: Final[Said] = (
    "`key.age` could not be tried, and only a copy of it opened, so it was not overwritten.",
    "Close another program and try again, or move that file elsewhere first; nothing was changed.",
)
KEY_CHANGED_MEANWHILE: Final[Said] = (
    "A sync program or another window changed the key file just now, so it was not overwritten.",
    "Nothing was lost; look that the journal opens, then try again.",
)
KEY_TOO_LARGE: Final[Said] = (
    "The key file would become larger than one that can be opened again, so it was not written.",
    "The key file that was to be taken in may not be yours; the one here is as it was.",
)
STAYS_IN_CLEAR: Final[Said] = (
    "This file still lies in clear: it can't be read as an entry, or something else is sealed under its name.",
    "Look what stands in it, then move it elsewhere or remove it.",
)
OLD_RECOVERY_STAYS: Final[Said] = (
    "A copy of an older recovery file was kept: it may hold a key that opens entries which nothing else here opens.",
    "The older paper still opens it; remove it if you know that you don't need them.",
)
KEY_MADE_OF_COPY: Final[Said] = (
    "`key.age` itself is missing; a copy of it was used.",
    "Changing the passphrase writes it anew.",
)

LEFT_OUT: Final[Said] = (
    "One file could not go into the backup: it can't be read, is far too large, or has a name that no backup takes.",
    "Everything else is in it; `trustkit vault verify` says more.",
)
KEY_LEFT_OUT: Final[Said] = (
    "This key file is damaged, so it stayed out of the backup.",
    "Another key file is in it and opens it; `trustkit vault verify` says more.",
)
KEY_NOT_BACKED_UP: Final[Said] = (
    "The key file is damaged or no regular file, so a backup would never open, and none was made.",
    "Bring `key.age` back from an earlier backup or another device, or use `trustkit vault recover` with the recovery "
    "key; then make a backup.",
)
CAME_IN_CLEAR: Final[Said] = (
    "This file in clear came while the backup was being made, so it stayed out.",
    "Make another backup.",
)
BACKUP_IS_A_FILE: Final[Said] = (
    "That is a folder, and a backup is one new file.",
    "Give the file a name, perhaps with today's date in it.",
)
BACKUP_INSIDE: Final[Said] = (
    "That place is inside the journal's own folder, where a backup would be lost together with the journal.",
    "Name a place outside it, best on another disk; nothing was written.",
)
NO_SUCH_FOLDER: Final[Said] = ("There is no such folder to put the backup in.", "Name a folder that is there.")
BACKUP_EXISTS: Final[Said] = (
    "There is something by that name already.",
    "Choose another name, perhaps with today's date in it; nothing was overwritten.",
)
BACKUP_CHECK_FAILED: Final[Said] = (
    "The backup did not read back as it was written, so it was not kept.",
    "The disk may be failing; try another one.",
)
BACKUP_NEEDS_PASSPHRASE: Final[Said] = (
    "Some of this journal lies in clear, and a backup is always sealed.",
    "Give a passphrase for it.",
)
NO_BACKUP_THERE: Final[Said] = ("The backup can't be read.", "See that the file is there and that you may read it.")
BAD_BACKUP: Final[Said] = (
    "This is not a whole backup made by trustkit, so nothing was taken from it.",
    "Try another copy of it; if there is none, `tar` and `age` may still get at what is left.",
)
RESTORE_OVER: Final[Said] = (
    "There is a journal in this folder already.",
    "Add the backup to it with `--merge`, or name another folder with `--into`; nothing was changed.",
)
BACKUP_WRONG_PASSPHRASE: Final[Said] = (
    "That passphrase doesn't open the backup.",
    "It opens with the one the journal had when the backup was made; nothing was changed.",
)


def cannot_write(error: OSError) -> Said:
    """Why the disk refused, as far as a person can do something about it."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return (
            "There is no room to save.",
            "Free some space, then save again; your words are still here.",
        )
    if error.errno in (errno.EROFS, errno.EACCES, errno.EPERM):
        return ("This folder can't be written to.", "You can go on reading; nothing was saved.")
    if error.errno == errno.EIO:
        return ("The disk failed while saving.", "Nothing counts as saved; keep your words, and check the disk.")
    return ("The file could not be written.", "Nothing was saved; your words are still here, so try again.")


def cannot_read(error: OSError) -> Said:
    """Why a folder could not be read."""
    if error.errno in (errno.EACCES, errno.EPERM):
        return ("The journal's folder may not be read by this account.", "Check whose it is and who may read it.")
    return ("The journal's folder can't be read.", "Check that the disk is there and well, then try again.")


def copies_not_tried(count: int) -> Said:
    """How many copies of a key file were left alone."""
    if count == 1:
        return COPY_NOT_TRIED
    return (
        f"{count} copies of the key file were not tried: there are too many, or they ask for too much work.",
        COPY_NOT_TRIED[1],
    )
