"""Which sentences answer a question in words."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot import questions
from bot.evidence.pages import Found, Line, Pages
from bot.language import terms
from bot.tagging import Tags
from bot.texts import choosing
from bot.texts.choosing import Choice, Chooser
from ingest import Article, articles


def _article(text: str, id: str = "a.txt") -> Article:
    return articles.parse(text.encode(), id)


def _choices(question: str, *texts: str, tags: Tags | None = None) -> list[Choice]:
    held = {f"{i}.txt": _article(text, f"{i}.txt") for i, text in enumerate(texts)}
    pages = Pages()
    query = questions.parse(question)
    found = pages.rank(query.text, held)
    return Chooser(query, held, pages, found, tags).choices()


def _line(text: str, kind: str = "paragraph") -> Line:
    return Line("a", 0, len(text), text, kind, frozenset(), frozenset())


def test_who_runs_it_wants_a_person_with_an_office() -> None:
    text = "The mill is busy.\n\nThe mill grew again.\n\nThe mill's director is Ada Moor."
    assert "Ada Moor" in _choices("Who runs the mill?", text)[0].found.line.text


def test_a_sentence_of_another_year_does_not_answer() -> None:
    text = "In 2019 the mill closed because of fire.\n\nIn 2021 it closed because of frost."
    found = _choices("Why did the mill close in 2021?", text)
    assert [c.found.line.text for c in found] == ["In 2021 it closed because of frost."]


def test_when_may_be_answered_by_another_year() -> None:
    text = "The final figures for trade are due in March 2026."
    assert _choices("When are the final 2025 figures due?", text)


def test_the_taggers_word_counts() -> None:
    text = "The mill closed in spring.\n\nThe mill opened in autumn."
    plain = _choices("What did the mill do?", text)
    other = plain[1].found.line
    tags = Tags(lines={(other.article_id, other.start): 0.9})
    assert _choices("What did the mill do?", text, tags=tags)[0].found.line.text == other.text


def test_the_article_that_holds_the_question_goes_first() -> None:
    found = _choices(
        "Why did profit fall at Orla?",
        "Orla makes glass and its profit is small.\n\nProfit fell because gas was dear.",
        "Tarn makes steel.\n\nProfit fell because coal was dear.",
    )
    best = next(c for c in found if "dear" in c.found.line.text)
    assert "gas" in best.found.line.text


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("Sales rose in 2024, more than in 2023.", {"2024"}),
        ("It was the best since 2019.", set()),
        ("It employs 2,024 people.", set()),
        ("From 1991 until 2000 the exchange met in a party's old seat.", {"1991", "2000"}),
        ("The agency drew the 2001–02 logo.", {"2001", "2002"}),
        ("Output fell from 5.1 tonnes in 2019 to 4.8.", set()),
    ],
)
def test_told_years(text: str, years: set[str]) -> None:
    assert choosing.told_years(text) == years


def _choice(worth: float, chance: float = 0.5, id: str = "a") -> Choice:
    line = replace(_line("One two three."), article_id=id)
    return Choice(Found(line, 1, 1, 1), worth, chance)


def test_told_keeps_what_is_nearly_as_good() -> None:
    best, near, far = _choice(10), _choice(7), _choice(3)
    assert choosing.told([best, near, far]) == [best, near]


def test_of_another_article_or_of_little_chance_less_is_told() -> None:
    best = _choice(10, 0.9)
    assert choosing.told([best, _choice(7, 0.9), _choice(7, 0.9, id="b")]) == [
        best,
        _choice(7, 0.9),
    ]
    assert choosing.told([best, _choice(9, 0.9, id="b"), _choice(9, 0.1)]) == [
        best,
        _choice(9, 0.9, id="b"),
    ]


def test_a_phrase_that_has_answered_needs_less_beside_it() -> None:
    best, near = _choice(10, 0.9), _choice(7)
    assert choosing.told([best, near], is_answered=True) == [best]
    assert choosing.told([best, _choice(9, id="b")], is_answered=True) == [best]


def test_a_list_is_told_with_its_opening() -> None:
    article = _article(
        "# Plans\n\nThe mill intends to:\n\n- hire nine hands\n- buy stones\n", "a.md"
    )
    pages, held = Pages(), {"a.md": article}
    lines = {line.text.strip("- \n"): line for line in pages.page(article).lines}
    found = choosing.items(lines["The mill intends to:"], pages, held)
    assert [line.text.strip("- ") for line in found] == ["hire nine hands", "buy stones"]
    assert choosing.items(found[0], pages, held) == []


def test_a_sentence_is_sure_that_is_likely_and_far_before_the_next() -> None:
    assert choosing.is_sure([_choice(10, 0.9), _choice(7)])
    assert not choosing.is_sure([_choice(10, 0.9), _choice(9.5)])
    assert not choosing.is_sure([_choice(10, 0.5)])


def test_the_sentence_before_one_that_leans_on_it() -> None:
    article = _article("Ada Moor runs the mill. She opened it in May.\n\nIt rained.")
    pages, held = Pages(), {"a.txt": article}
    lines = {line.text: line for line in pages.page(article).lines}

    def before(text: str) -> Line | None:
        return choosing.before(Choice(Found(lines[text], 1, 1, 1), 1, 1), pages, held)

    assert before("She opened it in May.") == lines["Ada Moor runs the mill."]
    assert before("It rained.") is None
    assert before("Ada Moor runs the mill.") is None


@pytest.mark.parametrize(
    ("text", "leans"),
    [
        ("The column has been restated for this; the total is the same.", True),
        ("The road was closed as a result.", True),
        ("Because of this, fares went up.", True),
        ("The road was closed for this year's race.", False),
        ("It paid for that with a loan.", True),
        ("The mayor thanked all for the work.", False),
    ],
)
def test_what_this_is_stands_in_the_sentence_before(text: str, leans: bool) -> None:
    article = _article(f"Two lines of goods went to another branch in May. {text}")
    pages, held = Pages(), {"a.txt": article}
    first, second = pages.page(article).lines
    found = choosing.before(Choice(Found(second, 1, 1, 1), 1, 1), pages, held)
    assert found == (first if leans else None)


PARKS = """# Seven parks that you never heard of

