"""What `trustkit.vault.age` promises its callers: it opens what it wrote, refuses the rest by name, tells nothing."""

import base64
import inspect
import re
import traceback
from collections.abc import Callable, Iterator

import pytest

from trustkit.vault import age

# The example pair of the specification: a secret of 32 bytes 0x42.
SECRET_TEXT = "AGE-SECRET-KEY-1GFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPQ4EGAEX"
PUBLIC_TEXT = "age1zvkyg2lqzraa2lnjvqej32nkuu0ues2s82hzrye869xeexvn73equnujwj"

ARMORED_BY_DEBIAN = b"""-----BEGIN AGE ENCRYPTED FILE-----
YWdlLWVuY3J5cHRpb24ub3JnL3YxCi0+IFgyNTUxOSB1WEdYNEFOV2NhTkdQUWRF
MFczekRKWUZUOVo3dnN5VzAvenlaNUowNVVNCk1WNVVpYTlYck5MSG1OMVFYeGFV
RlpvNzdZNWtOT2hxbmg5ZEJyeVltc0kKLT4gWDI1NTE5IGFUY3Z4VVltRnFpb0JO
V040UGlxUTBWSEIvTFhHYjZMNXlUMEEvNXdrSFEKQm5HVGxmSXRlZTFPSlhlcml0
WXUyQUdlYnJ0OEhpRWFlYXB0UUl6b2FKSQotLS0gYzMvaFd0bzN1Ny9CWHNxdkRT
SWdLWWZzU1hzc3c4NEE3WXNmZC9ISHR2UQpTAUSx7u3iMNIJWTHdm/R0/dX0Cw1W
uWwfKNXSnVL9Dn0s8eZRXsXzxpibXmGgW5K454wxK9DFurqIZV1/KqY=
-----END AGE ENCRYPTED FILE-----
"""
WRITTEN_BY_RAGE = base64.b64decode("""
YWdlLWVuY3J5cHRpb24ub3JnL3YxCi0+IFgyNTUxOSBIblF5SDFxVW1XN0tTKyt3ajZEY3R3N0ovZ0tuTE04RVN1K1B5WjZLZW1ZCi9QVjRuamwyTDhH
TGVXMFNJaXE1cHYybHFISkdwWE5lbFpVdHRSYWZOOXMKLT4gWWNhJ3ctZ3JlYXNlIENKent3JSA6WH18NQpKTTBxSGl1SFRWWXM2RW1MZEJhcmF0VUdK
OUJ1RUxLKzZuMGZkOFBoZFlFUlp6N0Q3K1kzaFJkYzNIS0dSOU5DCkxmcW56TDh6ODgzQS9iZXFFT1dnNXF1WnZnCi0tLSBzTmRvS0p3MzlCNHVTTk9O
OExPbnJLNStic0c3dDgzdEZDMU8rcDZQWjVrCoYmIRTeLQH4u/InVWGSa11vSQBGBIRRBocQ1bMXL9MAgjBAXtDoI/avS3sio4NHjg==
""")
WRITTEN_BY_TRUSTKIT = base64.b64decode("""
YWdlLWVuY3J5cHRpb24ub3JnL3YxCi0+IHNjcnlwdCB4czhvaVF6NkVDcVdjK05nZ25HMU5BIDEwCm8wUTFxcU1oaHdpZ0NaQmpRK1VtUTdTeGFlZFB0
VDFDSEc5TnY1QVNFUXMKLS0tIG4xb3hIMHBEak5BRFlQVUJKVWZ1bktYV1ZYODhOaExvWHVWWkVidXk4RjAKmDzmCTCZEYbRCzB+pIfTmNOHMo5SYeug
yBLhy8hIYGl0T03N0YsQnJi03TgEl7UbkTUghnaiGIjgLYhuzA==
""")


@pytest.fixture
def identity() -> age.Identity:
    return age.Identity.from_text(SECRET_TEXT)


def test_a_file_written_by_debians_age_opens_for_each_of_its_two_recipients(identity: age.Identity) -> None:
    for one in (identity, age.Identity(bytes(range(32)))):
        assert age.decrypt(age.dearmor(ARMORED_BY_DEBIAN), [one]).decode() == "written by age 1.1.1 – tēst\n"


