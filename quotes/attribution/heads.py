"""Which names of a noun phrase are its heads, and not mere modifiers of something else."""

from __future__ import annotations

import itertools

from quotes.attribution.lexicon import Lexicon, small_words
from quotes.attribution.patterns import Name
from quotes.attribution.phrases import ADVERBS, DETERMINERS, JOINERS, Item, singular_noun


class Heads:
    """The part of reading a source phrase that tells heads from modifiers."""

    known: Lexicon

    def _listed(self, core: list[Item], tail: list[Item], segments: list[list[Item]]) -> list[Name]:
        """The names that a group is said to include: "critics of the plan, such as Ana Lima and Rui Costa"."""
        if not core or not self._is_group(core[-1]):
            return []
        items = [item for segment in (tail, *segments[1:]) for item in segment]
        at = next((i for i, item in enumerate(items[:8]) if item.name is None and item.folded in _INCLUDING), None)
        if at is None:
            return []
        names: list[Name] = []
        for item in items[at + 1 :]:
            if item.folded in _ENDS_OF_LISTS:
                break
            if item.name is not None and item.name.kind != "adjective" and not item.possessive:
                names.append(item.name)
        persons = [name for name in names if name.kind == "person"]
        return persons or [name for name in names if name.kind not in ("unknown", "place")]

    def _is_group(self, item: Item) -> bool:
        """A plural noun for people; one that opens a sentence may pass for a name."""
        if item.name is not None and (item.name.kind != "unknown" or item.name.sure):
            return False
        folded = item.folded
        return self.known.is_plural_role(folded) or (folded.endswith("s") and self._is_noun(folded))

    def _heads(self, core: list[Item]) -> list[Name]:
        """The names in a noun phrase that are not mere modifiers of something else."""
        heads: list[Name] = []
        for i, item in enumerate(core):
            name = item.name
            following = core[i + 1] if i + 1 < len(core) else None
            if name is None or name.kind == "adjective" or (item.possessive and following is not None):
                continue
            if following is not None and self._apposed_body(core, i):
                heads.append(name)
                continue
            if following is not None and self._modifies(core, i):
                continue
            if (
                i
                and core[i - 1].name is None
                and core[i - 1].folded in self.known.group_roles - DETERMINERS
                and name.kind != "person"
            ):
                continue  # "several people Republicans have talked to"
            if (
                following is None
                or following.folded in JOINERS
                or following.folded
                in ("or", "both", "all", "himself", "herself", "also", "too", "alone", "here", "then", "later", "again")
            ):
                heads.append(name)
            elif following.name is not None:
                if name.kind == "person" and following.name.kind in ("organisation", "place", "country"):
                    heads.append(name)
            else:
                heads.append(name)
        return heads

    def _apposed_body(self, core: list[Item], i: int) -> bool:
        """ "the Vesta newspaper chain", "the Vesta news agency": the noun only says what the named body is."""
        name = core[i].name
        if name is None or name.kind not in ("organisation", "unknown"):
            return False
        rest = list(itertools.takewhile(lambda item: item.folded not in JOINERS, core[i + 1 :]))
        if not 0 < len(rest) <= 3 or any(item.name is not None or not item.text[0].islower() for item in rest):
            return False
        nouns = _BODY_NOUNS if name.kind == "organisation" else _MEDIA_NOUNS
        return rest[-1].folded in nouns and not any(item.possessive for item in rest)

    def _modifies(self, core: list[Item], i: int) -> bool:
        """Whether the name at ``i`` (or the names joined to it) stands before a noun: "US and NATO officials"."""
        j = i + 1
        while j < len(core) and (core[j].folded in JOINERS or core[j].name is not None):
            if core[j].name is not None and core[j].name is not core[i].name and core[j - 1].folded not in JOINERS:
                return False
            if core[i].name.kind == "person" and core[j].name is not None and core[j].name.kind != "person":  # type: ignore[union-attr]
                return False  # "Lima and Vesta executives": her, and the executives
            j += 1
        between = core[i + 1 : -1]
        last = core[-1].name
        plain = all(b.name is None and b.folded not in (*JOINERS, "or", "of") for b in between)
        if between and plain and last is not None and last.kind == "person":
            return True  # "Lima supporter Rui Costa", "Senate Majority Leader Rui Costa"
        rest = [i for i in core[j:] if i.name is None and (i.text[0].islower() or i.folded in _NATIONAL_BODIES)]
        if rest and core[j - 1].folded in JOINERS:
            return False  # "Ana Lima and others"
        if not rest or core[j].folded in DETERMINERS:
            return False
        return any(self._is_noun(item.folded) for item in rest[:4])

    def _is_noun(self, word: str) -> bool:
        known = self.known
        single = singular_noun(word)
        if word in ADVERBS:
            return False
        return (
            single in known.roles
            or single in known.organisation_nouns
            or word in known.documents
            or word in known.group_roles
            or (len(word) > 3 and word.endswith(("s", "er", "or", "ist", "ion", "ment", "ship")))
        )


_INCLUDING = frozenset(("such", "including", "like")) | small_words("opens_examples")
_ENDS_OF_LISTS = frozenset(("who", "which", "that"))
_BODY_NOUNS = small_words("nouns_after_names")
_NATIONAL_BODIES = small_words("national_bodies")
_MEDIA_NOUNS = small_words("nouns_after_names_of_media")
