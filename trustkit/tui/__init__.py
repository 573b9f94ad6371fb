"""The screens. Everything they show comes from a `Companion`; they never open a file themselves."""