def test_a_file_written_by_rage_with_a_stanza_of_grease_opens(identity: age.Identity) -> None:
    assert age.decrypt(WRITTEN_BY_RAGE, [identity]) == b"written by rage\n"


def test_a_file_written_by_the_first_trustkit_still_opens() -> None:
    assert age.decrypt_passphrase(WRITTEN_BY_TRUSTKIT, "tide and gravel") == b"sealed by the first trustkit\n"


@pytest.mark.parametrize("size", [0, 1, 65_535, 65_536, 65_537, 131_072, 131_073])
def test_what_was_sealed_opens_whatever_its_size(identity: age.Identity, size: int) -> None:
    data = bytes(number % 251 for number in range(size))
    sealed = age.encrypt(data, [identity.recipient])
    assert age.decrypt(sealed, [identity]) == data
    assert age.decrypt_passphrase(age.encrypt_passphrase(data, "p", 1), "p") == data


def test_any_one_of_several_recipients_opens_a_file_and_nobody_else(identity: age.Identity) -> None:
    others = [age.Identity.generate() for _ in range(3)]
    sealed = age.encrypt(b"x", [one.recipient for one in others])
    for one in others:
        assert age.decrypt(sealed, [one]) == b"x"
    assert age.decrypt(sealed, [identity, others[2]]) == b"x"
    for strangers in ([identity], []):
        with pytest.raises(age.NoMatch):
            age.decrypt(sealed, strangers)


def test_a_file_is_sealed_to_somebody() -> None:
    with pytest.raises(ValueError, match="recipient"):
        age.encrypt(b"x", [])


def test_no_random_part_is_ever_used_twice(identity: age.Identity) -> None:
    files = [age.encrypt(b"", [identity.recipient] * 2) for _ in range(2)]
    files += [age.encrypt_passphrase(b"", "p", 1) for _ in range(2)]
    parts = []
    for sealed in files:
        head, _, rest = sealed.partition(b"\n--- ")
        parts += [part for part in re.split(rb"[ \n]", head) if len(part) > 20 and b"/v1" not in part]
        parts += [rest[:43], rest[44:60], rest[60:]]
    assert len(parts) == len(set(parts)) == 4 + 4 + 2 + 2 + 4 * 3


def test_a_sealed_file_has_the_layout_of_the_specification(identity: age.Identity) -> None:
    word = rb"[A-Za-z0-9+/]{43}"
    layout = rb"age-encryption\.org/v1\n(?:-> X25519 %s\n%s\n){2}--- %s\n.{33}" % (word, word, word)
    assert re.fullmatch(layout, age.encrypt(b"x", [identity.recipient] * 2), re.DOTALL)
    layout = rb"age-encryption\.org/v1\n-> scrypt [A-Za-z0-9+/]{22} 7\n%s\n--- %s\n.{33}" % (word, word)
    assert re.fullmatch(layout, age.encrypt_passphrase(b"x", "p", 7), re.DOTALL)


def test_a_passphrase_costs_256_mib_unless_a_caller_says_otherwise() -> None:
    assert b" 18\n" in age.encrypt_passphrase(b"", "p")
    assert inspect.signature(age.decrypt_passphrase).parameters["max_log_n"].default == 20


def test_only_the_same_passphrase_opens_a_file() -> None:
    sealed = age.encrypt_passphrase(b"x", "caf\u00e9", 1)
    assert age.decrypt_passphrase(sealed, "caf\u00e9") == b"x"
    for other in ("cafe\u0301", "café ", "Café", ""):
        with pytest.raises(age.WrongPassphrase):
            age.decrypt_passphrase(sealed, other)


def test_work_above_the_limit_is_refused_before_any_of_it_is_done(monkeypatch: pytest.MonkeyPatch) -> None:
    sealed = age.encrypt_passphrase(b"x", "p", 5)
    assert age.decrypt_passphrase(sealed, "p", max_log_n=5) == b"x"
    monkeypatch.setattr(age, "Scrypt", lambda **_: pytest.fail("work was done"))
    with pytest.raises(age.TooMuchWork):
        age.decrypt_passphrase(sealed, "p", max_log_n=4)


