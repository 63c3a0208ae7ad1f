"""The proof: what of a draft may reach a reader.

Every numeral is bound (`bot.proving.binding`), what is said around it fits (`bot.proving.fitting`),
and the other words are borne out (`bot.proving.wording`). What fails is replaced by the sentence
that it cites, or dropped, and the reasons are returned so that a reader may mend its draft.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import lru_cache

from bot import calculation, rendering
from bot.answers import Answer, AnswerSentence, Calculation, Citation, Number
from bot.drafts import Draft, DraftSentence, Status
from bot.identities import Identity
from bot.language import vocabulary
from bot.proving import binding, fitting, placing, wording
from bot.proving.binding import Asked, Bound, CitedSentence, Ledger, Problem
from bot.questions import Query
from bot.texts import claims, clauses, premises
from ingest import Article, Figure, Span, periods

PassageOf = Callable[[str, int, int], Span | None]
FiguresOf = Callable[[str], Sequence[Figure]]
MAX_FALLBACK_QUOTES = 2


# What a decided question opens with; a sentence quoted instead keeps it.
_REPLY = re.compile(r"(?:Yes|No): ")


@dataclass(frozen=True, slots=True)
class Objection:
    """Why the draft's sentence (by its place, from 0) does not stand as it was written.

    kind: citation, quote, figure, calculation, number, comparator, direction, period, entity,
    measure, name, negation, opposite, word or notice.
    """

    sentence: int
    kind: str
    reason: str

    def __str__(self) -> str:
        return f"Sentence {self.sentence + 1}: {self.reason}."


@dataclass(frozen=True, slots=True)
class Verdict:
    """What may be shown, and what was held against the draft; `places` tells from which of the
    draft's sentences each sentence of the answer comes."""

    answer: Answer
    objections: tuple[Objection, ...]
    places: tuple[int, ...] = ()

    @property
    def messages(self) -> tuple[str, ...]:
        """The objections in words, for a model to mend its draft by."""
        return tuple(str(objection) for objection in self.objections)


@dataclass(frozen=True, slots=True)
class _Proven:
    """A sentence that stands: its text with the draft's markers, and its bound numbers."""

    place: int
    text: str
    kind: str
    bounds: tuple[Bound, ...]
    markers: tuple[int, ...]


def check(
    draft: Draft,
    query: Query,
    articles: Mapping[str, Article],
    figures_of: FiguresOf,
    passage_of: PassageOf | None = None,
    identities: Sequence[Identity] | None = None,
) -> Verdict:
    """Let through of a draft what is proven.

    articles: by id, all that the draft's sources name; figures_of: the figures of one of them
    passage_of: the retrieved passage around a span, for display; the paragraph when None
    identities: those of the corpus; the table's own when None
    """
    return _Check(draft, query, articles, figures_of, passage_of, identities).verdict()


