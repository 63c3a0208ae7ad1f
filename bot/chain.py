"""The chain: question → query → evidence → draft → proven answer, as LangChain runnables."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any

from langchain_core.runnables import Runnable, RunnableConfig, RunnableLambda

from bot import proof, questions, retrieval
from bot.answers import Answer, Citation, Usage, added
from bot.asking import asides, chatter, followups, leanings, orders
from bot.asking.leanings import Told
from bot.calculation import identities
from bot.deriving import amounts
from bot.deriving.amounts import Standing
from bot.drafts import Draft, DraftSentence
from bot.errors import HistoryMalformed, ModelError, QuestionEmpty
from bot.events import Event as Event
from bot.events import Sentence as Sentence
from bot.events import Status as Status
from bot.evidence import tellers
from bot.identities import Identity
from bot.language import reasons
from bot.proof import Verdict
from bot.questions import Query, Turn
from bot.readers.extractive import ExtractiveReader
from bot.retrieval import Evidence
from bot.searching import apiece, both, gathering, narrowing, peering, thesaurus
from bot.searching.naming import Names
from bot.searching.spelling import Spelling
from bot.settings import Settings
from bot.tagging import Tagger
from bot.tagging.matching import Matcher
from bot.tagging.tagger import before_of
from bot.texts import gist
from ingest import Span
from ingest.embedding import Embedding
from ingest.embedding import load as load_embedding
from ingest.index import Index

if TYPE_CHECKING:
    from bot.readers.mending import Mending
    from bot.readers.model import ModelReader, Restated

MAX_QUESTION_CHARS = 4_000
MAX_ANSWER_CHARS = 300
# So many ways to leave remarks out are tried of a question that is declined with them.
MOST_PLAIN = 2
_MARKS = re.compile(r"\s*\[\d+\]")
NOT_SAID = "The articles do not say."


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as it comes in: with its conversation, and the one article to read, if any."""

    question: str
    history: tuple[Turn, ...] = ()
    article: str | None = None


@dataclass(frozen=True, slots=True)
class Understood:
    """The question, understood; `failure` is why no chat model will be asked about it.

    phrases: what else a chat model would search for
    turns: all turns before, of which `asked` holds those that the question leans on
    within: the articles that it is answered from, where not from all
    standing: what it asks of the answer before, with what was told
    """

    asked: Asked
    query: Query
    phrases: tuple[str, ...] = ()
    usage: Usage | None = None
    failure: ModelError | None = None
    turns: tuple[Turn, ...] = ()
    within: tuple[str, ...] = ()
    standing: Standing | None = None


@dataclass(frozen=True, slots=True)
class Retrieved:
    """The first half's result, with the time that it took.

    others: other ways to understand the question, which the evidence may answer better
    """

    understood: Understood
    evidence: Evidence
    seconds: float = 0.0
    others: tuple[Retrieved, ...] = ()

    @property
    def query(self) -> Query:
        return self.understood.query


