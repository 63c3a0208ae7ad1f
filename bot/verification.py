"""Verification: a saved answer checked again, with no model and no index.

Two things can be wrong, and they are told apart. An answer is *false* when it contradicts what
it rests on: a quote that is not in its article, a figure that reads otherwise, arithmetic that
comes out differently, a sentence that the proof refuses. It is *stale* when an article was edited
or removed after the answer was given; then what changed is named.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from bot import answers, calculation, proof
from bot.answers import Answer, AnswerSentence, Citation, Number
from bot.drafts import Draft, DraftSentence, Source, Step
from bot.errors import AnswerMalformed
from bot.proving import binding
from bot.questions import Query
from ingest import Article, Figure, IngestError, Span, articles, figures, numerals

State = Literal["true", "stale", "false"]


@dataclass(frozen=True, slots=True)
class Verification:
    """state: "true", "stale" (an article has changed since) or "false"; findings say why."""

    state: State
    findings: tuple[str, ...] = ()

    @property
    def exit_code(self) -> int:
        """0 true, 1 false, 3 the article has changed."""
        return {"true": 0, "false": 1, "stale": 3}[self.state]


def verify(saved: Any, corpus: Path) -> Verification:
    """Check one saved answer, or an export of several, against the articles of `corpus`.

    Raises AnswerMalformed when `saved` is neither.
    """
    entries = _entries(saved)
    found = [_Recheck(answers.from_json(entry), corpus).result() for entry in entries]
    states = [one.state for one in found]
    findings = tuple(text for one in found for text in one.findings)
    if "false" in states:
        return Verification("false", findings)
    return Verification("stale" if "stale" in states else "true", findings)


def _entries(saved: Any) -> list[Any]:
    if isinstance(saved, Mapping) and "answers" in saved:
        saved = saved["answers"]
    entries = saved if isinstance(saved, list) else [saved]
    if not entries:
        raise AnswerMalformed("it holds no answer")
    return entries


@dataclass(slots=True)
class _Recheck:
    """One answer under examination."""

    answer: Answer
    corpus: Path
    articles: dict[str, Article] = field(default_factory=dict)
    stale: list[str] = field(default_factory=list)
    false: list[str] = field(default_factory=list)

    def result(self) -> Verification:
        self._read_articles()
        self._check_shape()
        self._check_quotes()
        if not self.stale:
            self._check_figures()
        self._check_calculations()
        if not self.stale and not self.false:
            self._check_proof()
        if self.false:
            return Verification("false", tuple(self.false + self.stale))
        return Verification("stale" if self.stale else "true", tuple(self.stale))

    # Articles and quotes

    def _read_articles(self) -> None:
        named = {c.article_id: c for c in self.answer.citations}
        for figure in self.answer.figures.values():
            named.setdefault(figure.article_id, _uncited(figure))
        for id, citation in named.items():
            article = _read(id, self.corpus)
            if article is None:
                self.stale.append(f"{id} is no longer there")
                continue
            self.articles[id] = article
            if citation.sha256 and article.sha256 != citation.sha256:
                self.stale.append(f"{id} has changed since the answer was given")

    def _check_quotes(self) -> None:
        for citation in self.answer.citations:
            article = self.articles.get(citation.article_id)
            if article is None:
                continue
            is_changed = article.sha256 != citation.sha256
            if article.text[citation.start : citation.end] == citation.quote:
                continue
            if is_changed:
                self.stale.append(_whereabouts(citation, article))
            else:
                self.false.append(
                    f"[{citation.number}] quotes what {citation.article_id} does not say there"
                )

    # Shape

    def _check_shape(self) -> None:
        answer = self.answer
        known = {citation.number for citation in answer.citations}
        for sentence in answer.sentences:
            missing = [n for n in sentence.citations if n not in known]
            self.false += [f"there is no citation [{n}]" for n in missing]
            if sentence.kind != "notice" and not sentence.citations:
                said = answer.text[sentence.start : sentence.end]
                self.false.append(f"“{said}” cites nothing")
        if not _covers(answer.sentences, answer.text):
            self.false.append("its sentences are not its text")
        for number in answer.numbers:
            if answer.text[number.start : number.end] != number.text:
                self.false.append(f"{number.text!r} does not stand where it is said to")
        self._check_numerals()

    def _check_numerals(self) -> None:
        """Every numeral of the text has a number, and every number a proof."""
        known = {*self.answer.figures, *(c.id for c in self.answer.calculations)}
        known |= {"date", "identifier", "ordinal", "question"}
        for number in self.answer.numbers:
            if number.proof not in known:
                self.false.append(f"{number.text!r} has no proof {number.proof!r}")
        body = binding.without_markers(self.answer.text)
        for numeral in numerals.scan(body):
            text = body[numeral.start : numeral.end]
            if not _is_listed(numeral.start, numeral.end, self.answer.numbers):
                if numeral.kind != "indefinite" and not self._is_notice(numeral.start):
                    self.false.append(f"{text!r} has no proof")

    def _is_notice(self, offset: int) -> bool:
        return any(s.kind == "notice" and s.start <= offset < s.end for s in self.answer.sentences)

    # Figures and arithmetic

    def _check_figures(self) -> None:
        for id, figure in self.answer.figures.items():
            article = self.articles.get(figure.article_id)
            if article is None:
                continue
            text = article.text[figure.start : figure.end]
            if text != self.answer.figure_texts.get(id):
                self.false.append(f"{id}: {figure.article_id} says {text!r} there")
            elif not any(_reads_alike(figure, one) for one in figures.find(article)):
                self.false.append(f"{id}: {text!r} does not read as it is told here")

    def _check_calculations(self) -> None:
        steps = [_step(c) for c in self.answer.calculations]
        done, refused = calculation.attempt(steps, self._reread(), self.answer.figure_texts)
        self.false += [f"{id}: {reason}" for id, reason in refused.items()]
        for told in self.answer.calculations:
            found = done.get(told.id)
            if found is None:
                continue
            same = answers.interval_to(found) == answers.interval_to(told)
            if not same or (found.unit, found.formula, found.text) != (
                told.unit,
                told.formula,
                told.text,
            ):
                self.false.append(f"{told.id}: {found.formula}, not {told.formula}")

    def _reread(self) -> dict[str, Figure]:
        """The answer's figures as their articles tell them, where these have not changed."""
        if self.stale:
            return dict(self.answer.figures)
        reread = {}
        for id, figure in self.answer.figures.items():
            article = self.articles.get(figure.article_id)
            like = figures.find(article) if article else ()
            reread[id] = next((one for one in like if _reads_alike(figure, one)), figure)
        return reread

    # The proof again

    def _check_proof(self) -> None:
        """The sentences go through the proof as if a reader had drafted them."""
        answer = self.answer
        draft = Draft(
            status=answer.status,
            sentences=tuple(self._drafted(sentence) for sentence in answer.sentences),
            sources=tuple(Source(c.article_id, c.start, c.end) for c in answer.citations),
            figures=self._reread(),
            steps=tuple(_step(c) for c in answer.calculations),
        )
        verdict = proof.check(
            draft,
            Query(answer.understood, answer.question),
            self.articles,
            lambda id: figures.find(self.articles[id]),
            self._passage_of,
            calculation.identities(self.corpus),
        )
        objections = [o for o in verdict.objections if not self._is_told_title(o, answer)]
        self.false += [o.reason for o in objections]
        if not objections and verdict.answer.text != answer.text and not verdict.objections:
            self.false.append(f"its text should read: {verdict.answer.text}")

    def _drafted(self, sentence: AnswerSentence) -> DraftSentence:
        """A sentence with its proven numbers as slots again, unless it is quoted whole."""
        text = self.answer.text[sentence.start : sentence.end]
        if sentence.kind == "notice" or self._is_verbatim(text, sentence):
            return DraftSentence(text, sentence.kind)
        for number in reversed(self.answer.numbers):
            inside = sentence.start <= number.start and number.end <= sentence.end
            if inside and number.proof[-1].isdigit():
                start, end = number.start - sentence.start, number.end - sentence.start
                text = f"{text[:start]}{{{number.proof}}}{text[end:]}"
        return DraftSentence(text, sentence.kind)

    def _is_verbatim(self, text: str, sentence: AnswerSentence) -> bool:
        quotes = [c.quote for c in self.answer.citations if c.number in sentence.citations]
        flat = binding.flatten(text).text
        return any(binding.flatten(quote).text.strip().rstrip(".!?") in flat for quote in quotes)

    def _passage_of(self, article_id: str, start: int, end: int) -> Span | None:
        for c in self.answer.citations:
            if (c.article_id, c.start, c.end) == (article_id, start, end):
                return Span(*c.passage)
        return None

    def _is_told_title(self, objection: proof.Objection, answer: Answer) -> bool:
        """A notice may name any article of the corpus: those cited nowhere are read only now."""
        if objection.kind != "notice":
            return False
        sentence = answer.sentences[objection.sentence]
        text = answer.text[sentence.start : sentence.end]
        return not proof.notice_complaints(text, answer.question, answer.understood, self._titles())

    def _titles(self) -> list[str]:
        found = []
        for path in articles.scan(self.corpus):
            article = _read(articles.identify(path, self.corpus), self.corpus)
            found += [article.title] if article else []
        return found