## 1. Khavir One, Oman

It covers 9,800 hectares and has 40 guards.

## 2. Ningbei Lake, China

Five million panels lie on 3,100 hectares of water.

## The rest

Two more lie on water, says Ada Moor.

Most panels come by ship.
"""


@pytest.mark.parametrize(
    ("line", "heading"),
    [
        ("Five million panels lie on 3,100 hectares of water.", "Ningbei Lake, China"),
        ("Two more lie on water, says Ada Moor.", None),
        ("Most panels come by ship.", None),
    ],
)
def test_a_heading_names_what_a_sentence_is_about(line: str, heading: str | None) -> None:
    article = _article(PARKS, "a.md")
    pages, held = Pages(), {"a.md": article}
    lines = {line.text: line for line in pages.page(article).lines}
    choice = Choice(Found(lines[line], 1, 1, 1), 1, 1)
    found = choosing.named_above(choice, "Which of the parks is on water?", pages, held)
    assert (found is None) if heading is None else (found and heading in found.text)


@pytest.mark.parametrize(
    ("text", "tells"),
    [
        ("British visitors were the most generous with 188 euros.", True),
        ("Indonesia bought 5.1 million tonnes, more than any other country.", True),
        ("The Polish market grew most, by 14.8%.", True),
        ("Coverage was highest in Aldersund.", True),
        ("Most of the goods go to Oslo.", False),
        ("New South Wales follows with 9.4 million tonnes.", False),
        ("the largest are yet to come", False),
    ],
)
def test_a_line_says_of_one_that_it_is_most_so(text: str, tells: bool) -> None:
    assert choosing.tells_most(_line(text)) is tells


def test_the_best_goes_first_with_its_neighbours() -> None:
    article = _article("One is a word. Two is a word. Three is a word. Four is a word.")
    pages, held = Pages(), {"a.txt": article}
    one, two, three, four = pages.page(article).lines
    assert choosing.in_order([three, one, two], pages, held) == [one, two, three]
    assert choosing.in_order([three, one, four], pages, held) == [three, four, one]


def test_headings_questions_and_fragments_answer_nothing() -> None:
    assert not choosing.may_answer(_line("A long heading of words", "heading"))
    assert not choosing.may_answer(_line("And who are you, then?"))
    assert not choosing.may_answer(_line("Not so"))
    assert not choosing.may_answer(_line("Q: The dollar is rather weak."))
    assert choosing.may_answer(_line("A: The dollar is rather weak."))
    assert not choosing.may_answer(_line("Media contact: Ada Moor, +44 113 496 0182"))
    assert choosing.may_answer(_line("So it is said."))


@pytest.mark.parametrize(
    "text",
    [
        "Expert: Thank you! It has been a pleasure to discuss these topics with you.",
        "Thanks for having me.",
        "Welcome to the show.",
        "First please login to comment.",
        "Certainly!",
    ],
)
def test_what_only_greets_or_belongs_to_the_page_answers_nothing(text: str) -> None:
    assert not choosing.may_answer(_line(text))


def test_thanks_that_tell_something_may_answer() -> None:
    assert choosing.may_answer(_line("The mayor thanked the 30 nurses of the clinic."))


def test_who_is_not_answered_by_what_names_nobody() -> None:
    text = "The game Blue Reef sold 4 million copies."
    assert _choices("Who made Blue Reef?", text) == []
    held = text + "\n\nBlue Reef was made by Tarn Games."
    assert "Tarn" in _choices("Who made Blue Reef?", held)[0].found.line.text


def test_who_published_it_is_answered_by_who_is_told_to_have() -> None:
    text = "Trade was 43 billion, as reported by the Customs Office.\n\nTrade figures are large."
    assert "Customs" in _choices("Who published the trade figures?", text)[0].found.line.text


def test_a_cause_of_what_moved_goes_first() -> None:
    text = (
        "Freight on the canal did well.\n\nTraffic by road rose because of works.\n\n"
        "Freight grew. This growth came about because of a new lock."
    )
    found = _choices("Why did freight grow?", text)
    assert "lock" in found[0].found.line.text


def test_two_lines_that_say_one_thing_are_told_once() -> None:
    one = "Exports grew by 7.1% to 25 billion thanks to demand for ships."
    again = "The rise in exports of 7.1% to 25 billion owed much to demand for ships."
    other = "Imports grew by 2.3%."
    lines = [
        replace(_line(text), start=i, stems=frozenset(terms.stems(text)))
        for i, text in enumerate((one, again, other))
    ]
    assert choosing.apart(lines) == [lines[0], lines[2]]


def test_a_heading_whose_words_the_text_uses_is_no_name() -> None:
    text = "# Report\n\n## Policy Support\n\nIt grew. The policy and its support went on."
    article = _article(text, "a.md")
    pages, held = Pages(), {"a.md": _article(text, "a.md")}
    line = next(one for one in pages.page(article).lines if one.text == "It grew.")
    choice = Choice(Found(line, 1, 1, 1), 1, 1)
    assert choosing.named_above(choice, "Which one grew?", pages, held) is None


def test_who_may_be_answered_by_a_plural_of_doers() -> None:
    text = "The Gannet car stopped.\n\nRopes from mountain rescuers saved the Gannet passengers."
    assert "rescuers" in _choices("Who saved the Gannet passengers?", text)[0].found.line.text


def test_an_office_of_the_question_may_stand_in_the_name() -> None:
    text = "President of the Court Arben Kola wants refunds.\n\nIt sat in May."
    assert "Kola" in _choices("Who presides over the Court?", text)[0].found.line.text


REASONS = """Report

