"""The command line: one file a family of verbs.

Every verb is linear text. Textual is imported by the one that opens the app, and by no other.
"""