def _uncited(figure: Figure) -> Citation:
    return Citation(0, figure.article_id, "", 0, 0, "", (0, 0), "", "")


def _read(article_id: str, corpus: Path) -> Article | None:
    """The article, None when it is gone or lies outside the corpus."""
    path = corpus / article_id
    if not path.resolve().is_relative_to(corpus.resolve()) or not path.is_file():
        return None
    try:
        return articles.read(path, corpus)
    except IngestError:
        return None


def _whereabouts(citation: Citation, article: Article) -> str:
    """What became of a quote in an edited article."""
    name = f"[{citation.number}]"
    if citation.quote in article.text:
        return f"{name} still stands in {article.id}, in another place"
    flat = binding.flatten(citation.quote).text.strip()
    if flat in binding.flatten(article.text).text:
        return f"{name} still stands in {article.id}, with other spaces or quote marks"
    return f"{name} no longer stands in {article.id}: “{citation.quote}”"


def _covers(sentences: Sequence[AnswerSentence], text: str) -> bool:
    """Sentences follow each other, with nothing but space between."""
    at = 0
    for sentence in sentences:
        if sentence.start < at or sentence.end > len(text) or text[at : sentence.start].strip():
            return False
        at = sentence.end
    return not text[at:].strip()


def _is_listed(start: int, end: int, numbers: Sequence[Number]) -> bool:
    return any(number.start < end and start < number.end for number in numbers)


def _reads_alike(told: Figure, found: Figure) -> bool:
    """Whether a figure of the article is the one told, to the digits that a file keeps."""
    slots = ("start", "end", "unit", "kind", "comparator", "direction", "period", "measure")
    return answers.interval_to(told) == answers.interval_to(found) and all(
        getattr(told, slot) == getattr(found, slot) for slot in (*slots, "entity")
    )


def _step(told: answers.Calculation) -> Step:
    return Step(
        id=told.id,
        operation=told.operation,
        operands=told.operands,
        parameters=told.parameters,
        measure=told.measure,
        entity=told.entity,
        period=told.period,
        identity=told.identity,
    )
