"""What things are: guides, exercises, entries, the breath. Pure: no disk, no clock, no screen."""