class AnswerChain(Runnable[Asked, Event]):
    """`invoke` gives the Answer; `stream` gives Status, Sentence and, last, the Answer.

    model: the chat model that reads; without one, and where it fails, `extractive` does
    """

    def __init__(
        self,
        index: Index,
        extractive: ExtractiveReader,
        model: ModelReader | None = None,
        known: Sequence[Identity] | None = None,
        matcher: Matcher | None = None,
    ) -> None:
        self._index, self.extractive, self.model = index, extractive, model
        self._matcher = matcher
        self._identities = known
        self._understand = RunnableLambda(self._parse, name="understand")
        self._retrieve = RunnableLambda(self._search, name="retrieve")
        self._answer: Runnable[Retrieved, Any] = RunnableLambda(self._read_and_prove, name="answer")
        self._whole: Runnable[Asked, Any] = RunnableLambda(self._events, name="quotient")

    def invoke(self, input: Asked, config: RunnableConfig | None = None, **kwargs: Any) -> Answer:
        """The proven answer; raises BotError or IngestError, each fit to show."""
        answer: Answer = self._whole.invoke(input, config)
        return answer

    def stream(
        self, input: Asked, config: RunnableConfig | None = None, **kwargs: Any
    ) -> Iterator[Event]:
        """Events as they come, the Answer last."""
        yield from self._whole.stream(input, config)

    def retrieve(self, asked: Asked, config: RunnableConfig | None = None) -> Retrieved:
        """The first half: the question understood, and the evidence for it."""
        started = time.perf_counter()
        retrieved: Retrieved = (self._understand | self._retrieve).invoke(asked, config)
        return replace(retrieved, seconds=time.perf_counter() - started)

    def answer(self, retrieved: Retrieved, config: RunnableConfig | None = None) -> Answer:
        """The second half: the evidence read, and the answer proven."""
        answer: Answer = self._answer.invoke(retrieved, config)
        return answer

    def events(self, retrieved: Retrieved, config: RunnableConfig | None = None) -> Iterator[Event]:
        """The second half as events, the Answer last."""
        yield from self._answer.stream(retrieved, config)

    def _events(self, asked: Asked, config: RunnableConfig) -> Iterator[Event]:
        yield Status("Searching the articles")
        retrieved = self.retrieve(asked, config)
        yield from self.events(retrieved, config)

    # The first half

    def _parse(self, asked: Asked, config: RunnableConfig) -> Understood:
        question = asked.question.strip()[:MAX_QUESTION_CHARS]
        if not question:
            raise QuestionEmpty
        understood = self._leaning(asked, followups.is_followup(questions.leading(question)))
        if self.model is None or not asked.history or understood.query.form == "declined":
            return understood
        understood = replace(understood, asked=asked)
        try:
            restated = self.model.whole(question, asked.history, config)
        except ModelError as failure:
            return replace(understood, failure=failure)
        return self._restated(understood, restated) if restated else understood

    def _leaning(self, asked: Asked, is_leaning: bool) -> Understood:
        """The question by itself, or made whole with the turn that it leans on."""
        history: tuple[Turn, ...] = ()
        if is_leaning:
            leading = questions.leading(asked.question)
            turn = questions.leant_on(leading, asked.history, self._index.embed)
            is_known = turn is not None and turn.told is not None
            history = _up_to(turn, asked.history) if is_known else asked.history
        question = asked.question.strip()[:MAX_QUESTION_CHARS]
        query = questions.parse(question, history, self._index.embed, is_leaning=is_leaning)
        bare = questions.bare(question)
        is_of_told = is_leaning and not query.subquestions
        told = amounts.standing(bare, asked.history) if is_of_told else None
        asked, turns = replace(asked, history=history), asked.history
        return Understood(asked, query, turns=turns, standing=told)

    def _restated(self, understood: Understood, restated: Restated) -> Understood:
        """The question as the model made it whole; the rules' form is searched for as well."""
        query = questions.parse(restated.question, (), embed=self._index.embed)
        return replace(
            understood,
            query=replace(query, asked=understood.query.asked),
            phrases=(understood.query.text, *restated.searches),
            usage=restated.usage,
        )

    def _search(self, understood: Understood) -> Retrieved:
        """What is found for the question, and for other ways to understand it."""
        first, *others = self._ways(understood)
        return replace(first, others=tuple(others))

    def _ways(self, understood: Understood) -> list[Retrieved]:
        """The ways to understand a question, the likeliest first: one that says little may be about
        what the last answer was told of, may stand alone, or may lean on the question before."""
        alone = self._searched(understood)
        asked = replace(understood.asked, history=understood.turns)
        bare = questions.leading(asked.question)
        turn = questions.leant_on(bare, asked.history, self._index.embed)
        is_open = self.model is None and understood.query.form != "declined"
        is_there = followups.points_there(bare)
        cited = _last_cited(asked.history) if asked.article is None else ()
        if turn is None or not is_open or not (is_there or followups.leaning(bare) == "perhaps"):
            return [alone]
        if is_there:
            understood = self._leaning(asked, False)
            alone = self._searched(understood)
        leaning = self._searched(self._leaning(asked, True))
        is_bare = is_there or followups.says_nothing(bare)
        ways = [leaning, alone] if is_bare else [alone, leaning]
        if leaning.query.periods and not alone.query.periods:
            return [leaning, alone]
        if cited:
            ways.insert(0, self._searched(replace(understood, within=cited)))
        return ways

    def _searched(self, understood: Understood) -> Retrieved:
        """Look for the question; for a follow-up, also for what was typed and other forms of it."""
        asked, query = understood.asked, understood.query
        if one := self._by_place(query):
            asked = replace(asked, article=asked.article or one)
            understood = replace(understood, asked=asked)
        forms = (query.asked, *understood.phrases) if asked.history else ()
        if asked.history and query.text != query.asked:
            forms = (*forms, *_of_before(asked.history[-1]))
        within = understood.within or None
        found = [self._found(sought, asked, within) for sought in gathering.searches(query, forms)]
        retrieved = self._in_their_words(Retrieved(understood, self._merged(found)))
        narrowed = self._narrowed(self._of_papers(retrieved))
        return self._with_told(self._with_peers(self._with_each(narrowed, asked)))

    def _with_each(self, retrieved: Retrieved, asked: Asked) -> Retrieved:
        """What stands in the articles of each of several things that are taken together, too."""
        if asked.article or retrieved.understood.within:
            return retrieved

        def find(query: Query, articles: Sequence[str] | None) -> Evidence:
            return self._found(query, asked, articles)

        evidence = apiece.added(retrieved.query, retrieved.evidence, find)
        return replace(retrieved, evidence=evidence)

    def _by_place(self, query: Query) -> str | None:
        """The article that a summary is asked of by its place among all: "the second article"."""
        is_gist = query.form == "summary"
        return gist.by_place(query.text, self._index.article_ids()) if is_gist else None

    def _found(self, query: Query, asked: Asked, articles: Sequence[str] | None = None) -> Evidence:
        """What one search finds: more where a matcher will choose of it."""
        k = narrowing.WIDE if self._matcher else retrieval.DEFAULT_K
        return retrieval.retrieve(query, self._index, k=k, article=asked.article or articles)

    def _of_papers(self, retrieved: Retrieved) -> Retrieved:
        """The question put to the papers that it names, and what stands in their articles."""
        understood, evidence = retrieved.understood, retrieved.evidence
        parse = partial(questions.parse, embed=self._index.embed)
        query = tellers.put(understood.query, [*evidence.articles.values()], parse)
        if query == understood.query or understood.asked.article or understood.within:
            return retrieved
        put = tellers.put_to(query)
        found = self._found(query, understood.asked, sorted(put)) if put else evidence
        return Retrieved(replace(understood, query=query), found if found.hits else evidence)

    def _merged(self, found: Sequence[Evidence]) -> Evidence:
        k = narrowing.MOST if self._matcher else gathering.MAX_HITS
        return gathering.merged(found, k)

    def _narrowed(self, retrieved: Retrieved) -> Retrieved:
        """Of what was found, what goes best with the question and with its parts."""
        query, matcher = retrieved.query, self._matcher
        if matcher is None or query.form == "declined":
            return retrieved
        before = before_of(query, retrieved.understood.asked.history)
        texts = [(query.wording, before), *((part.wording, None) for part in query.subquestions)]
        asked = [matcher.asked(*text) for text in texts]
        narrowed = narrowing.narrowed(retrieved.evidence, matcher, asked, self._index.sentences)
        return replace(retrieved, evidence=narrowed)

    def _with_peers(self, retrieved: Retrieved) -> Retrieved:
        """The evidence with the articles of those that are asked about as a set."""
        understood = retrieved.understood
        if understood.asked.article or understood.within:
            return retrieved
        return self._with_articles(retrieved, peering.ids(retrieved.query, self._index))

    def _with_told(self, retrieved: Retrieved) -> Retrieved:
        """The evidence with the articles that the amounts were told from which it is asked of."""
        standing = retrieved.understood.standing
        if standing is None or retrieved.understood.asked.article:
            return retrieved
        return self._with_articles(retrieved, sorted(standing.articles))

    def _with_articles(self, retrieved: Retrieved, ids: Sequence[str]) -> Retrieved:
        evidence = retrieved.evidence
        missing = [id for id in ids if id not in evidence.articles]
        if not missing:
            return retrieved
        found = [retrieval.retrieve(retrieved.query, self._index, k=2, article=i) for i in missing]
        return replace(retrieved, evidence=gathering.joined(evidence, found))

    def _in_their_words(self, retrieved: Retrieved) -> Retrieved:
        """The question, and those before, in the words of the articles that were found."""
        asked, query = retrieved.understood.asked, retrieved.query
        if query.form == "declined":
            return retrieved
        names, wording = Names(retrieved.evidence), thesaurus.Wording(retrieved.evidence)
        spelling = self._spelling(retrieved.evidence)

        def put(text: str) -> str:
            put = wording.put(names.put(spelling.put(text) if spelling else text))
            return both.put(put, retrieved.evidence)

        typed = reasons.asked(orders.put(_typed(asked)))
        said = put(typed)
        turns = tuple(_put(turn, put) for turn in asked.history)
        if (said, turns) == (typed, asked.history):
            return retrieved
        again = questions.parse(said, turns, embed=self._index.embed, is_leaning=bool(turns))
        again = replace(again, asked=query.asked, said=again.said or again.asked)
        found = self._found(again, asked, retrieved.understood.within or None)
        understood = replace(retrieved.understood, asked=replace(asked, history=turns), query=again)
        return Retrieved(understood, self._merged([found, retrieved.evidence]))

    def _spelling(self, evidence: Evidence) -> Spelling | None:
        """What puts misspelt words right, where word pieces tell which words are known."""
        if self._matcher is None:
            return None
        pieces = self._matcher.pieces
        return Spelling(evidence, lambda word: len(pieces.of(word, 2)))

    # The second half

    def _read_and_prove(self, retrieved: Retrieved, config: RunnableConfig) -> Iterator[Event]:
        started = time.perf_counter() - retrieved.seconds
        for event in self._read(retrieved, config):
            if isinstance(event, Answer):
                event = replace(event, seconds=round(time.perf_counter() - started, 4))
            yield event

    def _read(self, retrieved: Retrieved, config: RunnableConfig) -> Iterator[Event]:
        if self.model is None or retrieved.query.form == "declined":
            yield from self._without_model(retrieved)
        elif retrieved.understood.failure is not None:
            yield from self._instead(retrieved, str(retrieved.understood.failure))
        else:
            yield from self._with_model(self.model, retrieved, config)

    def _without_model(
        self, retrieved: Retrieved, note: str | None = None, usage: Usage | None = None
    ) -> Iterator[Event]:
        yield Status("Reading and checking")
        answer = self._plainly(retrieved, self._extracted(retrieved))
        note = " ".join(filter(None, (note, answer.note))) or None
        for sentence in answer.sentences:
            yield Sentence(answer.text[sentence.start : sentence.end])
        yield replace(answer, reader=self.extractive.name, note=note, usage=usage)

    def _extracted(self, retrieved: Retrieved) -> Answer:
        """What the extractive reader says, of several ways to understand the question by the one
        that the evidence answers best."""
        readings = (retrieved, *retrieved.others)
        return leanings.best([self._drafted(reading) for reading in readings])

    def _plainly(self, retrieved: Retrieved, declined: Answer) -> Answer:
        """The answer to a question without remarks, where it is declined with them."""
        asked, form = retrieved.understood.asked, retrieved.query.form
        if declined.status != "abstained" or form == "declined":
            return declined
        named = Names(retrieved.evidence).of
        for plain in asides.plainer(_typed(asked), named)[:MOST_PLAIN]:
            again = replace(asked, question=plain, history=retrieved.understood.turns)
            is_leaning = followups.is_followup(questions.leading(plain))
            answer = self._extracted(self._search(self._leaning(again, is_leaning)))
            if answer.status != "abstained":
                return replace(answer, question=declined.question)
        return declined

    def _drafted(self, retrieved: Retrieved) -> Told:
        """What the reader says; a result that does not stand is told once more, bare."""
        given = retrieved.query, retrieved.evidence, retrieved.understood.asked.history
        draft = self.extractive.read(*given, standing=retrieved.understood.standing)
        verdict = self._prove(retrieved, draft)
        if verdict.objections and draft.steps:
            said = [str(objection) for objection in verdict.objections]
            told = retrieved.understood.standing
            again = self._prove(retrieved, self.extractive.read(*given, said, told))
            verdict = verdict if again.objections else again
        if verdict.objections and retrieved.understood.standing:
            understood = replace(retrieved.understood, standing=None)
            return self._drafted(replace(retrieved, understood=understood))
        return verdict.answer, draft.chance

    def _instead(
        self, retrieved: Retrieved, reason: str, usage: Usage | None = None
    ) -> Iterator[Event]:
        """The extractive reader's answer, saying why it is not the model's."""
        note = f"{reason} This answer was put together without it."
        usage = added(usage, retrieved.understood.usage)
        yield from self._without_model(retrieved, note, usage)

    def _with_model(
        self, model: ModelReader, retrieved: Retrieved, config: RunnableConfig
    ) -> Iterator[Event]:
        from bot.readers.mending import Mending

        yield Status("Reading the articles")
        mending = Mending(
            model, partial(self._prove, retrieved), retrieved.query, retrieved.evidence, config
        )
        yield from mending.events()
        usage = added(mending.usage, retrieved.understood.usage)
        if mending.answer is not None:
            note = f"{mending.failure} The answer ends early." if mending.failure else None
            yield replace(mending.answer, usage=usage, note=note or mending.answer.note)
        elif mending.abstention is not None:
            yield self._abstention(retrieved, mending.abstention, model.name, usage)
        else:
            yield from self._instead(retrieved, _reason(model.name, mending), usage)

    def _abstention(
        self, retrieved: Retrieved, abstained: Draft, name: str, usage: Usage | None
    ) -> Answer:
        """No answer, in the extractive reader's words where it finds none either."""
        draft = self.extractive.read(retrieved.query, retrieved.evidence)
        if draft.status != "abstained":
            draft = replace(abstained, sentences=(DraftSentence(NOT_SAID, "notice"),))
        answer = self._prove(retrieved, draft).answer
        return replace(answer, reader=name, usage=usage)

    def _prove(self, retrieved: Retrieved, draft: Draft) -> Verdict:
        verdict = proof.check(
            draft,
            retrieved.query,
            retrieved.evidence.articles,
            self._index.figures,
            partial(passage_around, retrieved.evidence),
            self._identities,
        )
        citations = tuple(self._with_copies(one, retrieved) for one in verdict.answer.citations)
        return replace(verdict, answer=replace(verdict.answer, citations=citations))

    def _with_copies(self, citation: Citation, retrieved: Retrieved) -> Citation:
        """The citation, naming the near-duplicates of its article that say the same."""
        words = citation.quote.split()
        near = retrieved.evidence.copies.get(citation.article_id, ())
        same = [id for id in near if _holds(self._index.article(id).text.split(), words)]
        return replace(citation, copies=tuple(same)) if same else citation


