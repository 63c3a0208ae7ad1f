"""The reader that needs no language model: links, derives, quotes, or says what is missing."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from bot import derivation, questions
from bot.answers import Calculation
from bot.asking import disputed
from bot.calculation import Identity
from bot.calculation import identities as known_identities
from bot.derivation import Search
from bot.deriving import (
    amounts,
    candidates,
    judging,
    latest,
    narrows,
    operands,
    ranking,
    sense,
    wanted,
)
from bot.deriving.amounts import Standing
from bot.doubts import doubting, possible, strangers, straying
from bot.doubts.straying import NO_STRAYS, Strays, Word
from bot.drafts import Draft
from bot.evidence import (
    accounts,
    bases,
    cells,
    claimants,
    linking,
    mouths,
    subjects,
    tellings,
    twins,
)
from bot.evidence.linking import Card, Linker
from bot.evidence.pages import Embed, Found, Line, Pages
from bot.language import expecting, lists, meanings, sources, statements, superlatives, terms
from bot.nodes import Derivation, Node, attempted, leaf, node_of
from bot.questions import Form, Query, Turn
from bot.rankings import among, leaders, sieves, standings
from bot.readers import disputes, several
from bot.retrieval import Evidence
from bot.tagging import Tagger, Tags, features, tagger
from bot.tagging.features import Facts, Inputs
from bot.tagging.windows import MAX_QUESTION
from bot.texts import (
    causes,
    choosing,
    claims,
    clauses,
    direct,
    gist,
    levels,
    phrasing,
    premises,
    sayings,
    signs,
)
from bot.texts.choosing import Choice, Chooser
from bot.texts.composition import Composer
from bot.texts.gist import Gist
from bot.yesno import comparing, deciding, decisions, paces, telling
from bot.yesno.decisions import Decision
from ingest import Article, Figure, periods

# Below these an answer is not given: how well the best figure fits, how near the best sentence is.
FIGURE_FITS = 0.4
# With the tagger's word, a way must be this likely to be right.
LIKELY = 0.25
# An operand that is asked for by itself is believed with this chance.
OPERAND = 0.4
LIKELY_FIGURE = 0.4
LIKELY_LINE = 0.2
# Where no way is likely enough, the line of a figure is quoted if it has this chance, the figure
# this one of being asked for, and the question this one of asking for what is stated.
SURE_LINE, LIKELY_FIRST, MAY_BE_STATED = 0.9, 0.5, 0.2
# Words may answer a question that looks like one for a figure where their line has this chance.
SURE_WORDS = 0.7
# A question of open wording that asks for words with less than this chance may want a figure: the
# sentence of one that has this chance answers it alone.
MAY_BE_TEXT, MAY_BE_MEANT = 0.5, 0.2
# A further figure is told when the tagger is this sure that it was asked for.
ASKED_TOO = 0.4
# A second figure is told beside the first when its chance is this share of the first's.
AS_LIKELY = 0.6
_SEVERAL = re.compile(r"\band\b|,|\+|&")
_YEAR = re.compile(r"\b(?:1[5-9]|20)\d\d\b")
# A question for several things asks for words where this chance is left to it.
MAY_LIST = 0.25
QUOTE_FITS = 0.42
SENTENCE_FITS = 0.52
# Offered as the nearest thing when the question cannot be answered.
NEAR_COVERAGE = 0.5
MAX_QUOTED = 3
# Several are told of one thing where so many words of the question stand where they are told.
HELD = 2
# Cells of a row that are told where it decides.
MAX_CELLS = 2
# The second cell is told when its chance is so high.
BESIDE = 0.2


@dataclass(frozen=True, slots=True)
class Desk:
    """What one question is answered from: the evidence, linked and ranked when first needed.

    follows: whether the question leans on the one before
    again: the desk of another question over the same evidence, or over some of its articles
    strays: what strays of the question from lines that are cited, and of its words that they lack
    ways: what may answer with a figure, the likeliest first, where it was looked for
    is_denied: whether it is asked whether what the question supposes is not so
    """

    query: Query
    articles: Mapping[str, Article]
    linker: Linker
    found: Sequence[Found]
    tags: Tags | None = None
    follows: bool = False
    again: Callable[..., Desk] | None = None
    strays: Callable[[Collection[tuple[str, int]], Sequence[Word]], Strays] | None = None
    words: Sequence[Word] = ()
    ways: list[Derivation] | None = None
    is_denied: bool = False


# What is said beside a figure that is too near the asker's number.
_OPEN = "The figures are rounded too far to say whether that is so."


class ExtractiveReader:
    """Answers from the evidence alone. The same evidence always gives the same draft.

    embed: unit vectors of texts, as `Embedding.embed_many` gives them; without it only words count
    """

    name = "extractive"

    def __init__(
        self,
        embed: Embed | None = None,
        identities: Sequence[Identity] | None = None,
        tagger: Tagger | None = None,
    ) -> None:
        self._pages, self._embed = Pages(embed), embed
        self._tagger = tagger
        self.identities = known_identities(None) if identities is None else identities
        self._decks = linking.Decks()

    def read(
        self,
        query: Query,
        evidence: Evidence,
        history: Sequence[Turn] = (),
        objections: Sequence[str] = (),
        standing: Standing | None = None,
    ) -> Draft:
        """Draft an answer; where something was objected to, nothing is named beside a result.

        standing: what is asked of the answer before, with what was told
        """
        if query.form == "declined":
            return _declined(query)
        composer = Composer(is_bare=bool(objections))
        if standing and (drafted := self._followed(query, evidence, standing, composer)):
            return drafted
        chances: list[float] = [1.0]

        def ask(one: Query, before: Composer) -> Composer | None:
            desk, tried = self._asked(one, evidence, history), before.copy()
            if not self._answer(desk, tried):
                return None
            told = self._told(desk, before, tried)
            if told and doubting.is_doubtful(told):
                return None
            chances.append(doubting.chance(told) if told else 1.0)
            return tried

        asked_first = self._disputed(query, evidence) or self._of_named(query, evidence, composer)
        if asked_first:
            return asked_first
        if query.subquestions:
            drafted = several.read(query, evidence, composer, ask)
        else:
            whole = ask(query, composer)
            if whole is None and (dated := self._of_latest(query, evidence)):
                of_then = ask(dated, composer)
                whole = of_then if of_then and of_then.steps else None
            drafted = whole.draft("partial" if whole.is_open else "answered") if whole else None
        if drafted is None:
            told = self._among(query, evidence, composer)
            return told or self._abstained(self.desk(query, evidence))
        return replace(drafted, chance=min(chances))

    def _of_latest(self, query: Query, evidence: Evidence) -> Query | None:
        """The question of the last time that what it asks for is told of, where it names none."""
        if query.periods or query.form not in ("figure", "yesno") or self._tagger is None:
            return None
        desk = self.tagged(query, evidence)
        if desk.tags is None or self._foreign(desk):
            return None
        period = latest.period([card.figure for card in desk.linker.cards], desk.tags)
        if period is None:
            return None
        dated = latest.asked(query.text, period)
        return replace(questions.parse(dated, (), embed=self._embed), asked=query.asked)

    def _disputed(self, query: Query, evidence: Evidence) -> Draft | None:
        """What each of several tells of what is asked; None where no more than one is asked for, or
        no two tell of it."""
        asked = disputed.read(query.text) if query.form != "yesno" else None
        if asked is None:
            return self._gap(query, evidence) or self._who(query, evidence)
        desk, composer = self._again(evidence, asked.plain), Composer()
        if desk.tags is None or desk.tags.classes["text"] >= MAY_BE_TEXT:
            return None
        ways = self._ways(desk)
        if asked.plain != query.text:
            ways = [*ways, *self._ways(self.tagged(query, evidence))]
        told = disputes.told(asked, desk.query, ways, self._search(desk))
        if told:
            sayings.say(told, desk.articles, composer)
        return composer.draft("answered") if told else None

    def _gap(self, query: Query, evidence: Evidence) -> Draft | None:
        """By how much somebody put up or down what he told, or missed it."""
        asked = disputed.gap(query.text)
        if asked is None:
            return None
        desk, composer = self._again(evidence, asked.plain), Composer(is_bare=True)
        figures = disputes.apart(asked, desk.query, self._ways(desk), self._search(desk))
        made = attempted(node_of("difference", figures), desk.articles) if figures else None
        if made is None:
            return None
        _say(desk, made, composer)
        for figure in figures:
            _quote(desk, composer, figure.article_id, figure.sentence.start, figure.sentence.end)
        return composer.draft("answered")

    def _who(self, query: Query, evidence: Evidence) -> Draft | None:
        """Who tells the number that a question brings, and what others tell instead."""
        if not query.assumed or not disputed.asks_who(query.text):
            return None
        desk, composer = self.desk(query, evidence), Composer()
        told = mouths.of_number(desk.query, desk.linker.cards, desk.articles)
        sayings.say(told, desk.articles, composer)
        return composer.draft("answered") if told else None

    def _told_by_several(self, desk: Desk, way: Derivation, composer: Composer) -> bool:
        """Tell what several tell of what is asked, where the likeliest figure is what one of them
        says and the question names none."""
        if not way.is_stated or desk.query.told_by or claimants.asked(desk.query.text):
            return False
        meant = way.figures[way.result]
        told = mouths.beside(meant, desk.query, desk.linker.cards, desk.articles)
        n_held, n_asked = mouths.n_held(told, desk.query, desk.articles)
        if not told or n_held < HELD:
            return False
        told = mouths.each_value(told, desk.articles, told[:1])
        sayings.say(told, desk.articles, composer)
        composer.is_sure |= n_held == n_asked
        return True

    def _of_named(self, query: Query, evidence: Evidence, composer: Composer) -> Draft | None:
        """What is asked of several that a question names, or tells the number of."""
        is_told = among.is_told(query, evidence.articles)
        return self._among(query, evidence, composer) if is_told else None

    def _among(self, query: Query, evidence: Evidence, composer: Composer) -> Draft | None:
        """What is asked of several that have an article each; whether something is so is not."""
        if query.form == "yesno":
            return None
        desk = self.desk(query, evidence)
        is_said = among.say(query, desk.linker, desk.articles, composer)
        return composer.draft("answered") if is_said else None

    def _asked(self, query: Query, evidence: Evidence, history: Sequence[Turn]) -> Desk:
        """The desk of a question; of one whether something is untrue that of whether it is so."""
        claim = statements.denied(query.text)
        if claim is None:
            return self.tagged(query, evidence, history)
        return replace(self._again(evidence, claim), is_denied=True)

    def tagged(self, query: Query, evidence: Evidence, history: Sequence[Turn] = ()) -> Desk:
        """The desk of a question, with what the tagger says of the best sentences' windows."""
        if query.told_by:
            evidence = evidence.within({id for ids in query.told_by for id in ids})
        desk = self.desk(query, evidence)
        if self._tagger is None or not evidence.sentences:
            return desk
        given = self.given(desk, evidence, history)
        before = tagger.before_of(query, history)
        tags = self._tagger.tags(given)
        if before is not None:
            tags = self._tagger.followed(tags, query.text)
        tags = possible.kept(tags, desk.query, evidence.figures)
        again = partial(self._again, evidence)
        weights = self._tagger.matcher.asked(query.wording, before).weights
        strays = partial(straying.strays, given, weights)
        pieces = self._tagger.matcher.pieces
        n_most = MAX_QUESTION
        words = straying.words(query.wording, lambda w: len(pieces.of(w, n_most)), n_most)
        follows = before is not None
        return replace(desk, tags=tags, follows=follows, again=again, strays=strays, words=words)

    def _again(self, evidence: Evidence, text: str, within: frozenset[str] | None = None) -> Desk:
        """The desk of another question over the same evidence, or over some of its articles."""
        if within is not None:
            evidence = evidence.within(within)
        return self.tagged(questions.parse(text, (), embed=self._embed), evidence)

    def desk(self, query: Query, evidence: Evidence) -> Desk:
        """What the question is answered from: the evidence, linked and ranked."""
        articles = evidence.articles
        query = sense.in_money_told(query, evidence.figures)
        query = bases.in_time_told(query, evidence.figures)
        decks = [self._deck_of(article, evidence.figures) for article in articles.values()]
        lines = {
            (line.article_id, line.start): i
            for i, line in enumerate(
                line for a in articles.values() for line in self._pages.page(a).lines
            )
        }
        figures = [card.figure for deck in decks for card in deck.cards]
        places = [_places(f, lines) for f in figures]

        def meanings(text: str) -> list[float | None]:
            cosines = self._pages.cosines(text, articles)
            return [max((cosines[at] for at in told), default=None) for told in places]

        return Desk(
            query, articles, Linker(decks, meanings), self._pages.rank(query.text, articles)
        )

    def given(self, desk: Desk, evidence: Evidence, history: Sequence[Turn] = ()) -> Inputs:
        """What the tagger's network is given."""
        assert self._tagger is not None
        lines = {
            id: [(line.start, line.end) for line in self._pages.page(article).lines]
            for id, article in desk.articles.items()
        }
        sheets = self._tagger.chosen(evidence, lines)
        facts = Facts.of(desk.query, desk.linker, _goals(desk.query), desk.found)
        before = tagger.before_of(desk.query, history)
        return self._tagger.inputs(facts, desk.query.wording, before, sheets)

    def _deck_of(self, article: Article, figures: Sequence[Figure]) -> linking.Deck:
        return self._decks.of(article, [f for f in figures if f.article_id == article.id])

    def _answer(self, desk: Desk, composer: Composer) -> bool:
        """Say what answers the question; False when nothing does."""
        if self._foreign(desk):
            return False
        if self._ungrounded(desk, composer):
            return True
        form = _form(desk)
        if form == "yesno":
            return self._yesno(desk, composer)
        if form != "summary" and self._corrected(desk, composer):
            return True
        if _asks_by_name(desk.query, form):
            desk = replace(desk, ways=self._ways(desk))
            if _is_of_called(desk.ways) and self._figure(desk, composer):
                return True
        if _first_of(desk, composer):
            return True
        if form == "summary":
            return _summary(desk, composer, self._pages)
        if form == "figure":
            desk = replace(desk, ways=self._ways(desk))
            is_told = self._figure(desk, composer) or self._nearest_figure(desk, composer)
            is_told = is_told or self._surely_told(desk, composer)
            return is_told or (_asks_which(desk.query) and self._most(desk, composer))
        return self._barely_asked(desk, composer) or self._text(desk, composer)

    def _barely_asked(self, desk: Desk, composer: Composer) -> bool:
        """Say an amount that nothing but its name is asked of ("what were imports?"), where the
        rules are sure of it."""
        if not _BARELY.match(desk.query.text) or len(terms.find(desk.query.text)) > FEW_TERMS:
            return False
        ways = self._ways(desk)
        is_sure = bool(ways) and ways[0].score >= doubting.TAKEN
        return is_sure and self._figure(replace(desk, ways=ways), composer)

    def _followed(
        self, query: Query, evidence: Evidence, standing: Standing, composer: Composer
    ) -> Draft | None:
        """What follows from the answer before; None where it is looked for like another question,
        which an amount that was not told, or that of another time, is not."""
        desk = self.desk(query, evidence)
        if standing.is_of_nothing:
            return self._abstained(desk)

        def ask(phrase: str) -> Node | None:
            asked = self._again(evidence, f"{operands.OPENING}{phrase}?")
            told = operands.told(self._search(asked).answers(), OPERAND)
            return leaf(told[0]) if told else None

        if self._go_on(desk, standing, ask, composer):
            return composer.draft("answered")
        return self._abstained(desk) if standing.is_settled else None

    def _go_on(self, desk: Desk, standing: Standing, ask: amounts.Ask, composer: Composer) -> bool:
        """Say what follows from the amount that was told before, or what that rests on."""
        search = self._search(desk)
        if compared := amounts.comparison(standing, search, ask):
            holds, told = compared
            _say(desk, told[0], composer, "Yes" if holds else "No")
            for other in told[1:]:
                _say(desk, other, composer)
            return True
        if made := amounts.derive(standing, search, ask):
            _say(desk, made, composer)
            return True
        if both := amounts.ordered(standing, search):
            for one in both:
                _say(desk, one, composer)
            return True
        grounds = amounts.grounds(standing, desk.articles)
        for place in grounds:
            _quote(desk, composer, *place)
        return bool(grounds)

    def _told(self, desk: Desk, before: Composer, tried: Composer) -> doubting.Told | None:
        """What is about to be told for a question; None where nothing can be said of it."""
        lines = {(f.line.article_id, f.line.start): f for f in desk.found}
        new = [source for source in tried.sources if source not in before.sources]
        places = [(source.article_id, source.start) for source in new]
        cited = [lines[place] for place in places if place in lines]
        if desk.tags is None or not cited or tried.is_sure or _form(desk) == "summary":
            return None
        names = {source.article_id for source in new}
        figures = [f for id, f in tried.figures.items() if id not in before.figures]
        is_stated = len(tried.steps) == len(before.steps)
        known = [card.figure for card in desk.linker.cards]
        held = _stems_of(cited, figures)
        unheld = [word for word in desk.words if not linking.likes(word.stem, held)]
        return doubting.Told(
            query=desk.query,
            cited=cited,
            figures=figures,
            tags=desk.tags,
            rarity=self._pages.rarity(desk.query.text, desk.articles),
            score=tried.score,
            is_stated=is_stated,
            follows=desk.follows,
            rival=tried.rival,
            are_twins=tried.are_twins,
            years=doubting.years_of(
                [desk.articles[name] for name in names],
                [figure for figure in known if figure.article_id in names],
            ),
            asked=_asked(desk, tried, before),
            is_anothers=doubting.is_anothers(desk.query.entities, figures, known, held),
            is_unnamed=desk.query.form != "yesno"
            and doubting.is_unnamed(
                desk.query.entities,
                desk.articles[places[0][0]],
                self._pages.page(desk.articles[places[0][0]]).held.keys(),
                held,
            ),
            strays=desk.strays(places, unheld) if desk.strays else NO_STRAYS,
        )

    def _foreign(self, desk: Desk) -> str | None:
        """A name of the question that the evidence knows in no form."""
        held = [self._pages.page(article).held for article in desk.articles.values()]
        query = desk.query
        return strangers.first(query.text, query.entities, [*desk.articles.values()], held)

    def _search(self, desk: Desk) -> Search:
        return Search(desk.query, desk.linker, self.identities, desk.tags, desk.articles)

    def _figure(self, desk: Desk, composer: Composer) -> bool:
        found = self._ways(desk)
        if not found or found[0].score < (LIKELY if desk.tags else FIGURE_FITS):
            sure = _sure_line(desk, found)
            if sure is not None:
                _quote(desk, composer, sure.article_id, sure.sentence.start, sure.sentence.end)
            return sure is not None
        is_told = self._told_by_several(desk, found[0], composer)
        if not is_told and not _accounted(desk, found[0], composer):
            _say(desk, found[0], composer)
        alike = twins.of(desk.query.text, found)
        composer.score = found[0].score
        composer.rival = _rival([way for way in found if way not in alike])
        composer.are_twins = bool(alike)
        for other in [] if is_told else _asked_too(desk, found) or alike or _as_likely(desk, found):
            _say(desk, other, composer)
        return True

    def _ways(self, desk: Desk) -> list[Derivation]:
        """What may answer with a figure, the likeliest first."""
        if desk.ways is not None:
            return desk.ways
        found = derivation.derive(
            desk.query,
            [c.figure for c in desk.linker.cards],
            desk.articles,
            self.identities,
            desk.linker,
            desk.tags,
        )
        found = [way for way in found if not way.is_stated or _is_of_then(desk, way)]
        return [*self._of_operands(desk, found), *found]

    def _of_operands(self, desk: Desk, found: Sequence[Derivation]) -> list[Derivation]:
        """The way over what each operand that is named with its own time, or where nothing is
        likely, is surely answered with."""
        asked = operands.read(desk.query) if desk.again else None
        best = found[0].score if found else 0.0
        if asked is None or desk.again is None or not (asked.are_apart or best < LIKELY):
            return []
        again = desk.again
        node = operands.way(asked, lambda text: self._search(again(text)).answers(), OPERAND)
        made = attempted(node, dict(desk.articles)) if node else None
        return [made] if made else []

    def _nearest_figure(self, desk: Desk, composer: Composer) -> bool:
        """The sentence of the figure that fits best, quoted as it stands."""
        links = desk.linker.links(derivation.goal_of(desk.query))
        if not _period_is_known(desk) or (desk.tags and not _is_plain(desk.tags)):
            return False
        if links and links[0].score >= QUOTE_FITS and _slots_fit(links[0], desk):
            figure, told = links[0].card.figure, links[0].card.figure.sentence
            may_be = _may_be_of_then(desk, figure.article_id, told.start, told.end)
            if may_be and not _is_of_another(desk, links[0].card):
                _quote(desk, composer, figure.article_id, told.start, told.end)
                return True
        if desk.query.is_sure:
            return False
        desk = replace(desk, found=[f for f in desk.found if _is_line_of_then(desk, f)])
        choices = _choices(desk, self._pages)
        if choices and _is_beside_it(desk, choices[0].found.line):
            return False
        return self._text(desk, composer)

    def _yesno(self, desk: Desk, composer: Composer) -> bool:
        desk_of = desk.again

        def again(text: str, within: frozenset[str] | None = None) -> Search:
            assert desk_of is not None
            return self._search(desk_of(text, within))

        decision = deciding.decide(
            desk.query,
            self._search(desk),
            dict(desk.articles),
            desk.found,
            again if desk_of else None,
        )
        if decision is None:
            return False
        decision = decisions.turned(decision) if desk.is_denied else decision
        opening, composer.is_sure = decision.holds.capitalize(), decision.is_called
        if decision.is_open:
            opening, composer.is_open, composer.note = "", True, _OPEN
        told = decision.derivations
        is_called = bool(told) and all(way.node and way.node.called for way in told)
        if is_called or (told and min(way.score for way in told) >= doubting.TAKEN):
            composer.score = min(way.score for way in told)
        if decision.saying:
            _say_why(decision, composer, opening)
            return True
        for derived in told:
            _say(desk, derived, composer, opening)
            opening = ""
        if decision.found:
            _decided_by(desk, composer, decision.found.line, opening)
        return True

    def _ungrounded(self, desk: Desk, composer: Composer) -> bool:
        """Where the articles tell the contrary of the ground on which something is asked: that,
        and then what is asked."""
        ground = clauses.read(desk.query.asked) or clauses.read(desk.query.text)
        if ground is None or desk.again is None:
            return False
        if not self._denied(desk.again(ground.told), composer):
            return False
        self._answer(desk.again(ground.asked), composer)
        composer.is_sure = True
        return True

    def _corrected(self, desk: Desk, composer: Composer) -> bool:
        """Where the articles tell the contrary of what the question takes for granted: that, and
        why, where it asks why."""
        found = premises.contrary(desk.query, desk.linker.cards, desk.found, desk.articles)
        if not self._denied(desk, composer):
            return False
        if found and premises.asks_cause(desk.query.text) and desk.again and not found.is_moot:
            self._text(desk.again(found.turned(desk.query.text)), composer)
        return True

    def _denied(self, desk: Desk, composer: Composer) -> bool:
        """Say what tells the contrary of what the question takes for granted."""
        found = premises.contrary(desk.query, desk.linker.cards, desk.found, desk.articles)
        if found is None:
            return (
                self._not_passed(desk, composer)
                or _outdone(desk, composer)
                or _of_other_sign(desk, composer)
            )
        line, told = found.line, _moved(desk, composer, found)
        if told:
            composer.say(told, "quoted")
        else:
            _quote(desk, composer, line.article_id, line.start, line.end, found.opening)
        composer.is_sure = True
        return True

    def _not_passed(self, desk: Desk, composer: Composer) -> bool:
        """The figure that is short of a number which the question takes to have been passed."""
        passed = levels.read(desk.query.asked) or levels.read(desk.query.text)
        if passed is None or desk.again is None:
            return False
        asked = desk.again(passed.asked)
        if any(passed.may_be(card, asked.query.periods) for card in asked.linker.cards):
            return False
        made = comparing.against_number(asked.query, self._search(asked), dict(asked.articles))
        way = made.derivations[0] if made and made.holds == "no" else None
        if way is None or not way.is_stated:
            return False
        figure = way.figures[way.result]
        if figure.claim in levels.NO_FACT or passed.held(figure) != "no":
            return False
        told = figure.sentence
        _quote(desk, composer, figure.article_id, told.start, told.end, passed.denied)
        composer.is_sure = True
        return True

    def _text(self, desk: Desk, composer: Composer) -> bool:
        choices = _choices(desk, self._pages) if _period_is_known(desk) else []
        if not choices:
            return False
        if _may_want_a_figure(desk) and (line := self._line_of_figure(desk, choices)):
            _quote(desk, composer, line.article_id, line.start, line.end)
            return True
        cut = _direct(desk, composer, choices)
        composer.is_sure |= cut is choices[0] and _is_listed(desk, choices)
        lines = _told(desk, self._pages, choices, cut)
        if not cut and self._are_mentions(desk, lines):
            composer.say("The articles do not say what that is, but mention it:", "notice")
        for line in lines:
            _quote(desk, composer, line.article_id, line.start, line.end)
        return True

    def _are_mentions(self, desk: Desk, lines: Sequence[Line]) -> bool:
        """Whether it is asked what a thing is, and lines only mention it."""
        thing = meanings.asked(desk.query.text)
        if thing is None:
            return False
        after = [self._pages.after(line, desk.articles) for line in lines]
        return all(
            meanings.is_only_mentioned(thing, line.text, behind.text if behind else "")
            for line, behind in zip(lines, after, strict=True)
        )

    def _surely_told(self, desk: Desk, composer: Composer) -> bool:
        """A question that names no amount, by sentences of which the tagger is sure: it wanted
        words, though it looked like one for a figure."""
        if desk.tags is None or not _may_be_in_words(desk) or not _period_is_known(desk):
            return False
        choices = _choices(desk, self._pages)
        return bool(choices) and choices[0].chance >= SURE_WORDS and self._text(desk, composer)

    def _most(self, desk: Desk, composer: Composer) -> bool:
        """Which one is most so: a sentence that says so of one, where no figures tell it."""
        choices = _choices(desk, self._pages) if _period_is_known(desk) else []
        lines = [choice.found.line for choice in choosing.told(choices)] if choices else []
        line = next((line for line in lines if choosing.tells_most(line)), None)
        if line is not None:
            _quote(desk, composer, line.article_id, line.start, line.end)
        return line is not None

    def _line_of_figure(self, desk: Desk, choices: Sequence[Choice]) -> Line | None:
        """Of the sentences that may answer, the one of the likeliest figure, unless the best one
        has a name of the question that it has not."""
        told = [choice.found.line for choice in choosing.told(choices)]
        way = next((way for way in self._ways(desk) if way.is_stated), None)
        if way is None or way.score < MAY_BE_MEANT:
            return None
        figure = way.figures[way.result]
        place = figure.sentence_place
        line = next((line for line in told if (line.article_id, line.start) == place), None)
        named = [name for name in desk.query.entities if name in told[0].text]
        return line if line and all(name in line.text for name in named) else None

    def _missing(self, desk: Desk) -> str:
        """What the articles lack: a name, a period, or else the answer."""
        if name := self._foreign(desk):
            return f"The articles do not mention {name}."
        if not _period_is_known(desk):
            told = " or ".join(periods.describe(p) for p in desk.query.periods)
            if terms.stems_of(told) <= terms.stems_of(desk.query.text):
                return f"The articles do not say anything about {told}."
        return "The articles do not say."

    def _abstained(self, desk: Desk) -> Draft:
        """What is missing, and the nearest thing that the articles hold."""
        composer = Composer()
        composer.say(self._missing(desk), "notice")
        links = desk.linker.links(derivation.goal_of(desk.query))
        near = [link.card.figure for link in links[:1] if link.coverage >= NEAR_COVERAGE]
        return composer.draft("abstained", nearest=tuple(composer.name(f) for f in near))