def test_too_little_memory_has_a_name_of_its_own() -> None:
    petabyte = age.encrypt_passphrase(b"x", "p", 4).replace(b" 4\n", b" 40\n")
    with pytest.raises(age.NotEnoughMemory):
        age.decrypt_passphrase(petabyte, "p", max_log_n=40)


@pytest.mark.parametrize("log_n", [-1, 0, 21])
def test_nothing_is_written_that_could_not_be_read_again(log_n: int) -> None:
    with pytest.raises(ValueError, match="log_n"):
        age.encrypt_passphrase(b"x", "p", log_n)


def test_the_most_that_may_be_read_may_be_written_too(monkeypatch: pytest.MonkeyPatch) -> None:
    assert age.MAX_LOG_N == 20
    monkeypatch.setattr(age, "MAX_LOG_N", 5)
    assert b" 5\n" in age.encrypt_passphrase(b"x", "p", 5)


def everything_told(error: BaseException | None) -> Iterator[str]:
    while error is not None:
        yield f"{error} {error!r} {error.args} {vars(error)} {getattr(error, 'object', '')}"
        yield "".join(traceback.format_exception(error))
        error = error.__context__


@pytest.mark.parametrize("surrogate", [0xD800, 0xDC80, 0xDFFF], ids=hex)
def test_a_lone_surrogate_in_a_passphrase_is_refused_and_never_quoted(surrogate: int) -> None:
    secret = f"gravel{chr(surrogate)}tide"
    with pytest.raises(ValueError, match="surrogate") as written:
        age.encrypt_passphrase(b"x", secret, 1)
    with pytest.raises(age.WrongPassphrase) as read:
        age.decrypt_passphrase(WRITTEN_BY_TRUSTKIT, secret)
    for caught in (written, read):
        assert all("gravel" not in told for told in everything_told(caught.value))


@pytest.mark.parametrize("damage", ["cut", "changed", "doubled", "dropped"])
def test_no_file_opens_once_a_single_byte_of_it_is_different(identity: age.Identity, damage: str) -> None:
    files: list[tuple[bytes, Callable[[bytes], bytes]]] = [
        (age.encrypt(b"two words", [identity.recipient]), lambda data: age.decrypt(data, [identity])),
        (age.encrypt_passphrase(b"two words", "p", 1), lambda data: age.decrypt_passphrase(data, "p", 8)),
    ]
    for sealed, opened in files:
        for at in range(len(sealed)):
            before, byte, after = sealed[:at], sealed[at : at + 1], sealed[at + 1 :]
            changed = {
                "cut": [before],
                "changed": [before + bytes([byte[0] ^ 1 << bit]) + after for bit in range(8)],
                "doubled": [before + byte + byte + after],
                "dropped": [before + after],
            }[damage]
            for data in changed:
                with pytest.raises(age.AgeError):
                    opened(data)


@pytest.mark.parametrize("more", [b"\0", b"\n", b"age-encryption.org/v1\n", bytes(70_000)], ids=len)
def test_nothing_may_follow_the_end_of_a_file(identity: age.Identity, more: bytes) -> None:
    with pytest.raises(age.PayloadDamaged):
        age.decrypt(age.encrypt(b"x", [identity.recipient]) + more, [identity])


def test_the_example_pair_of_the_specification_is_ours_too(identity: age.Identity) -> None:
    assert identity == age.Identity(b"\x42" * 32)
    assert identity.to_text() == SECRET_TEXT
    assert identity.recipient.to_text() == PUBLIC_TEXT
    assert age.Recipient.from_text(PUBLIC_TEXT) == identity.recipient


def test_identities_are_equal_when_their_secrets_are() -> None:
    one, other = age.Identity.generate(), age.Identity.generate()
    again = age.Identity.from_text(one.to_text())
    assert one != other
    assert one.recipient != other.recipient
    assert {one, again, other} == {one, other}
    assert {one.recipient, again.recipient} == {one.recipient}


def test_keys_show_nothing_of_themselves_where_locals_are_printed(identity: age.Identity) -> None:
    for shown in (repr(identity), str(identity), repr(identity.recipient), str(identity.recipient)):
        assert "1GFPYY" not in shown
        assert "age1" not in shown
        assert "BBBB" not in shown  # the secret's bytes