The mill closes. There are two reasons.

Power. It costs twice what it did. The mill pays 9 cents. It paid four.

Staff. Nobody wants to work there.

The mill is old.
"""
COUNTED = """Report

He gave three reasons. First, it rained. It was cold. Secondly, nobody came. Finally, he was ill.
"""


def _after(text: str, question: str, begins: str) -> list[str]:
    article, pages = _article(text), Pages()
    line = next(one for one in pages.page(article).lines if one.text.startswith(begins))
    told = choosing.announced(line, question, pages, {article.id: article})
    return [one.text for one in told]


def test_what_a_line_announces_follows_it() -> None:
    told = _after(REASONS, "What two reasons does the mill name?", "There are")
    assert told[0] == "Power." and "Nobody wants to work there." in told
    assert "It paid four." not in told and "The mill is old." not in told


def test_what_is_counted_follows_in_its_paragraph() -> None:
    told = _after(COUNTED, "What reasons did he give?", "He gave")
    assert told == ["First, it rained.", "Secondly, nobody came.", "Finally, he was ill."]


def test_counted_reasons_are_what_why_asks_for() -> None:
    text = (
        "Jobs\n\nThe bureau gave two reasons for it. Replies were late, and the sample was new.\n"
    )
    told = _after(text, "Why was the rate revised?", "The bureau")
    assert told == ["Replies were late, and the sample was new."]
    assert _after(text, "Who revised the rate?", "The bureau") == []


def test_several_that_are_joined_follow_in_one_sentence() -> None:
    text = "Report\n\nOnly two items were in deficit. Charges cost 2.8 billion and ships 0.6.\n"
    told = _after(text, "Which items were in deficit?", "Only two")
    assert told == ["Charges cost 2.8 billion and ships 0.6."]
    known = text.replace("Only two", "The two")
    assert _after(known, "Which items were in deficit?", "The two") == []


@pytest.mark.parametrize(
    ("text", "question", "begins"),
    [
        (REASONS, "What two mills are there?", "There are"),
        (REASONS, "What reasons does the mill name?", "The mill closes"),
        (COUNTED.replace("three", "four"), "What reasons did he give?", "He gave"),
    ],
)
def test_nothing_else_is_announced(text: str, question: str, begins: str) -> None:
    assert _after(text, question, begins) == []


@pytest.mark.parametrize(
    ("said", "above"),
    [
        ("“It was a guess,” said Lena Marsh, who heads the office.", "The Statistical Office"),
        ("Lena Marsh heads the museum.", None),
        ("Lena Marsh left the office at noon.", None),
        ("Lena Marsh heads the office of the mayor.", None),
    ],
)
def test_which_office_somebody_heads(said: str, above: str | None) -> None:
    article = _article(
        f"Report\n\nThe Statistical Office counted again. All was wrong.\n\n{said}\n"
    )
    pages = Pages()
    line = pages.page(article).lines[-1]
    found = choosing.body_above(
        Choice(Found(line, 1.0, 1.0, 1.0), 1.0, 1.0), pages, {article.id: article}
    )
    assert (found.text.startswith(above) if found and above else found) == (True if above else None)