def _places(figure: Figure, lines: Mapping[tuple[str, int], int]) -> list[int]:
    """The line of a figure, and that of what it measures where this is told before it."""
    own = lines.get(figure.sentence_place)
    if own is None:
        return []
    told = [o.start for o in figure.origins if o.slot == "measure" and o.how == "paragraph"]
    if not told:
        return [own]
    before = [
        place for (article_id, start), place in lines.items()
        if article_id == figure.article_id and start <= told[-1]
    ]  # fmt: skip
    return [own, before[-1]] if before and before[-1] < own else [own]


def _accounted(desk: Desk, way: Derivation, composer: Composer) -> bool:
    """Tell what another article has of the quantity that a way leads to, instead of it or beside
    it; False where none has."""
    if tellings.asks_one(desk.query):
        return False
    account = accounts.of(way, desk.linker.cards, desk.articles)
    told = attempted(leaf(account.figure), desk.articles) if account else None
    if account is None or told is None:
        return False
    if account.kind in ("exact", "stated"):
        _say(desk, told, composer)
        return True
    figures = [way.figures[way.result], account.figure]
    if account.kind == "revises" or accounts.is_later(figures[1], figures[0], desk.articles):
        figures.reverse()
    for figure in figures:
        composer.name(figure)
        _quote(desk, composer, figure.article_id, figure.sentence.start, figure.sentence.end)
    composer.note = accounts.note(figures[0], figures[1], desk.articles)
    return True