class _Check:
    """One draft under examination."""

    def __init__(
        self,
        draft: Draft,
        query: Query,
        articles: Mapping[str, Article],
        figures_of: FiguresOf,
        passage_of: PassageOf | None,
        identities: Sequence[Identity] | None,
    ) -> None:
        self.draft, self.query, self.articles = draft, query, articles
        self.figures_of, self.passage_of = figures_of, passage_of
        self.identities = calculation.identities() if identities is None else identities
        self.cited = self._sources()
        self.unreal: dict[str, str] = {}
        figures = self._real_figures()
        self.texts = {id: self._text_of(figure) for id, figure in figures.items()}
        self.calculations, self.refused = self._compute(figures)
        self.ledger = Ledger(dict(figures), dict(self.texts), self.calculations)
        self.asked = _asked(query)
        self.asked_stems = vocabulary.stems(f"{query.text} {query.asked}")
        self.objections: list[Objection] = []

    # What the draft rests on

    def _sources(self) -> dict[int, CitedSentence]:
        """The draft's sources that lie in an article, by number."""
        found = {}
        for n, source in enumerate(self.draft.sources, start=1):
            article = self.articles.get(source.article_id)
            if article and 0 <= source.start < source.end <= len(article.text):
                inside = tuple(
                    figure
                    for figure in self.figures_of(article.id)
                    if source.start <= figure.start and figure.end <= source.end
                )
                found[n] = CitedSentence(n, article, source.start, source.end, inside)
        return found

    def _real_figures(self) -> dict[str, Figure]:
        """The draft's figures that the articles do hold, told exactly so."""
        found = {}
        for id, figure in self.draft.figures.items():
            is_known = figure.article_id in self.articles
            if is_known and figure in self.figures_of(figure.article_id):
                found[id] = figure
            else:
                self.unreal[id] = f"{id} is no figure of {figure.article_id}"
        return found

    def _text_of(self, figure: Figure) -> str:
        return self.articles[figure.article_id].text[figure.start : figure.end]

    def _compute(
        self, figures: Mapping[str, Figure]
    ) -> tuple[dict[str, Calculation], dict[str, str]]:
        """The steps that are legal, and why the others are not."""
        done, refused = calculation.attempt(self.draft.steps, figures, self.texts)
        for step in self.draft.steps:
            if step.id in done:
                reason = calculation.claim_problem(step, done, figures, self.identities)
                if reason:
                    refused[step.id] = reason
        for id in refused:
            done.pop(id, None)
        return done, refused

    # Sentences

    def verdict(self) -> Verdict:
        proven: list[_Proven] = []
        is_whole = True
        for place, sentence in enumerate(self.draft.sentences):
            found, problems = self._prove_whole(place, sentence)
            self.objections += [Objection(place, *problem) for problem in problems]
            if found is not None:
                proven.append(found)
                continue
            is_whole = is_whole and sentence.kind == "notice"
            proven += self._quoted_instead(place, sentence, proven)
        return self._assemble(proven, is_whole)

    def _prove_whole(
        self, place: int, sentence: DraftSentence
    ) -> tuple[_Proven | None, Sequence[Problem]]:
        """A sentence, after an opening that denies what the question takes for granted."""
        opening = self._denial(sentence.text)
        if not opening:
            return self._prove(place, sentence)
        found, problems = self._prove(place, replace(sentence, text=sentence.text[len(opening) :]))
        if found is None:
            return None, problems
        cited = [self.cited[n] for n in found.markers]
        if not any(map(self._is_denied, cited)) and not self._is_outdone(opening, found):
            return None, [Problem("negation", "what is cited does not deny what is asked")]
        return self._after(opening, found), problems

    def _denial(self, text: str) -> str:
        """The opening of a sentence that denies what the question takes for granted, or ""."""
        openings = (
            f"{denied}: " for asked in self._asked_so() for denied in premises.denials(asked)
        )
        return next((opening for opening in openings if text.startswith(opening)), "")

    def _asked_so(self) -> tuple[str, ...]:
        """The question made whole, and as it was typed, with the grounds that it is asked on."""
        asked = dict.fromkeys([self.query.text, self.query.asked])
        grounds = (clauses.read(one) for one in asked)
        return (*asked, *(ground.told for ground in grounds if ground))

    def _is_denied(self, one: CitedSentence) -> bool:
        return any(
            premises.is_denied(asked, one.text, one.figures, one.start)
            for asked in self._asked_so()
        )

    def _is_outdone(self, opening: str, one: _Proven) -> bool:
        """Whether the two figures of a sentence tell the contrary of the comparison that its
        opening denies."""
        known = self.ledger.figures
        told = [known[bound.proof] for bound in one.bounds if bound.proof in known]
        return any(
            opening == f"{claim.denied}: " and claims.is_denied(asked, told)
            for asked in self._asked_so()
            if (claim := claims.read(asked))
        )

    def _after(self, opening: str, one: _Proven) -> _Proven:
        """A proven sentence behind an opening, whose numbers are the question's."""
        asked = [Bound(n.start, n.end, "question") for n in binding.scan(opening)]
        moved = (Bound(b.start + len(opening), b.end + len(opening), b.proof) for b in one.bounds)
        return replace(one, text=opening + one.text, bounds=(*asked, *moved))

    def _prove(
        self, place: int, sentence: DraftSentence
    ) -> tuple[_Proven | None, Sequence[Problem]]:
        problems = self._slot_problems(sentence.text)
        if problems:
            return None, problems
        rendered = binding.render(sentence.text, self.ledger)
        missing = [n for n in rendered.markers if n not in self.cited]
        if missing:
            return None, [Problem("citation", f"there is no source [{missing[0]}]")]
        cited = [self.cited[n] for n in dict.fromkeys(rendered.markers)]
        if sentence.kind == "notice" and not cited:
            return self._prove_notice(place, rendered)
        if not cited:
            return None, [Problem("citation", "no source is cited")]
        return self._prove_cited(place, sentence, rendered, cited)

    def _slot_problems(self, text: str) -> list[Problem]:
        problems = []
        for match in re.finditer(r"\{([^{}]{0,40})\}", text):
            id = match[1]
            if id in self.unreal:
                problems.append(Problem("figure", self.unreal[id]))
            elif id in self.refused:
                problems.append(Problem("calculation", self.refused[id]))
            elif id not in self.ledger.figures and id not in self.calculations:
                problems.append(Problem("figure", f"{{{id}}} names nothing"))
        return problems

    def _prove_cited(
        self,
        place: int,
        sentence: DraftSentence,
        rendered: binding.Rendered,
        cited: Sequence[CitedSentence],
    ) -> tuple[_Proven | None, Sequence[Problem]]:
        problems = self._uncited(rendered, cited)
        problems += binding.misquotes(rendered.body, cited, self._around(cited))
        problems += placing.altered(rendered.body, cited)
        bound = binding.bind(rendered, cited, self.ledger, self.asked)
        problems += bound.problems
        problems += binding.edge_problems(rendered.body, bound)
        if not problems:
            problems += self._fit_problems(rendered, bound, cited, sentence)
        if problems:
            return None, problems
        computed = any(b.proof in self.calculations for b in bound.bounds)
        kind = "computed" if computed else "quoted"
        return _Proven(place, rendered.text, kind, bound.bounds, rendered.markers), ()

    def _uncited(self, rendered: binding.Rendered, cited: Sequence[CitedSentence]) -> list[Problem]:
        """Figures, of slots or below calculations, that no cited sentence holds."""
        problems = []
        for bound in rendered.bounds:
            for id in self.ledger.leaves(bound.proof):
                figure = self.ledger.figures[id]
                if not any(figure in one.figures for one in cited):
                    text = self.ledger.texts[id]
                    problems.append(Problem("citation", f"{text} stands in no cited sentence"))
        return problems

    def _fit_problems(
        self,
        rendered: binding.Rendered,
        bound: binding.Binding,
        cited: Sequence[CitedSentence],
        sentence: DraftSentence,
    ) -> list[Problem]:
        """What the words around the numbers say, quoted sentences apart."""
        own = _blank(rendered.body, [(v.start, v.end) for v in bound.verbatim])
        if not any(char.isalnum() for char in own):
            return []
        outside = tuple(
            b for b in bound.bounds if not any(v.start <= b.start < v.end for v in bound.verbatim)
        )
        said = fitting.Said(
            body=own,
            words=tuple(vocabulary.words(_blank(own, [(b.start, b.end) for b in outside]))),
            bounds=outside,
            ledger=self.ledger,
            cited_stems=vocabulary.stems_of(*(one.text for one in cited)),
            n_cited=sum(len(one.figures) for one in cited),
            rivals=self._rivals(cited),
            spoken=vocabulary.stems(own),
            proven=tuple(b for b in outside if self.ledger.holds(b.proof)),
            verbatim=frozenset(rendered.body[v.start : v.end].strip() for v in bound.verbatim),
        )
        problems = fitting.check(said) + placing.check(said, cited)
        problems += [
            problem
            for b in said.proven
            if (problem := binding.beside_problem(own, b, self.ledger)) is not None
        ]
        bare = _blank(own, [(_hedged_start(own, b), b.end) for b in outside])
        support = self._support(said, cited, sentence)
        problems += [Problem(c.kind, c.reason) for c in wording.check(bare, support)]
        return problems

    def _prove_notice(
        self, place: int, rendered: binding.Rendered
    ) -> tuple[_Proven | None, Sequence[Problem]]:
        """A notice asserts nothing: the question's words and numbers, and a notice's own."""
        if rendered.bounds:
            return None, [Problem("citation", "a figure is told without a source")]
        bounds, problems = [], []
        for numeral in binding.scan(rendered.body):
            typed = rendered.body[numeral.start : numeral.end]
            if numeral.value in self.asked.values or typed.casefold() in self.asked.tokens:
                bounds.append(Bound(numeral.start, numeral.end, "question"))
            elif not numeral.spelled and numeral.kind != "indefinite":
                problems.append(Problem("number", f"{typed!r} is not in the question"))
        titles = [article.title for article in self.articles.values()]
        complaints = wording.is_notice(rendered.body, self.asked_stems, titles)
        problems += [Problem("notice", c.reason) for c in complaints]
        if problems:
            return None, problems
        return _Proven(place, rendered.text, "notice", tuple(bounds), ()), ()

    # What the words may draw on

    def _around(self, cited: Sequence[CitedSentence]) -> list[str]:
        texts = []
        for one in cited:
            texts.append(one.article.title)
            start, end = self._passage(one)
            texts.append(one.article.text[start:end])
            texts += _headings(one.article, one.start)
            texts += _table_head(one.article, one.start)
        return texts

    def _passage(self, one: CitedSentence) -> tuple[int, int]:
        span = self.passage_of and self.passage_of(one.article.id, one.start, one.end)
        if span:
            return span.start, span.end
        for block in one.article.blocks:
            if block.start <= one.start < block.end:
                return block.start, max(block.end, one.end)
        return one.start, one.end

    def _rivals(self, cited: Sequence[CitedSentence]) -> tuple[Figure, ...]:
        """The figures of the cited sentences, then one for each name of their articles."""
        ids = dict.fromkeys(one.article.id for one in cited)
        own = tuple(figure for one in cited for figure in one.figures)
        return own + tuple(f for id in ids for f in _names_of(self._known(id)))

    def _known(self, id: str) -> _Known:
        figures = self.figures_of(id)
        return _Known(self.articles[id].sha256, len(figures), figures)

    def _support(
        self, said: fitting.Said, cited: Sequence[CitedSentence], sentence: DraftSentence
    ) -> wording.Support:
        names: set[str] = set()
        extra: set[str] = set(vocabulary.tables().workings)
        for bound in said.proven:
            for id in self.ledger.leaves(bound.proof):
                names |= self._figure_names(self.ledger.figures[id])
            extra |= self._proven_stems(bound.proof)
        for bound in said.bounds:
            if bound.proof == "date":
                extra |= _period_stems(said.body)
        is_claim = any(bound.proof == "question" for bound in said.bounds)
        if sentence.kind == "notice" or is_claim:
            extra |= vocabulary.tables().notice_words
        return wording.Support(
            cited=tuple(one.text for one in cited),
            around=tuple(self._around(cited)),
            names=frozenset(names),
            extra=frozenset(extra),
            asked=self.asked_stems,
            is_claim=is_claim,
        )

    def _figure_names(self, figure: Figure) -> set[str]:
        """The words of a figure's entity and of where its slots come from."""
        article = self.articles[figure.article_id]
        texts = [figure.entity or ""]
        texts += [article.text[o.start : o.end] for o in figure.origins if o.slot == "entity"]
        texts += [periods.describe(p) for p in (figure.period, figure.base_period) if p]
        texts.append(rendering.unit_words(figure.unit))
        return {word.low for text in texts for word in vocabulary.words(text)}

    def _proven_stems(self, proof: str) -> set[str]:
        """The stems that a figure's slots, or a calculation's operation, prove."""
        found: set[str] = set()
        for id in self.ledger.leaves(proof):
            figure = self.ledger.figures[id]
            told = (figure.measure, figure.entity, figure.unit, figure.basis)
            for text in (*told, rendering.unit_words(figure.unit)):
                found |= vocabulary.stems(text or "")
        done = self.calculations.get(proof)
        while done is not None:
            found |= vocabulary.tables().operations.get(done.operation, frozenset())
            found |= vocabulary.stems(f"{done.measure or ''} {done.entity or ''}")
            nested = [self.calculations[id] for id in done.operands if id in self.calculations]
            done = nested[0] if nested else None
        return found

    # The answer

    def _quoted_instead(
        self, place: int, sentence: DraftSentence, proven: Sequence[_Proven]
    ) -> list[_Proven]:
        """The sentences that a failed one cites, unless they are shown already."""
        if sentence.kind == "notice":
            return []
        shown = {n for one in proven if one.kind == "quoted" for n in one.markers}
        numbers = [int(n) for n in re.findall(r"\[(\d{1,3})\]", sentence.text)]
        reply, denial = _REPLY.match(sentence.text), self._denial(sentence.text)
        opening, found = reply[0] if reply else "", list[_Proven]()
        for n in list(dict.fromkeys(numbers))[:MAX_FALLBACK_QUOTES]:
            if n in self.cited and n not in shown:
                quote = self._quote(place, self.cited[n], opening)
                is_denied = denial and self._is_denied(self.cited[n])
                found.append(self._after(denial, quote) if is_denied else quote)
                opening = denial = ""
        return found

    def _quote(self, place: int, cited: CitedSentence, opening: str = "") -> _Proven:
        text = opening + " ".join(cited.text.split())
        bound = binding.bind(
            binding.Rendered(text, text, (), (cited.n,)), [cited], self.ledger, self.asked
        )
        return _Proven(place, f"{text} [{cited.n}]", "quoted", bound.bounds, (cited.n,))

    def _assemble(self, proven: Sequence[_Proven], is_whole: bool) -> Verdict:
        numbering = _Numbering()
        text = ""
        sentences, numbers = [], []
        for one in proven:
            text += _gap(one.text) if text else ""
            said = numbering.renumbered(one, len(text))
            text += said.text
            sentences.append(said.sentence)
            numbers += [Number(text[b.start : b.end], b.start, b.end, b.proof) for b in said.bounds]
        answer = self._answer(text, tuple(sentences), tuple(numbers), numbering)
        status = _status(self.draft.status, proven, is_whole)
        answer = replace(answer, status=status)
        return Verdict(answer, tuple(self.objections), tuple(one.place for one in proven))

    def _answer(
        self,
        text: str,
        sentences: tuple[AnswerSentence, ...],
        numbers: tuple[Number, ...],
        numbering: _Numbering,
    ) -> Answer:
        proofs = [n.proof for n in numbers] + [p for s in sentences for p in s.proofs]
        used = self._used(proofs)
        nearest = [id for id in self.draft.nearest if id in self.ledger.figures]
        ids = [id for id in self.ledger.figures if id in used or id in nearest]
        return Answer(
            question=self.query.asked,
            understood=self.query.text,
            status=self.draft.status,
            text=text,
            sentences=sentences,
            citations=tuple(
                self._citation(number, self.cited[n]) for n, number in numbering.given.items()
            ),
            calculations=tuple(c for id, c in self.calculations.items() if id in used),
            figures={id: self.ledger.figures[id] for id in ids},
            figure_texts={id: self.ledger.texts[id] for id in ids},
            numbers=numbers,
            nearest=self._nearest(nearest),
            note=self.draft.note,
        )

    def _used(self, proofs: Sequence[str]) -> set[str]:
        """The proofs, and all that they rest on."""
        used: set[str] = set()
        waiting = list(proofs)
        while waiting:
            id = waiting.pop()
            if id not in used:
                used.add(id)
                if id in self.calculations:
                    waiting += self.calculations[id].operands
        return used

    def _citation(self, number: int, one: CitedSentence) -> Citation:
        article = one.article
        return Citation(
            number=number,
            article_id=article.id,
            title=article.title,
            start=one.start,
            end=one.end,
            quote=one.text,
            passage=self._passage(one),
            sha256=article.sha256,
            source_sha256=article.source_sha256,
        )

    def _nearest(self, ids: Sequence[str]) -> str | None:
        """What the articles do hold: "exports in 2024: 25.45 trillion yuan"."""
        told = []
        for id in ids:
            figure = self.ledger.figures[id]
            name = " ".join(filter(None, [figure.entity, figure.measure]))
            when = f" in {periods.describe(figure.period)}" if figure.period else ""
            hedge = f"{figure.comparator} " if figure.comparator else ""
            told.append(f"{name}{when}: {hedge}{self.ledger.texts[id]}".strip(" :"))
        return "; ".join(told) or None


