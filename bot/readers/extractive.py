"""The reader that needs no language model: links, derives, quotes, or says what is missing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from bot import derivation, linking, phrasing, terms
from bot.calculation import Identity
from bot.calculation import identities as known_identities
from bot.composition import Composer
from bot.derivation import Derivation
from bot.drafts import Draft
from bot.linking import Linker
from bot.pages import Embed, Found, Pages
from bot.questions import Query, Turn
from bot.retrieval import Evidence
from ingest import Article, Figure

# Below these an answer is not given: how well the best figure fits, how near the best sentence is.
FIGURE_FITS = 0.52
SENTENCE_FITS = 0.52
# A further sentence is quoted when it is nearly as good as the first.
NEARLY = 0.93
MAX_QUOTED = 3


@dataclass(frozen=True, slots=True)
class Desk:
    """What one question is answered from: the evidence, linked and ranked when first needed."""

    query: Query
    articles: Mapping[str, Article]
    linker: Linker
    found: Sequence[Found]


class ExtractiveReader:
    """Answers from the evidence alone. The same evidence always gives the same draft.

    embed: unit vectors of texts, as `Embedding.embed_many` gives them; without it only words count
    """

    name = "extractive"

    def __init__(
        self, embed: Embed | None = None, identities: Sequence[Identity] | None = None
    ) -> None:
        self._pages = Pages(embed)
        self._identities = known_identities(None) if identities is None else identities
        self._cards: dict[tuple[str, int], list[linking.Card]] = {}

    def read(
        self,
        query: Query,
        evidence: Evidence,
        history: Sequence[Turn] = (),
        objections: Sequence[str] = (),
    ) -> Draft:
        """Draft an answer; what was objected to before is not said again."""
        if query.form == "declined":
            return _declined(query)
        composer = Composer()
        parts = query.subquestions or (query,)
        done = [self._answer(self._desk(part, evidence), composer) for part in parts]
        if any(done):
            return composer.draft("answered" if all(done) else "partial")
        return self._abstained(self._desk(query, evidence))

    def _desk(self, query: Query, evidence: Evidence) -> Desk:
        articles = evidence.articles
        cards = [
            card
            for article in articles.values()
            for card in self._cards_of(article, evidence.figures)
        ]
        lines = {
            (line.article_id, line.start): i
            for i, line in enumerate(
                line for a in articles.values() for line in self._pages.page(a).lines
            )
        }
        places = [lines.get((c.figure.article_id, c.figure.sentence.start)) for c in cards]

        def meanings(text: str) -> list[float | None]:
            cosines = self._pages.cosines(text, articles)
            return [None if place is None else cosines[place] for place in places]

        linker = Linker(cards, linking.weights({c.sentence for c in cards}), meanings)
        return Desk(query, articles, linker, self._pages.rank(query.text, articles))

    def _cards_of(self, article: Article, figures: Sequence[Figure]) -> list[linking.Card]:
        own = [f for f in figures if f.article_id == article.id]
        key = (article.sha256, len(own))
        if key not in self._cards:
            self._cards[key] = linking.cards(article, own)
        return self._cards[key]

    def _answer(self, desk: Desk, composer: Composer) -> bool:
        """Say what answers the question; False when nothing does."""
        form = desk.query.form
        if form == "figure" and self._figure(desk, composer):
            return True
        if form == "figure" and desk.query.is_sure:
            return False
        return self._text(desk, composer)

    def _figure(self, desk: Desk, composer: Composer) -> bool:
        found = derivation.derive(
            desk.query,
            [c.figure for c in desk.linker.cards],
            desk.articles,
            self._identities,
            desk.linker,
        )
        if not found or found[0].score < FIGURE_FITS:
            return False
        _say(desk, found[0], composer)
        return True

    def _text(self, desk: Desk, composer: Composer) -> bool:
        chosen = _chosen(desk)
        if not chosen:
            return False
        for found in chosen:
            line = found.line
            article = desk.articles[line.article_id]
            mark = composer.cite(line.article_id, line.start, line.end)
            text = phrasing.quoted(article, line.start, line.end)
            composer.say(f"{text} {mark}", "quoted")
        return True

    def _abstained(self, desk: Desk) -> Draft:
        """What is missing, and the nearest thing that the articles hold."""
        composer = Composer()
        composer.say("The articles do not say.", "notice")
        return composer.draft("abstained")


def _say(desk: Desk, found: Derivation, composer: Composer) -> None:
    id = composer.take(found)
    slot, marks = f"{{{id}}}", composer.marks(found)
    if found.is_stated:
        figure = found.figures[found.result]
        article = desk.articles[figure.article_id]
        text = phrasing.stated(figure, slot)
        if text is None:
            text = phrasing.quoted(article, figure.sentence.start, figure.sentence.end)
        composer.say(f"{text} {marks}", "quoted")
    else:
        text = phrasing.computed(desk.query, found, slot)
        composer.say(f"{text} {marks}", "computed")


def _chosen(desk: Desk) -> list[Found]:
    """The sentences that answer, in the order of their articles."""
    ranked = [f for f in desk.found if _may_answer(f)][:12]
    if not ranked or ranked[0].score < SENTENCE_FITS:
        return []
    kept = [f for f in ranked[:MAX_QUOTED] if f.score >= NEARLY * ranked[0].score]
    best = ranked[0].line.article_id
    return sorted(kept, key=lambda f: (f.line.article_id != best, f.line.article_id, f.line.start))


def _may_answer(found: Found) -> bool:
    text = found.line.text.rstrip()
    return found.line.kind != "heading" and not text.endswith("?") and len(terms.words(text)) > 2


def _declined(query: Query) -> Draft:
    composer = Composer()
    text = "I only answer questions about the articles; ask me what they say."
    if query.asks == "greeting":
        text = "Hello! Ask me anything about the articles, and I will answer with the sources."
    composer.say(text, "notice")
    return composer.draft("abstained")


def with_query(desk: Desk, query: Query) -> Desk:
    """The same desk for another question."""
    return replace(desk, query=query)