def _sure_line(desk: Desk, found: Sequence[Derivation]) -> Figure | None:
    """The likeliest stated figure, where no way is likely enough but the tagger is sure of its line
    and points at it: the line may be quoted."""
    stated = next((way for way in found if way.is_stated), None)
    if stated is None or desk.tags is None:
        return None
    figure, tags = stated.figures[stated.result], desk.tags
    start, end = figure.sentence.start, figure.sentence.end
    chance = tags.line(figure.article_id, start)
    if chance < SURE_LINE or chance < max(tags.lines.values()):
        return None
    asked = candidates.class_chance(desk.query, tags, "quoted", desk.linker.card_of(figure))
    is_likely = tags.of(figure).first >= LIKELY_FIRST and asked >= MAY_BE_STATED
    return figure if is_likely and _may_be_of_then(desk, figure.article_id, start, end) else None


def _asked_too(desk: Desk, found: Sequence[Derivation]) -> list[Derivation]:
    """Further stated figures, where the question asks for more than one."""
    if desk.tags is None or not found[0].is_stated or not _SEVERAL.search(desk.query.text):
        return []
    kept = [found[0]]
    for other in found[1:]:
        figure = other.figures[other.result] if other.is_stated else None
        if figure is None or desk.tags.of(figure).first < ASKED_TOO:
            continue
        if all(_quantity(figure) != _quantity(k.figures[k.result]) for k in kept):
            kept.append(other)
    return kept[1:MAX_QUOTED]


