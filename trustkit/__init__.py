"""trustkit: a quiet companion for when trust has been hurt. This module holds the version and imports nothing."""

__version__ = "0.1.0"
