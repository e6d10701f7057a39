"""Word lists about personal names, folded to small letters."""

from __future__ import annotations


def words(text: str) -> frozenset[str]:
    """The words of `text`."""
    return frozenset(text.split())


# Forms of address and academic titles (German and English): not part of a name in a chat.
TITLES = words(
    "herr herrn frau fräulein mr mrs ms miss mx sir dr dres prof professor doktor doctor priv.-doz priv doz med dent"
    " vet rer nat phil jur habil dipl dipl.-ing phd ph.d"
)
# These are names as well ("Ma Li"): titles only with a point.
POINTED_TITLES = words("mag. ing. pd. h.c. mult. b.sc. m.sc. m.d. b.a. m.a.")
# Words that belong to the family name that follows them (von Berg, van der Meer, El Sayed, dos Santos).
PARTICLES = words(
    "von vom van vander zu zum zur de del della dello di da do dos das du des der den dem ter ten op 't la le les lo"
    " el al bin bint ibn ben ould af av st st. sankt saint san santa mac mc o o' y"
)
# Those that begin a family name even where no given name stands before them ("Ben", "Al" are given names).
LEADING = words("von vom van vander zu zum zur de del della di da dos des der den ter ten")
SUFFIXES = words("jr sr jun sen junior senior ii iii iv")
ROMAN = words("ii iii iv")