def _as_likely(desk: Desk, found: Sequence[Derivation]) -> list[Derivation]:
    """A second stated figure that fits about as well as the first: both are told.

    The same quantity in another unit is none where a unit was asked for.
    """
    if not found[0].is_stated:
        return []
    first = found[0].figures[found[0].result]
    others = [way for way in found[1:] if way.is_stated]
    if desk.query.unit:
        others = [o for o in others if o.figures[o.result].quantity != first.quantity]
    other = next((o for o in others if _quantity(o.figures[o.result]) != _quantity(first)), None)
    return [other] if other and other.score >= AS_LIKELY * found[0].score else []


def _rival(found: Sequence[Derivation]) -> float:
    """How well the best way to another value than the first way's fits; the same amounts told in
    another currency are no other."""
    first = found[0]
    others = (
        way for way in found
        if _quantity(_result(way)) != _quantity(_result(first)) and _over(way) != _over(first)
    )  # fmt: skip
    return max((way.score for way in others), default=0.0)


def _result(way: Derivation) -> Figure | Calculation:
    return way.figures[way.result] if way.is_stated else way.calculations[way.result]


def _over(way: Derivation) -> tuple[object, ...]:
    """The operations of a way, and the quantities that it rests on, whatever they are told in."""
    quantities = tuple((f.article_id, f.quantity) for f in way.figures.values())
    return (*(step.operation for step in way.steps), *quantities)


