"""Whose: the entity of each quantity, and whom the next sentence goes on about.

A name in the clause comes first, then one in the sentence, then whom the sentences before were
about, the heading, and what the whole article is about. Where the article is about one name, a
sentence moves on to another only by its grammatical subject, and no further than its paragraph:
a place or a source that is mentioned on the way owns nothing beyond its clause.
"""

from __future__ import annotations

from collections.abc import Sequence

from ingest.figures import about, clauses, lexicon, measuring
from ingest.figures.clauses import Phrase
from ingest.figures.governing import Governed
from ingest.figures.quantities import Quantity
from ingest.figures.slots import Slots
from ingest.figures.statements import Statement
from ingest.figures.topics import Context, Topic, settle


class Whose:
    """The rules, over one statement; told: the slots of the quantities before."""

    def __init__(
        self,
        statement: Statement,
        tags: str,
        context: Context,
        told: Sequence[Slots],
        subject: Phrase | None,
    ) -> None:
        self.st, self.tags, self.context, self.told = statement, tags, context, told
        self.subject = subject
        self.says = self._is_saying()
        self.names = [
            (at, name) for at, name in clauses.find_names(statement, tags)
            if not self._is_of_source(at)
        ]  # fmt: skip

    def tell(self, made: Slots, governed: Governed, index: int, q: Quantity) -> None:
        """Set the entity of a quantity."""
        phrase = governed.phrase
        named = governed.owner or (phrase.entity if phrase is not None else None)
        named = None if named in _NO_NAMES else named
        if named and not self._only_says(named):
            made.entity = named
            span = measuring.place(self.st, phrase) if phrase is not None else (q.start, q.end)
            made.found("entity", "clause", *span)
            return
        near = self._near_name(index, q)
        if near is not None:
            made.entity = near
            made.found("entity", "sentence", self.st.span.start, self.st.span.end)
            return
        self._inherit(made)

    def _is_saying(self) -> bool:
        """Whether the sentence's first verb only tells who says it: "Analysts at X expect"."""
        at = next((k for k in range(1, len(self.tags)) if self.tags[k] == "V"), None)
        verb = lexicon.verbs().get(self.st.low(at)) if at is not None else None
        return verb is not None and verb.lemma in lexicon.words("cues", "saying")

    def _only_says(self, name: str) -> bool:
        """Whether a name is that of who says something, in an article about somebody else."""
        hero = self.context.subject
        said = self.says and self.subject is not None and self.subject.entity == name
        return said and hero is not None and not about.are_one(name, hero)

    def _is_of_source(self, at: int) -> bool:
        """ "an analyst at Fenwright", "said X, a professor in Colombo"."""
        head = self.st.low(at - 1)
        if clauses.is_source(head):
            return True
        told = next((k for k in range(max(0, at - 12), at) if self.st.low(k) == "according"), None)
        if told is not None and "," not in self.tags[told:at]:
            return True
        quoted = self.st.raw(0) in ("“", '"', "'", "‘")
        said = (
            k for k in range(max(0, at - 14), at)
            if self.tags[k] == "V" and self.st.raw(k - 1) in ("”", '"', "’", "'", ",")
        )  # fmt: skip
        verbs = (lexicon.verbs().get(self.st.low(k)) for k in said)
        return quoted and any(v is not None and v.lemma in _QUOTING for v in verbs)

    def _near_name(self, index: int, q: Quantity) -> str | None:
        """A name after "in" close to the quantity, the subject, or an earlier one's."""
        listed = self.st.quantities
        following = listed[index + 1].first if index + 1 < len(listed) else 10**9
        for at, name in self.names:
            if q.after <= at < following and not self._parts(q.after, at):
                return name
        listed_name = self._listed_name(q)
        if listed_name is not None:
            return listed_name
        if self.subject is not None and self.subject.entity:
            if not self._only_says(self.subject.entity):
                return self.subject.entity
        earlier = [name for at, name in self.names if at < q.first]
        if earlier:
            return earlier[-1]
        return next((s.entity for s in reversed(self.told) if s.entity), None)

    def _listed_name(self, q: Quantity) -> str | None:
        """The France of "Germany with 742,000 (up 6.9%), France with 588,000 (up 12%)"."""
        k = q.lead - 1
        if self.st.low(k) in ("up", "down"):
            k -= 1
        bracket = self.st.raw(k) == "("
        if bracket:
            inside = next((p for p in self.st.quantities if p.after == k), None)
            k = inside.lead if inside is not None else k
        if not (bracket or self.st.low(k) == "with") and self.st.low(k - 1) != "with":
            return None
        k -= self.st.low(k - 1) == "with"
        end = k
        while k > 0 and self.tags[k - 1] == "N" and self.st.raw(k - 1)[:1].isupper():
            k -= 1
        return clauses.named(self.st, k, end) if k < end and k > 0 else None

    def _parts(self, first: int, after: int) -> bool:
        """Whether another clause begins between two tokens."""
        parts = (";", *_CLAUSES) if self.context.subject else (";",)
        return any(self.st.low(k) in parts or self.st.raw(k) == ";" for k in range(first, after))

    def _inherit(self, made: Slots) -> None:
        topic, heading, hero = settle(self.context), self.context.heading, self.context.subject
        hero = self.context.subject
        is_told = topic.entity is not None and (not topic.passing or hero is None)
        if is_told and (not topic.aside or self._points_back()):
            self._take(made, topic)
        elif heading.entity is not None:
            self._take(made, heading)
        elif hero is not None or self.context.title_entity is not None:
            made.entity = hero or self.context.title_entity
            made.found("entity", "title", 0, 0)

    def is_aside(self, entity: str | None, topic: Topic) -> bool:
        """Whether whom the sentence goes on about owns nothing that does not point back: a name
        that comes up where several sentences told of nobody, or of several others."""
        context = self.context
        if entity is None or entity == topic.entity:
            return topic.aside
        if context.subject is not None or context.heading.entity is not None:
            return False
        if context.titled.issuperset(entity.lower().split()):
            return False
        least = _MANY if self._opens_with(entity) else 1
        return context.n_unowned >= least or len(context.owners - {entity}) >= _MANY

    def _opens_with(self, name: str) -> bool:
        """Whether a sentence begins with a name, "the" or "in" before it apart."""
        begin = self.st.span.start
        at = self.st.text.find(name, begin, self.st.span.end)
        return at >= 0 and _LEADS.issuperset(self.st.text[begin:at].lower().split())

    def _points_back(self) -> bool:
        """Whether the sentence speaks of the one before: "It sold 5", "Its sales", "The firm"."""
        if self.subject is not None and self.subject.generic:
            return True
        return not _BACK.isdisjoint(self.st.words[:_MAX_LEAD_WORDS])

    def _take(self, made: Slots, topic: Topic) -> None:
        made.entity = topic.entity
        made.found("entity", topic.how, topic.start, topic.end)

    # -------------------------------------------------------------- whom it goes on about

    def is_about(self, topic: Topic) -> tuple[str | None, bool]:
        """Whom the sentence is about, and whether only in passing."""
        named = self.context.title_entity or self.context.heading.entity
        if self.context.subject is not None or named is not None:
            moved = self._moved_to()
            return (moved, False) if moved is not None else (topic.entity, topic.passing)
        if self._is_maker(self.subject):
            return topic.entity, topic.passing
        entity, passing = self._whom(topic)
        subject = self.subject
        if subject is not None and not subject.generic and subject.measure and not entity:
            return subject.entity, False
        return entity, passing

    def _moved_to(self) -> str | None:
        """The name that opens the sentence as its subject, an owner or a place: "In Finland"."""
        subject = self.subject
        name = subject.entity if subject is not None else None
        if subject is None or name is None or self.says or subject.first > 2:
            return None
        if self._is_maker(subject):
            return None
        if self.context.subject is not None and about.are_one(name, self.context.subject):
            return name
        begin = self.st.tokens[subject.first].start
        at = self.st.text.find(name, begin, self.st.span.end)
        if at < 0 or at - begin > _MAX_LEAD_CHARS:
            return None
        following = self.st.text[at + len(name) :][:2]
        alone = subject.measure is None or following in ("'s", "’s") or following[:1] in ",'’"
        return name if alone or self.st.low(0) in ("in", "at", "for", "across") else None

    def _is_maker(self, subject: Phrase | None) -> bool:
        """Whether a subject only says whose the thing is that it names: "Tesla's Model Y"."""
        if subject is None or subject.entity is None:
            return False
        tokens = self.st.tokens[subject.first : subject.after]
        owned = next((k for k, t in enumerate(tokens) if t.low.endswith("'s")), len(tokens)) + 1
        return owned < len(tokens) and tokens[owned].text[:1].isupper()

    def _whom(self, topic: Topic) -> tuple[str | None, bool]:
        about = {s.entity for s in self.told if s.entity}
        if not about:
            return None, topic.passing
        if self.subject is not None and self.subject.generic and not self.subject.entity:
            if topic.entity is not None and not topic.passing:
                return topic.entity, False
        subject = self.subject.entity if self.subject is not None else None
        told_of = next((s.entity for s in self.told if s.entity and _is_firm(s, subject)), None)
        if told_of is not None:
            return told_of, False
        if topic.entity is not None and not topic.passing:
            return topic.entity, False
        return next(s.entity for s in self.told if s.entity), True


def _is_firm(slots: Slots, subject: str | None) -> bool:
    """Whether whose a quantity is is told by its own clause or by the subject."""
    hows = (o.how for o in slots.origins if o.slot == "entity")
    return slots.entity == subject or next(hows, None) == "clause"


_QUOTING = frozenset({"say", "tell", "write", "add", "note", "warn", "argue"})
_NO_NAMES = frozenset({"CI", "CIs", "IQR", "SD", "SE", "OR", "HR", "RR", "P", "N"})
_CLAUSES = frozenset("after because while before although though since when as but".split())
_MAX_LEAD_CHARS = 12
_MANY, _MAX_LEAD_WORDS = 2, 6
_LEADS = frozenset("the in at for across on".split())
_BACK = frozenset("it its they their he she his her".split())