@dataclass(frozen=True, slots=True)
class _Renumbered:
    text: str
    bounds: tuple[Bound, ...]
    sentence: AnswerSentence


def _gap(text: str) -> str:
    """What stands before a further sentence: a bullet begins a line."""
    return "\n" if text.startswith("•") else " "


class _Numbering:
    """Citations numbered by their first use; what was shown before never changes."""

    def __init__(self) -> None:
        self.given: dict[int, int] = {}

    def renumbered(self, one: _Proven, offset: int) -> _Renumbered:
        """The sentence at `offset` of the answer, its markers with their final numbers."""
        parts: list[str] = []
        shifts: list[tuple[int, int]] = [(0, offset)]
        last = 0
        for match in self._markers(one):
            number = self.given.setdefault(int(match[1]), len(self.given) + 1)
            parts += [one.text[last : match.start()], f"[{number}]"]
            last = match.end()
            shifts.append((last, offset + sum(map(len, parts)) - last))
        parts.append(one.text[last:])
        text = "".join(parts)
        bounds = tuple(_moved(bound, shifts) for bound in one.bounds)
        return _Renumbered(text, bounds, self._sentence(one, offset, text))

    def _markers(self, one: _Proven) -> list[re.Match[str]]:
        """The markers of a sentence; brackets in quoted words are none."""
        found = list(re.finditer(r"\[(\d{1,3})\]", one.text))
        return [m for m in found if int(m[1]) in one.markers]

    def _sentence(self, one: _Proven, offset: int, text: str) -> AnswerSentence:
        proofs = dict.fromkeys(b.proof for b in one.bounds if b.proof[-1].isdigit())
        numbers = dict.fromkeys(self.given[n] for n in one.markers)
        kind = one.kind if one.kind in ("computed", "notice") else "quoted"
        return AnswerSentence(
            offset,
            offset + len(text),
            kind,  # type: ignore[arg-type]
            tuple(numbers),
            tuple(proofs),
        )