def _quantity(figure: Figure | Calculation) -> tuple[object, str]:
    return figure.value, figure.unit


def _stems_of(cited: Sequence[Found], figures: Sequence[Figure]) -> frozenset[str]:
    """What stands in cited lines and around them, or is what their figures measure."""
    read = terms.stem_set(f"{f.measure or ''} {f.entity or ''} {f.unit}" for f in figures)
    return read.union(*(found.line.stems | found.line.around for found in cited))


def _asked(desk: Desk, tried: Composer, before: Composer) -> float | None:
    """The chance that the question asks for what was told last; None where no figure was."""
    if desk.tags is None or tried.score is None:
        return None
    steps = tried.steps[len(before.steps) :]
    kind = judging.CALLED.get(steps[-1].operation, steps[-1].operation) if steps else "quoted"
    return desk.tags.classes.get(kind, 0.0)


# What a figure seldom tells, whatever else the wording looks like.
_IN_WORDS = frozenset(["who", "where", "why", "define"])


def _asks_words(query: Query) -> bool:
    return bool(_IN_WORDS & expecting.kinds(query.text))


def _form(desk: Desk) -> Form:
    """The form of the answer: where the wording leaves it open, as the tagger reads it."""
    form = desk.query.form
    if desk.tags is None or form not in {"figure", "text"}:
        return form
    if questions.asks_makeup(desk.query.text):
        return "text"
    text = desk.tags.classes["text"]
    if lists.asked(desk.query.text) and not desk.query.wants and text > MAY_LIST:
        return "text"
    is_open = not desk.query.is_sure or _asks_words(desk.query)
    if text > 0.9 or (text > 0.5 and is_open):
        return "text"
    of_several = desk.tags.classes["extremum"] + desk.tags.classes["rank"]
    return "figure" if text < 0.1 or of_several > 0.5 else form