def checksum(prefix: str, digits: list[int], seal: int = 1) -> list[int]:
    """BIP 173's reference checksum, written out anew."""
    values = [ord(c) >> 5 for c in prefix] + [0] + [ord(c) & 31 for c in prefix] + digits + [0] * 6
    state = 1
    for value in values:
        top, state = state >> 25, (state & 0x1FFFFFF) << 5 ^ value
        for bit, term in enumerate([0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3]):
            state ^= term if top >> bit & 1 else 0
    return [(state ^ seal) >> 5 * place & 31 for place in range(5, -1, -1)]


ALPHABET = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"


def spelt(prefix: str, digits: list[int], seal: int = 1) -> str:
    return f"{prefix}1" + "".join(ALPHABET[digit] for digit in digits + checksum(prefix, digits, seal))


def test_a_key_with_any_one_character_changed_is_refused() -> None:
    for at, letter in enumerate(PUBLIC_TEXT):
        for other in {*ALPHABET, *"1bioA –", letter.upper()} - {letter}:
            why = "begins" if at < 4 else "checksum" if other in ALPHABET else "character"
            with pytest.raises(age.BadKey, match=why):
                age.Recipient.from_text(PUBLIC_TEXT[:at] + other + PUBLIC_TEXT[at + 1 :])


DIGITS = [ALPHABET.index(letter) for letter in PUBLIC_TEXT[4:-6]]
BAD_RECIPIENTS = {
    "nothing": "",
    "prefix alone": "age1",
    "upper case": PUBLIC_TEXT.upper(),
    "upper prefix": "AGE1" + PUBLIC_TEXT[4:],
    "space before": " " + PUBLIC_TEXT,
    "line feed after": PUBLIC_TEXT + "\n",
    "one letter short": PUBLIC_TEXT[:-1],
    "31 bytes": spelt("age", [*DIGITS[:49], 0]),
    "33 bytes": spelt("age", [*DIGITS, 0]),
    "another prefix": spelt("agf", DIGITS),
    "a plugin's prefix": spelt("age1yubikey", DIGITS),
    "the checksum of BIP 350": spelt("age", DIGITS, seal=0x2BC830A3),
    "a left-over bit": spelt("age", [*DIGITS[:-1], DIGITS[-1] | 1]),
    "an identity": SECRET_TEXT,
}
BAD_IDENTITIES = {
    "nothing": "",
    "lower case": SECRET_TEXT.lower(),
    "lower prefix": SECRET_TEXT[:16].lower() + SECRET_TEXT[16:],
    "lower letters": SECRET_TEXT[:16] + SECRET_TEXT[16:].lower(),
    "one lower letter": SECRET_TEXT[:-1] + SECRET_TEXT[-1].lower(),
    "a Kelvin sign": SECRET_TEXT.replace("K", "\u212a"),
    "a full-width letter": SECRET_TEXT[:-1] + "\uff38",
    "line feed after": SECRET_TEXT + "\n",
    "one letter more": SECRET_TEXT + "Q",
    "one letter changed": SECRET_TEXT.replace("ZGFPQ", "ZGFPP"),
    "a post-quantum prefix": spelt("age-secret-key-pq-", DIGITS).upper(),
    "a recipient": PUBLIC_TEXT,
}


@pytest.mark.parametrize("text", BAD_RECIPIENTS.values(), ids=BAD_RECIPIENTS)
def test_a_misspelt_recipient_is_refused(text: str) -> None:
    with pytest.raises(age.BadKey):
        age.Recipient.from_text(text)


@pytest.mark.parametrize("text", BAD_IDENTITIES.values(), ids=BAD_IDENTITIES)
def test_a_misspelt_identity_is_refused_and_never_quoted(text: str) -> None:
    with pytest.raises(age.BadKey) as caught:
        age.Identity.from_text(text)
    assert all(SECRET_TEXT[20:50].lower() not in str(told).lower() for told in (caught.value, caught.value.args))


def test_the_checks_of_spelling_above_begin_from_a_right_one() -> None:
    assert spelt("age", DIGITS) == PUBLIC_TEXT
    assert DIGITS[-1] & 15 == 0


def test_nothing_is_sealed_to_a_point_with_which_anyone_could_open_it(identity: age.Identity) -> None:
    for point in (bytes(32), b"\1" + bytes(31), (2**255 - 20).to_bytes(32, "little")):
        recipient = age.Recipient.from_text(age.Recipient(point).to_text())
        with pytest.raises(age.BadKey):
            age.encrypt(b"x", [identity.recipient, recipient])