def _typed(asked: Asked) -> str:
    """What was typed, as far as it is read, without what asks nothing around it."""
    return chatter.without(asked.question.strip()[:MAX_QUESTION_CHARS])


def _up_to(turn: Turn | None, turns: Sequence[Turn]) -> tuple[Turn, ...]:
    """The turns of a conversation up to one of them."""
    at = next((place for place, other in enumerate(turns) if other is turn), len(turns) - 1)
    return tuple(turns[: at + 1])


def _last_cited(turns: Sequence[Turn]) -> tuple[str, ...]:
    """The articles that the last answer with a citation cites."""
    told = (turn.told for turn in reversed(turns) if turn.told and turn.told.citations)
    last = next(told, None)
    return tuple(sorted({c.article_id for c in last.citations})) if last else ()


def _put(turn: Turn, put: Callable[[str], str]) -> Turn:
    """A turn in other words; its answer stays."""
    told = replace(turn.told, understood=put(turn.told.understood)) if turn.told else None
    return Turn(put(turn.question), turn.answer, told)


def _of_before(turn: Turn) -> tuple[str, ...]:
    """What a follow-up leans on: the question before, and what was answered."""
    answer = _MARKS.sub("", turn.answer).strip()[:MAX_ANSWER_CHARS]
    return tuple(filter(None, (turn.whole, answer)))