_WHICH = re.compile(r"\W*(?:in |of |at |on |from |for )?which\b", re.IGNORECASE)
# "What were imports", and how many words may follow that say something.
_BARELY = re.compile(r"\W*what (?:was|were)\b", re.IGNORECASE)
FEW_TERMS = 3


def _asks_which(query: Query) -> bool:
    """Whether one of several things is asked for, and no figure of it."""
    return bool(_WHICH.match(query.text)) and not query.wants


def _may_be_in_words(desk: Desk) -> bool:
    """Whether words may answer a question that looks like one for a figure: it asks who or where,
    or it names no amount and no figure is likely."""
    query, tags = desk.query, desk.tags
    if _asks_words(query):
        return True
    if tags is None or query.wants or query.unit or questions.amounts(query.text):
        return False
    return all(tags.of(card.figure).any < MAY_BE_MEANT for card in desk.linker.cards)


def _may_want_a_figure(desk: Desk) -> bool:
    """Whether a question that is answered by sentences may want a figure all the same."""
    if desk.tags is None or desk.query.is_sure or desk.query.form == "list":
        return False
    return not _asks_words(desk.query) and desk.tags.classes["text"] < MAY_BE_TEXT


def _first_of(desk: Desk, composer: Composer) -> bool:
    """Tell which of several is the most, or how all stand; False where no set is surely meant."""
    typed, made = (superlatives.read(text) for text in (desk.query.asked, desk.query.text))
    asked = typed if typed and typed.nouns else made
    if asked is None:
        return _sifted(desk, composer)
    found = standings.find(asked, desk.query, desk.linker, desk.articles, desk.tags)
    least = 1.0 if found and found.is_settled else leaders.HELD
    line = leaders.told(asked, desk.query, desk.found, partial(_is_line_of_then, desk), least)
    if line is not None:
        _quote(desk, composer, line.article_id, line.start, line.end)
        return True
    if found is None or not standings.say(found, desk.query, desk.articles, composer):
        return False
    composer.score, composer.is_sure = min(1.0, found.score), found.is_settled
    return True


def _sifted(desk: Desk, composer: Composer) -> bool:
    """Tell which of several do what is asked, or how many; False where no set is surely meant."""
    sieve = sieves.read(desk.query)
    if sieve is None:
        return False
    given = desk.query, desk.linker, desk.articles, desk.tags, composer
    composer.is_sure = sieves.say(sieve, *given)
    return composer.is_sure


def _say(desk: Desk, found: Derivation, composer: Composer, opening: str = "") -> None:
    """Tell a value; where its slots carry no sentence, the article's own."""
    id = composer.take(found)
    slot, marks = f"{{{id}}}", composer.marks(found)
    if not found.is_stated:
        told_as = {
            id: desk.articles[f.article_id].text[f.start : f.end] for id, f in found.figures.items()
        }
        ids, is_bare = composer.ids(found), composer.is_bare
        text = phrasing.computed(desk.query, found, slot, ids, is_bare, told_as)
        composer.say(f"{_opened(opening, text)} {marks}", "computed")
        return
    figure = found.figures[found.result]
    article = desk.articles[figure.article_id]
    text, before = (
        article.text[figure.start : figure.end],
        article.text[figure.sentence.start : figure.start],
    )
    told = None
    if not tellings.is_of_two(figure, desk.linker.cards):
        if subjects.is_whole_name(figure.entity or "", article.text):
            told = phrasing.stated(figure, slot, desk.query, text, before)
        told = told or cells.told(article, figure, slot)
    if told is None:
        told = phrasing.quoted(article, figure.sentence.start, figure.sentence.end)
    composer.say(f"{_opened(opening, told)} {marks}", "quoted")


def _moved(desk: Desk, composer: Composer, found: premises.Contrary) -> str | None:
    """ "Exports did not fall: they rose by {f1}. [1]"; None where a figure's slots carry none."""
    figure = found.figure
    if figure is None:
        return None
    about = subjects.of_figure(figure, desk.query)
    told = phrasing.moved(figure, about, f"{{{composer.name(figure)}}}", found.named)
    if told is None:
        return None
    when = "" if about.when in found.opening else about.when
    return f"{found.opening}: {told}{when}. {composer.cite_figure(figure)}"


def _outdone(desk: Desk, composer: Composer) -> bool:
    """ "Imports did not grow faster than exports: {f1} against {f2}"."""
    claim = claims.read(desk.query.asked) or claims.read(desk.query.text)
    if claim is None:
        return False
    asked = questions.parse(claim.asked)
    pace = paces.contrary(asked, desk.linker.cards, desk.found)
    if pace is None:
        return False
    both = (pace.one, pace.other)
    slots = [f"{{{composer.name(figure)}}}" for figure in both]
    marks = "".join(dict.fromkeys(map(composer.cite_figure, both)))
    abouts = (subjects.of_figure(figure, asked) for figure in both)
    moved = [phrasing.moved(*told, frozenset()) for told in zip(both, abouts, slots, strict=True)]
    told = f"{moved[0]}, and {moved[1]}" if all(moved) else " against ".join(slots)
    composer.say(f"{claim.denied}: {told}. {marks}", "quoted")
    composer.is_sure = True
    return True


