"""Which test tries which fault: every line of the list that the vault was designed against, and where it is tried."""

import re
from pathlib import Path

import pytest

TESTS = Path(__file__).parents[1]

FAULTS = {
    "killed in add": "faults/test_kills.py::whatever_was_acknowledged",
    "killed at each call of add": "faults/test_each_call.py::killed_at_each_system_call_of_a_save",
    "killed in a change of passphrase": "faults/test_kills.py::at_every_instant",
    "killed at each call of a change": "faults/test_each_call.py::killed_at_each_system_call_of_a_change",
    "killed while the index is written": "faults/test_kills.py::killed_while_the_index",
    "killed while sealing": "faults/test_kills.py::killed_while_sealing",
    "no room in add": "faults/test_full_disk.py::on_a_full_disk_saving",
    "no room in a change of passphrase": "faults/test_full_disk.py::on_a_full_disk_the_old",
    "a call fails in add": "faults/test_full_disk.py::when_the_disk_fails",
    "a call fails in a change": "faults/test_full_disk.py::whatever_call_fails_in_a_change",
    "a sync fails after the keys changed": "faults/test_told_as_it_was.py::whichever_call_fails_while_the_keys_change",
    "closing fails after all was done": "faults/test_told_as_it_was.py::what_fails_to_close",
    "an erasure broken off": "faults/test_told_as_it_was.py::an_erasure_that_was_broken_off",
    "many threads at the start": "companion/test_threads.py::unlocking_right_after_the_start",
    "a clock that is wrong once": "vault/test_trash.py::no_wrong_clock_erases_early",
    "a call fails while sealing": "faults/test_full_disk.py::whatever_call_fails_halfway_through_sealing",
    "the kernel itself refuses": "faults/test_each_call.py::what_the_kernel_itself_refuses",
    "a read-only disk": "faults/test_full_disk.py::from_a_disk_that_may_only_be_read",
    "four writers": "faults/test_many_at_once.py::four_processes",
    "two changes of passphrase": "faults/test_many_at_once.py::of_two_changes",
    "the clock goes back": "vault/test_store.py::an_edit_with_the_clock_set_back",
    "the clock goes back between choices": "vault/test_store.py::the_latest_choice_counts_whatever_the_clock",
    "an id twice": "vault/test_store.py::an_id_that_is_taken",
    "a wrong passphrase": "vault/test_keyring.py::a_wrong_passphrase",
    "an empty passphrase": "vault/test_keyring.py::an_empty_or_broken_passphrase",
    "an NFD passphrase": "vault/test_keyring.py::the_same_letters_from_another_keyboard",
    "work factor 30": "vault/test_keyring.py::a_key_that_asks_for_endless_work",
    "a damaged key": "vault/test_keyring.py::a_damaged_key_file",
    "a key that is missing": "vault/test_keyring.py::entries_without_their_key",
    "a vault over a vault": "vault/test_keyring.py::a_vault_is_never_started_over_another",
    "a bit flipped": "vault/test_damage.py::a_flipped_bit",
    "truncated, empty, appended": "vault/test_damage.py::a_spoilt_file",
    "one copied over another": "vault/test_damage.py::one_entry_copied_over_another",
    "a foreign recipient": "vault/test_damage.py::an_entry_sealed_for_somebody_else",
    "a passphrase file as an entry": "vault/test_damage.py::a_passphrase_file_among_the_entries",
    "link, pipe, folder": "vault/test_damage.py::links_pipes_and_folders",
    "a month that is a link": "vault/test_damage.py::a_month_that_is_a_link",
    "what git and sync tools keep": "vault/test_damage.py::what_sync_tools_and_desktops_keep",
    "conflict copies, alike": "vault/test_copies.py::a_copy_with_the_same_words",
    "conflict copies, unlike": "vault/test_copies.py::a_copy_with_other_words",
    "conflict copies, alone": "vault/test_copies.py::a_copy_stands_in",
    "an entry that vanished": "vault/test_damage.py::an_entry_that_vanished",
    "edit against edit": "vault/test_merge.py::edit_against_edit",
    "edit against delete": "vault/test_merge.py::edit_against_delete",
    "erase against edit": "vault/test_merge.py::erase_against_edit",
    "the same with git": "vault/test_git.py::whatever_two_clones_did",
    "an index rolled back": "vault/test_index.py::an_index_of_yesterday",
    "a whole vault rolled back": "faults/test_wrong_shapes.py::a_whole_journal_put_back",
    "20 MB": "vault/test_damage.py::a_huge_file",
    "endless recipients": "vault/test_outsiders.py::a_header_with_endless_recipients",
    "entries that are a link": "vault/test_outsiders.py::where_entries_are_a_link",
    "names that no one would choose": "vault/test_outsiders.py::a_file_may_have_any_name",
    "a backup while another window writes": "vault/test_outsiders.py::a_backup_made_while",
    "erased, with copies lying about": "vault/test_erasing.py::copies_that_other_programs_made",
    "erased, with another window open": "vault/test_erasing.py::another_windows_index",
    "a recovery key made anew, broken off": "faults/test_recovery_broken_off.py::a_new_recovery_key_broken_off",
    "a recovery key dropped, broken off": "faults/test_recovery_broken_off.py::dropping_it_broken_off",
    "recovering, broken off": "faults/test_recovery_broken_off.py::a_forgotten_passphrase_replaced",
    "recovered, with copies of the key": "vault/test_recovery_keys.py::after_recovering_no_copy",
    "sealed, with a window that writes in clear": "vault/test_sealing.py::what_a_window_that_was_open",
    "verify after each fault": "cli/test_verify.py::each_fault_is_named",
    "the same key file changed on two machines": "vault/test_git.py::a_passphrase_changed_on_both",
    "hidden while it opens": "tui/test_recovery.py::whoever_hides",
    "TOML of the wrong shape": "faults/test_wrong_shapes.py::what_opens_and_is_no_entry",
    "power lost in add": "faults/test_power_cut.py::a_page_that_was_kept",
    "power lost after a kill": "faults/test_power_cut.py::what_the_next_run_keeps",
    "power lost in an edit": "faults/test_power_cut.py::an_edit_and_its_draft",
    "power lost in an erasure": "faults/test_power_cut.py::a_deletion",
    "power lost in a change of passphrase": "faults/test_power_cut.py::a_change_of_passphrase",
    "power lost with a new recovery key": "faults/test_power_cut.py::a_new_recovery_key",
    "power lost in recovering": "faults/test_power_cut.py::a_forgotten_passphrase",
    "power lost while sealing": "faults/test_power_cut.py::sealing_an_open_journal",
    "power lost in a backup and its restore": "faults/test_power_cut.py::a_backup_is_whole",
    "power lost in a merge": "faults/test_power_cut.py::a_backup_brought_into",
    "power lost in settings and exports": "faults/test_power_cut.py::settings_and_files",
    "no links on this disk": "faults/test_full_disk.py::where_linking_is_not_possible",
    "no modes on this disk": "faults/test_full_disk.py::a_disk_that_keeps_no_modes",
}


@pytest.mark.parametrize("place", FAULTS.values(), ids=FAULTS.keys())
def test_every_fault_is_tried_by_a_test_that_is_there(place: str) -> None:
    file, _, name = place.partition("::")
    assert (
        len(re.findall(rf"^(?:async )?def test_{name}", (TESTS / file).read_text(encoding="utf-8"), re.MULTILINE)) == 1
    )