BEGIN, END = b"-----BEGIN AGE ENCRYPTED FILE-----", b"-----END AGE ENCRYPTED FILE-----"
BODY = base64.b64encode(bytes(range(48)) * 2 + b"end!").decode().encode()
LINES = [BEGIN, BODY[:64], BODY[64:128], BODY[128:], END]


def armor(*lines: bytes, feed: bytes = b"\n") -> bytes:
    return feed.join(lines) + feed


ARMORS = {
    "line feeds": armor(*LINES),
    "CR and line feeds": armor(*LINES, feed=b"\r\n"),
    "no feed at the end": armor(*LINES)[:-1],
    "white space around": b"\n \t\r\n" + armor(*LINES) + b"\r\n \t\n",
}
BAD_ARMORS = {
    "no end": (armor(*LINES[:-1]), age.ArmorDamaged),
    "the first line alone": (armor(BEGIN), age.ArmorDamaged),
    "another end": (armor(*LINES[:-1], b"-----END AGE FILE-----"), age.ArmorDamaged),
    "words after": (armor(*LINES, b"yours"), age.ArmorDamaged),
    "a second block": (armor(*LINES, *LINES), age.ArmorDamaged),
    "a headline of PEM": (armor(BEGIN, b"Comment: x", b"", *LINES[1:]), age.ArmorDamaged),
    "a blank line first": (armor(BEGIN, b"", *LINES[1:]), age.ArmorDamaged),
    "a blank line last": (armor(*LINES[:-1], b"", END), age.ArmorDamaged),
    "a blank line after a full one": (armor(*LINES[:3], b"", END), age.ArmorDamaged),
    "a long last line": (armor(*LINES[:2], LINES[2] + LINES[3], END), age.ArmorDamaged),
    "a short line": (armor(BEGIN, BODY[:60], BODY[60:124], BODY[124:], END), age.ArmorDamaged),
    "a long line": (armor(BEGIN, BODY[:68], BODY[68:], END), age.ArmorDamaged),
    "a space at a line's end": (armor(BEGIN, LINES[1] + b" ", *LINES[2:]), age.ArmorDamaged),
    "a space at a line's start": (armor(*LINES[:3], b" " + LINES[3], END), age.ArmorDamaged),
    "no padding": (armor(*LINES[:3], LINES[3].rstrip(b"="), END), age.ArmorDamaged),
    "padding twice": (armor(*LINES[:3], LINES[3] + b"==", END), age.ArmorDamaged),
    "a left-over bit": (armor(*LINES[:3], LINES[3][:-3] + b"R==", END), age.ArmorDamaged),
    "five characters": (armor(*LINES[:3], b"AAAAA", END), age.ArmorDamaged),
    "the URL alphabet": (armor(*LINES[:3], b"AA-_", END), age.ArmorDamaged),
    "no armor": (WRITTEN_BY_RAGE, age.NotAge),
    "nothing": (b"", age.NotAge),
    "words before": (armor(b"Dear", *LINES), age.NotAge),
    "lower case": (armor(BEGIN.lower(), *LINES[1:]), age.NotAge),
    "another kind": (armor(b"-----BEGIN PGP MESSAGE-----", *LINES[1:]), age.NotAge),
}


@pytest.mark.parametrize("data", ARMORS.values(), ids=ARMORS)
def test_armor_within_the_rules_comes_off(data: bytes) -> None:
    assert age.dearmor(data) == bytes(range(48)) * 2 + b"end!"


def test_armor_around_whole_lines_or_nothing_comes_off() -> None:
    assert age.dearmor(armor(*LINES[:3], END)) == bytes(range(48)) * 2
    assert age.dearmor(armor(BEGIN, END)) == b""


@pytest.mark.parametrize(("data", "outcome"), BAD_ARMORS.values(), ids=BAD_ARMORS)
def test_armor_that_breaks_one_rule_is_refused_by_name(data: bytes, outcome: type[age.AgeError]) -> None:
    with pytest.raises(age.AgeError) as caught:
        age.dearmor(data)
    assert caught.type is outcome