def _of_other_sign(desk: Desk, composer: Composer) -> bool:
    """ "There was no trade deficit: the trade surplus came to ..."."""
    taken = signs.read(desk.query.text)
    figure = signs.contrary(desk.query, desk.linker.cards) if taken else None
    if taken is None or figure is None:
        return False
    told = figure.sentence
    composer.name(figure)
    _quote(desk, composer, figure.article_id, told.start, told.end, taken.denied)
    composer.is_sure = True
    return True


def _say_why(decision: Decision, composer: Composer, opening: str) -> None:
    """One sentence over all figures that decide."""
    slots = [f"{{{composer.take(way)}}}" for way in decision.derivations]
    marks = "".join(dict.fromkeys(composer.marks(way) for way in decision.derivations))
    text = decision.saying.format(*slots)
    composer.say(f"{_opened(opening, text)}. {marks}", "quoted")


def _decided_by(desk: Desk, composer: Composer, line: Line, opening: str) -> None:
    """Quote the line that decides; of a table's row tell the cells that were asked about."""
    cells = _cells(desk, line) if "|" in line.text else []
    for told in cells:
        _say(desk, told, composer, opening)
        opening = ""
    if not cells:
        _quote(desk, composer, line.article_id, line.start, line.end, opening)


def _cells(desk: Desk, line: Line) -> list[Derivation]:
    """The figures of a row that are likely asked about, one at least, in their order."""
    place, tags = (line.article_id, line.start), desk.tags
    held = [card.figure for card in desk.linker.cards if card.figure.sentence_place == place]
    if tags is not None:
        likely = sorted(held, key=lambda f: -tags.of(f).any)[:MAX_CELLS]
        held = [f for f in held if f in likely and (f is likely[0] or tags.of(f).any >= BESIDE)]
    made = (attempted(leaf(figure), desk.articles) for figure in held[:MAX_CELLS])
    return [told for told in made if told and _has_head(desk, told)]


def _has_head(desk: Desk, told: Derivation) -> bool:
    """Whether a cell can be told by the names of its row and column."""
    figure = told.figures[told.result]
    return cells.told(desk.articles[figure.article_id], figure, "") is not None


def _asks_by_name(query: Query, form: Form) -> bool:
    """Whether the wording asks for several things in their order, or for one without another."""
    is_rest = form == "text" and query.operation == "residual"
    return is_rest or ranking.read(query.text) is not None


def _is_of_called(ways: Sequence[Derivation] | None) -> bool:
    """Whether what answers best sets several things that the question names in their order, or
    takes one from another."""
    node = ways[0].node if ways else None
    if node is None or node.operation not in {"extremum", "rank", "residual"}:
        return False
    return all(part.called for part in node.parts)


def _goals(query: Query) -> list[linking.Goal | None]:
    """The question's own goal, and those of the phrases in its roles, where it has them."""
    phrases = [
        next((p for name in names if (p := query.role(name))), None) for names in features.ROLES
    ]
    roles = [derivation.goal_of(query, phrase) if phrase else None for phrase in phrases]
    return [derivation.goal_of(query), *roles]


def _is_plain(tags: Tags) -> bool:
    """Whether the question asks for what is said rather than for what follows from it."""
    return tags.classes["quoted"] + tags.classes["text"] > 0.5


def _slots_fit(link: linking.Link, desk: Desk) -> bool:
    """Whether nothing speaks against a figure's being what was asked for."""
    if desk.tags and desk.tags.of(link.card.figure).any < LIKELY_FIGURE:
        return False
    return link.name >= 0.85 and link.period >= 0.6 and link.kind >= 0.85


def _period_is_known(desk: Desk) -> bool:
    """Whether the articles speak of a period of the question at all."""
    return any(_speaks_of(desk.query, a) for a in desk.articles.values())


def _speaks_of(query: Query, article: Article) -> bool:
    """Whether a year that the question names stands in the article or its date."""
    said = f"{article.title} {article.text} {article.published or ''}"
    return not query.periods or any(year in said for year in query.years)


def _is_of_then(desk: Desk, way: Derivation) -> bool:
    """A figure of untold period is of the asked one only in an article that speaks of it."""
    figure = way.figures[way.result]
    return figure.period is not None or _speaks_of(desk.query, desk.articles[figure.article_id])


def _may_be_of_then(desk: Desk, article_id: str, start: int, end: int) -> bool:
    """Whether a sentence names a year that is asked for, or none in an article that does."""
    article = desk.articles[article_id]
    named = set(_YEAR.findall(article.text[start:end]))
    asked = desk.query.years
    return not asked or bool(named & asked if named else _speaks_of(desk.query, article))


def _is_beside_it(desk: Desk, line: Line) -> bool:
    """Whether an amount is asked for, and the figures of a line are of other classes, or the one
    likeliest asked for is of another thing."""
    if desk.tags is None or desk.tags.classes["text"] >= MAY_BE_TEXT:
        return False
    query, place, tags = desk.query, (line.article_id, line.start), desk.tags
    asked = (linking.unit_class(query.unit),) if query.unit else questions.amounts(query.text)
    held = [card for card in desk.linker.cards if card.figure.sentence_place == place]
    if asked and not any("measure" in asked or card.unit_class in asked for card in held):
        return True
    likeliest = max(held, key=lambda card: tags.of(card.figure).any, default=None)
    is_of_sides = wanted.names_balance(query.text) and not wanted.names_balance(line.text)
    return is_of_sides or (likeliest is not None and _is_of_another(desk, likeliest))


def _is_of_another(desk: Desk, card: Card) -> bool:
    """Whether a figure is of another kind or thing than is asked for; what a question narrows it by
    may stand in the sentence before."""
    query, figure = desk.query, card.figure
    if not wanted.is_wanted(query, figure):
        return True
    narrowed = narrows.narrowing(query, card, linking.unspecific())
    if any(linking.likes(word, card.before) for word, _ in narrowed):
        return wanted.is_of_world(query, card)
    return judging.is_of_another(query, leaf(figure), desk.linker, desk.articles)


def _is_line_of_then(desk: Desk, found: Found) -> bool:
    line = found.line
    if not _may_be_of_then(desk, line.article_id, line.start, line.end):
        return False
    told = [
        card.figure.period
        for card in desk.linker.cards
        if card.figure.sentence_place == (line.article_id, line.start)
    ]
    return _may_be_among(desk.query.periods, told)