def _reason(name: str, mending: Mending) -> str:
    if mending.failure is not None:
        return str(mending.failure)
    if mending.is_unreadable:
        return f"The model {name!r} did not reply in the form it was asked for; a larger one may."
    return f"Nothing that the model {name!r} wrote could be proven from the articles."


def _holds(words: Sequence[str], run: Sequence[str]) -> bool:
    """Whether the words of a text hold this run of words."""
    return f" {' '.join(run)} " in f" {' '.join(words)} "


def passage_around(evidence: Evidence, article_id: str, start: int, end: int) -> Span | None:
    """The retrieved passage that holds text[start:end] of the article."""
    for hit in evidence.hits:
        passage = hit.passage
        if passage.article_id == article_id and passage.start <= start and end <= passage.end:
            return Span(passage.start, passage.end)
    return None


class Bot:
    """The friendly face: `Bot.open(settings).ask("What were exports in 2024?")`."""

    def __init__(self, index: Index, chain: AnswerChain) -> None:
        self.index, self.chain = index, chain

    @classmethod
    def open(cls, settings: Settings, embedding: Embedding | None = None) -> Bot:
        """Open the index that `settings` names; raises IndexMissing, IndexMismatch, ModelUnknown.

        embedding: one that is loaded already, to be shared between bots
        """
        known = identities(settings.corpus)
        model = None
        if settings.model:
            from bot.readers.model import ModelReader

            model = ModelReader.open(settings.model, settings.model_url, identities=known)
        embedding = embedding or load_embedding(settings.embedding)
        index = Index.open(
            settings.index_folder,
            embedding=embedding,
            chroma_url=settings.chroma_url,
        )
        tagger = Tagger.of(embedding)
        extractive = ExtractiveReader(index.embed, known, tagger)
        matcher = tagger.matcher if tagger else None
        return cls(index, AnswerChain(index, extractive, model, known, matcher))

    def ask(
        self,
        question: str,
        history: Sequence[Any] = (),
        *,
        article: str | None = None,
        config: RunnableConfig | None = None,
    ) -> Answer:
        """Answer a question; `history` holds strings or {"question", "answer"}, oldest first."""
        return self.chain.invoke(Asked(question, self.turns(history, config), article), config)

    def stream(
        self,
        question: str,
        history: Sequence[Any] = (),
        *,
        article: str | None = None,
        config: RunnableConfig | None = None,
    ) -> Iterator[Event]:
        """The same, as events."""
        return self.chain.stream(Asked(question, self.turns(history, config), article), config)

    def turns(
        self, history: Sequence[Any], config: RunnableConfig | None = None
    ) -> tuple[Turn, ...]:
        """Earlier turns made whole: a bare question is answered first, silently."""
        turns: tuple[Turn, ...] = ()
        for item in history:
            turn = _turn(item)
            if not turn.answer and turn.question.strip():
                answer = self.chain.invoke(Asked(turn.question, turns), config)
                turn = Turn(turn.question, answer.text, answer)
            turns = (*turns, turn)
        return turns

    def close(self) -> None:
        """Let go of the index."""
        self.index.close()


def _turn(item: Any) -> Turn:
    if isinstance(item, Turn):
        return item
    if isinstance(item, str):
        return Turn(item)
    if isinstance(item, dict) and isinstance(item.get("question"), str):
        return Turn(item["question"], str(item.get("answer") or ""))
    raise HistoryMalformed(f"{item!r:.80} is neither a question nor a turn")