def notice_complaints(
    text: str, asked: str, understood: str, titles: Sequence[str]
) -> list[wording.Complaint]:
    """What a notice asserts beside the words of the question and the titles of articles."""
    return wording.is_notice(text, vocabulary.stems(f"{asked} {understood}"), titles)


def _moved(bound: Bound, shifts: Sequence[tuple[int, int]]) -> Bound:
    shift = next(by for at, by in reversed(shifts) if at <= bound.start)
    return Bound(bound.start + shift, bound.end + shift, bound.proof)


def _status(wanted: Status, proven: Sequence[_Proven], is_whole: bool) -> Status:
    if wanted == "abstained" or not any(one.kind != "notice" for one in proven):
        return "abstained"
    return wanted if is_whole else "partial"


def _asked(query: Query) -> Asked:
    values: set[Decimal] = {assumed.value for assumed in query.assumed}
    tokens: set[str] = set()
    for text in {query.asked, query.text}:
        for numeral in binding.scan(text):
            tokens.add(text[numeral.start : numeral.end].casefold())
            if numeral.value is not None:
                values.add(numeral.value)
    return Asked(frozenset(values), frozenset(tokens))


def _hedged_start(text: str, bound: Bound) -> int:
    """Where a number starts, its hedge included."""
    hedge = vocabulary.hedge_before(text, bound.start)
    if hedge is None:
        return bound.start
    return len(text[: bound.start].rstrip(" \u00a0(")) - len(hedge[0])