def _may_be_among(asked: Sequence[str], told: Sequence[str | None]) -> bool:
    """Whether a line may be of a period that is asked for, by the periods of its figures; a row's
    are told by its table's head."""
    if not asked or not told or None in told:
        return True
    fits = (linking.period_pair(one, other) for one in asked for other in told if other)
    return max(fits) >= judging.OF_THEN


def _opened(opening: str, text: str) -> str:
    """ "Yes: " before a sentence."""
    return f"{opening}: {text}" if opening else text


def _quote(
    desk: Desk,
    composer: Composer,
    article_id: str,
    start: int,
    end: int,
    opening: str = "",
    bullet: bool = False,
) -> None:
    text = _opened(opening, phrasing.quoted(desk.articles[article_id], start, end))
    mark = "• " if bullet else ""
    composer.say(f"{mark}{text} {composer.cite(article_id, start, end)}", "quoted")


def _choices(desk: Desk, pages: Pages) -> list[Choice]:
    """The sentences that may answer, the worthiest first; none where none is near enough."""
    choices = Chooser(desk.query, desk.articles, pages, desk.found, desk.tags).choices()
    is_enough = _is_enough(choices, desk.tags is not None) or _is_listed(desk, choices)
    return choices if is_enough else []


# What asks for a list or a source, and stands in no paragraph that has it.
_SPENT = "name mention list expert publish release issue announce report compile figures data"


def _is_listed(desk: Desk, choices: Sequence[Choice]) -> bool:
    """Whether the best sentence lists just what is asked for, or tells the source that is, and its
    paragraph has all words of the question."""
    if not choices:
        return False
    line, question = choices[0].found.line, desk.query.text
    kinds, asked = expecting.kinds(question), terms.stems_of(question)
    is_source = "source" in kinds and expecting.holds("source", line.text, asked)
    if not is_source and not lists.names_it(question, line.text):
        return False
    text = desk.articles[line.article_id].text
    paragraph = text[text.rfind("\n", 0, line.start) + 1 : line.end]
    spent = terms.stem_set([terms.table("expecting")["of_articles"], _SPENT])
    if is_source:
        spent |= terms.stem_set([sources.SPENT])
    stems = terms.stems_of(paragraph) | line.around
    return all(telling.stands(stem, stems) for stem in asked - spent)


def _direct(desk: Desk, composer: Composer, choices: Sequence[Choice]) -> Choice | None:
    """Say the phrase of a sentence that answers by itself; the sentence, None where none does."""
    for choice in choosing.told(choices):
        line, is_sure = choice.found.line, choice is choices[0] and choosing.is_sure(choices)
        text = phrasing.quoted(desk.articles[line.article_id], line.start, line.end)
        if phrase := direct.phrase(desk.query.text, text, is_sure):
            mark = composer.cite(line.article_id, line.start, line.end)
            composer.say(f"{phrase} {mark}", "quoted")
            return choice
    return None


def _is_alone(question: str, text: str) -> bool:
    """Whether what is cut out of a sentence needs no other: a list of just what is asked for, who
    is told to have told."""
    return lists.names_it(question, text) or "source" in expecting.kinds(question)


def _told(desk: Desk, pages: Pages, choices: Sequence[Choice], cut: Choice | None) -> list[Line]:
    """The best sentence, the one that it leans on, and what is nearly as good.

    cut: the sentence that a phrase was cut from
    """
    wanted, best = expecting.kinds(desk.query.text), choices[0]
    is_answered = cut is best
    if cut and _is_alone(desk.query.text, cut.found.line.text):
        return [cut.found.line]
    if "advice" in wanted and expecting.holds("advice", best.found.line.text, frozenset()):
        return choosing.apart([best.found.line, *choosing.follow_on(best, pages, desk.articles)])
    kept = [choice.found.line for choice in choosing.told(choices, is_answered)]
    if counted := _counted(desk, pages, kept):
        return counted
    if cut and "list" in wanted:
        return choosing.apart(list(dict.fromkeys([cut.found.line, kept[0]])))
    before = choosing.before(best, pages, desk.articles)
    if not before and "who" in wanted:
        before = choosing.body_above(best, pages, desk.articles)
    if before and before not in kept:
        kept = [kept[0], before, *kept[1:]][:MAX_QUOTED]
    if _asks_which(desk.query) and not is_answered:
        name = choosing.named_above(best, desk.query.text, pages, desk.articles)
        if name:
            return [name, kept[0]]
    listed = choosing.items(kept[0], pages, desk.articles)
    if listed:
        return [kept[0], *listed]
    kept = _with_cause(desk, pages, kept)
    return choosing.in_order(choosing.apart(kept), pages, desk.articles)


def _with_cause(desk: Desk, pages: Pages, lines: Sequence[Line]) -> list[Line]:
    """The lines, and what stands behind the first that tells why, where it is asked and none
    does."""
    is_asked = "why" in expecting.kinds(desk.query.text)
    if not is_asked or any(causes.tells(line.text) for line in lines):
        return [*lines]
    return [*lines, *causes.behind(lines[0], desk.query.text, pages, desk.articles)]


def _counted(desk: Desk, pages: Pages, lines: Sequence[Line]) -> list[Line]:
    """The first line that announces several of what is asked for, with what it announces."""
    for line in lines:
        if told := choosing.announced(line, desk.query.text, pages, desk.articles):
            return [line, *told]
    return []


def _is_enough(choices: Sequence[Choice], is_tagged: bool) -> bool:
    """Whether any sentence is near enough to answer."""
    if is_tagged:
        return max((c.chance for c in choices), default=0.0) >= LIKELY_LINE
    return max((c.found.score for c in choices), default=0.0) >= SENTENCE_FITS


def _summary(desk: Desk, composer: Composer, pages: Pages) -> bool:
    """What an article is about, or what the articles say of a topic: a bullet for each sentence."""
    lines = _key_lines(desk, pages)
    for line in lines:
        _quote(desk, composer, line.article_id, line.start, line.end, bullet=len(lines) > 1)
    return bool(lines)


def _key_lines(desk: Desk, pages: Pages) -> list[Line]:
    asked = Gist(desk.query.text, desk.articles, pages, desk.found)
    if gist.is_of_topic(desk.query.text) and (choices := _choices(desk, pages)):
        return gist.of_topic(asked, choices)
    article = asked.article()
    return asked.lines(article) if article else []


def _declined(query: Query) -> Draft:
    composer = Composer()
    text = "I can only answer questions about the articles."
    if query.asks == "greeting":
        text = "Please ask a question about the articles."
    composer.say(text, "notice")
    return composer.draft("abstained")
