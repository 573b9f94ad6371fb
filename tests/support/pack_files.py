"""The files of the small sound folder that tests of the validator change, by name."""

GUIDE = "en/guides/when-a-promise-broke.toml"
BREATH = "en/exercises/breath-long-out.toml"
BUILDER = "en/exercises/i-statement.toml"
SIGNS = "en/signs/after-a-promise.toml"
GATES = "en/gates.toml"
LINES = "helplines/xx.toml"
PRACTICE = "en/practice.toml"