def _blank(text: str, spans: Sequence[tuple[int, int]]) -> str:
    """The text with spans blanked, so that offsets stay."""
    for start, end in spans:
        text = text[:start] + " " * (end - start) + text[end:]
    return text


@dataclass(frozen=True, slots=True)
class _Known:
    """The figures of an article, told apart by the article's hash and their number."""

    sha256: str
    n_figures: int
    figures: Sequence[Figure] = field(compare=False)


@lru_cache(maxsize=256)
def _names_of(known: _Known) -> tuple[Figure, ...]:
    """One figure for each unit, measure and entity."""
    return tuple({(f.unit, f.measure, f.entity): f for f in known.figures}.values())


def _table_head(article: Article, place: int) -> list[str]:
    """The first row of the table that a line stands in: it heads the columns."""
    block = next((b for b in article.blocks if b.start <= place < b.end), None)
    if block is None or block.kind != "table":
        return []
    return [article.text[block.start : block.end].partition("\n")[0]]


def _headings(article: Article, offset: int) -> list[str]:
    """The headings that an offset stands under, nearest last."""
    found: list[tuple[int, str]] = []
    for block in article.blocks:
        if block.start > offset:
            break
        if block.kind == "heading":
            found = [entry for entry in found if entry[0] < block.level]
            found.append((block.level, article.text[block.start : block.end]))
    return [text for _, text in found]


def _period_stems(body: str) -> frozenset[str]:
    """The words of the periods that a sentence names: "first quarter", "January"."""
    named = " ".join(body[m.start : m.end] for m in binding.mentions(body))
    return vocabulary.stems(named)
