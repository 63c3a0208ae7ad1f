"""A follow-up takes what it lacks from the question before it, and nothing that it brings."""

import pytest

from bot.answers import Answer, Citation
from bot.asking import followups
from bot.questions import Turn, parse

CASES = [
    (
        "What were China's imports in 2024?",
        "And exports in 2023?",
        "What were China's exports in 2023?",
    ),
    ("What were China's imports in 2024?", "And exports?", "What were China's exports in 2024?"),
    (
        "What was the value of Peru's exports in 2024, in pesos?",
        "And imports?",
        "What was the value of Peru's imports in 2024, in pesos?",
    ),
    (
        "What was the share of women in parliament in 2020?",
        "And that of men?",
        "What was the share of men in parliament in 2020?",
    ),
    (
        "How many pesos did Peru export in 2024?",
        "And import?",
        "How many pesos did Peru import in 2024?",
    ),
    (
        "hake catch 2024 in tonnes",
        "and growth on the year?",
        "growth of hake catch on the year in 2024?",
    ),
    (
        "How fast did the hake catch grow in 2024?",
        "if it managed the same again, where would that leave us in 2025",
        "What would the hake catch be in 2025 if growth went on at the pace of 2024?",
    ),
    (
        "What was the harvest in 2023?",
        "another year like that would bring it to what?",
        "What would the harvest be in 2024 if growth went on at the pace of 2023?",
    ),
    (
        "What would the harvest be in 2025 if growth went on at the pace of 2024?",
        "project that one more year",
        "What would the harvest be in 2026 if growth went on at the pace of 2024?",
    ),
    (
        "What was the value of Peru's trade in 2024?",
        "how much of that was copper?",
        "how much of Peru's trade in 2024 was copper?",
    ),
    (
        "How many pesos of exports did Peru book in 2024?",
        "And imports?",
        "How many pesos of imports did Peru book in 2024?",
    ),
    ("What was Telvia's capex in 2025?", "and that of Orbis?", "What was Orbis's capex in 2025?"),
    (
        "What was the value in pesos of Peru's exports in 2024?",
        "And imports, what do those come to?",
        "What was the value in pesos of Peru's imports in 2024?",
    ),
    ("How much were sales in 2024 in euros?", "in 2022?", "How much were sales in 2022 in euros?"),
    (
        "What was net profit in 2023?",
        "What about revenue in the first half of 2024?",
        "What was revenue in the first half of 2024?",
    ),
    ("Which club is the richest?", "And the poorest?", "Which club is the poorest?"),
    (
        "Which grocer of Lusania has most shops?",
        "and the fewest?",
        "Which grocer of Lusania has the fewest shops?",
    ),
    (
        "Which are Norland's largest towns?",
        "and the smallest ones?",
        "Which are Norland's smallest towns?",
    ),
    ("Which stadium is most expensive?", "And the least?", "Which stadium is the least expensive?"),
    ("Which river is longest?", "And the second?", "Which river is the second longest?"),
    ("Who earned the most in 2024?", "And the least in 2023?", "Who earned the least in 2023?"),
    (
        "What were sales in September 2024?",
        "And the month after?",
        "What were sales in October 2024?",
    ),
    (
        "How many trains ran in December 2023?",
        "and the next month?",
        "How many trains ran in January 2024?",
    ),
    (
        "What were sales in the first quarter of 2024?",
        "And the quarter before?",
        "What were sales in the fourth quarter of 2023?",
    ),
    (
        "What were exports in 2024 and how fast did they grow?",
        "What would that be in ten years at this pace?",
        "What would exports be in ten years if growth went on at the pace of 2024?",
    ),
    (
        "How fast does the town's population grow?",
        "And in five years, if this goes on?",
        "What would the town's population be in five years at this pace?",
    ),
    (
        "By how much did the harvest rise in 2023?",
        "If it goes on like that, what would it be by 2030?",
        "What would the harvest be by 2030 if growth went on at the pace of 2023?",
    ),
    (
        "What did Haverton get for Davit Lomidze?",
        "so how much did they make on him?",
        "how much did Haverton make on Davit Lomidze?",
    ),
    (
        "How many of Corvane's chips were returned in 2024?",
        "Why were they returned?",
        "Why were Corvane's chips returned in 2024?",
    ),
]


@pytest.mark.parametrize(("before", "followup", "whole"), CASES, ids=[c[1] for c in CASES])
def test_a_followup_is_made_whole(before: str, followup: str, whole: str) -> None:
    assert parse(followup, [Turn(before)]).text == whole


def test_a_whole_question_stays_as_it_is() -> None:
    asked = "How many medals did Norway win in 2022?"
    assert parse(asked, [Turn("What were China's imports in 2024?")]).text == asked


@pytest.mark.parametrize(
    ("before", "question", "whole"),
    [
        ("What was Shanghai's trade?", "And Jiangsu's?", "What was Jiangsu's trade?"),
        ("How much does the brand make?", "as a share of the group?",
         "How much does the brand make as a share of the group?"),
        ("How many riders started?", "how many are left?", "How many riders are left?"),
        ("What is Nordvik's share of mortgages?", "what was it before?",
         "What is Nordvik's share of mortgages before?"),
        ("What does Slovenia sell to Croatia?", "And to Austria?",
         "What does Slovenia sell to Austria?"),
        ("How many forms came back in March?", "and by post?",
         "How many forms came back in March by post?"),
        ("How much was spent on roads in 2024?", "and on schools?",
         "How much was spent on schools in 2024?"),
        ("How much is a ticket to Oslo?", "and if I book early?",
         "How much is a ticket to Oslo if I book early?"),
        ("How large was trade, in yuan?", "in dollars?", "How large was trade in dollars?"),
        ("How fast did travel grow?", "How come?", "Why did travel grow?"),
        ("What was turnover in 2024?", "Says who?", "Who reported turnover in 2024?"),
        ("What share were electric cars?", "Same for petrol ones?",
         "What share were petrol?"),
        ("What were exports in 2024?", "Will it rain in Beijing?", "Will it rain in Beijing?"),
        ("What were services exports in 2024?", "And their share of services trade?",
         "services exports' share of services trade in 2024?"),
    ],
)  # fmt: skip
def test_what_is_taken_from_the_question_before(before: str, question: str, whole: str) -> None:
    assert parse(question, [Turn(before)]).text == whole


@pytest.mark.parametrize(
    ("before", "question", "whole"),
    [
        ("What is the capacity of Khavir One in Oman?", "How many hectares does it take up?",
         "How many hectares does Khavir One take up?"),
        ("What was the unemployment rate in Spain?", "How much did it rise?",
         "How much did the unemployment rate in Spain rise?"),
        ("How many flats has Norvik Hem?", "what is its debt?", "what is Norvik Hem's debt?"),
        ("How many volunteers took part in 2024?", "how many hours did they work",
         "how many hours did volunteers work in 2024?"),
        ("How many jobs did Orvanne cut in 2025?", "what share of the staff is that?",
         "what share of the staff are jobs that Orvanne cut in 2025?"),
        ("How many seats did the Greens win in Brunmark?", "what turnout was there?",
         "what turnout was there (Greens)?"),
        ("What was the price in Lund in March?", "how much rain falls there?",
         "how much rain falls in Lund in March?"),
    ],
)  # fmt: skip
def test_a_pronoun_stands_for_the_thing_or_for_its_figure(
    before: str, question: str, whole: str
) -> None:
    assert parse(question, [Turn(before)]).text == whole


@pytest.mark.parametrize(
    ("before", "question", "whole"),
    [
        ("How many long-term unemployed did Estravia have in October 2025?",
         "How many fewer is that than in September?",
         "How many fewer is long-term unemployed of Estravia in October 2025 than in September"
         " 2025?"),
        ("What's the number of households in Tavria?", "How many more than in the first release?",
         "How many more is the number of households in Tavria than in the first release?"),
        ("What was turnover in 2024?", "percent up on 2023?",
         "percent up on 2023 (turnover in 2024)?"),
        ("How many pairs of shoes did Vietnam make?", "up how much, percent?",
         "how much up is pairs of shoes that Vietnam made, percent?"),
    ],
)  # fmt: skip
def test_what_is_compared_is_what_was_asked_for(before: str, question: str, whole: str) -> None:
    assert parse(question, [Turn(before)]).text == whole


@pytest.mark.parametrize(
    ("before", "question", "whole"),
    [
        ("How much did Belt League clubs get from sponsorship?", "what about matchdays?",
         "How much did Belt League clubs get from matchdays?"),
        ("How many seats did the Greens win in Brunmark?", "And the Farmers' League?",
         "How many seats did the Farmers' League win in Brunmark?"),
        ("What did fuel cost Solair in 2024?", "and staff?", "What did staff cost Solair in 2024?"),
        ("By what percentage did Chinese exports rise in 2024?", "And imports?",
         "By what percentage did Chinese imports rise in 2024?"),
        ("How fast did services trade grow?", "And farm output?", "How fast did farm output grow?"),
        ("how many passengers flew on domestic routes in 2026", "what about european routes",
         "how many passengers flew on european routes in 2026"),
        ("How many people does Verral employ?", "and in the labs?",
         "How many people does Verral employ in the labs?"),
        ("How many goals did Farrant get?", "and the keeper?",
         "How many goals did the keeper get?"),
        ("What share of its exports went to the European Union?", "and the uk?",
         "What share of its exports went to the uk?"),
        ("What percentage of services ran by the Courier's count?", "according to the company?",
         "What percentage of services ran according to the company?"),
        ("How many pupils are in Ternhill's primary schools?", "And in secondaries?",
         "How many pupils are in secondaries (Ternhill)?"),
    ],
)  # fmt: skip
def test_one_thing_is_exchanged_and_the_rest_is_kept(
    before: str, question: str, whole: str
) -> None:
    assert parse(question, [Turn(before)]).text == whole


@pytest.mark.parametrize(
    ("before", "question", "whole"),
    [
        ("How deep will the channel at Mzizima be?", "and today?",
         "How deep will the channel at Mzizima be today?"),
        ("How many Varrik berths have shore power today?", "And by 2028?",
         "How many Varrik berths have shore power in 2028?"),
        ("How much did Solair lose in the fourth quarter of 2024?",
         "And a year earlier in that quarter?",
         "How much did Solair lose a year earlier (the fourth quarter of 2024)?"),
        ("What did Kessel earn in October 2025?", "And in December?",
         "What did Kessel earn in December 2025?"),
        ("What share did Labour Left win in 2025?", "and last time?",
         "What share did Labour Left win last time?"),
    ],
)  # fmt: skip
def test_the_same_is_asked_of_another_time(before: str, question: str, whole: str) -> None:
    assert parse(question, [Turn(before)]).text == whole


@pytest.mark.parametrize(
    "question",
    [
        "How many people work at the port of Halvreach?",
        "What did the minister say about harbour fees?",
        "Does it take long to get a permit in Oslo?",
    ],
)
def test_a_question_of_its_own_takes_nothing(question: str) -> None:
    assert parse(question, [Turn("What were China's imports in 2024?")]).text == question


@pytest.mark.parametrize(
    ("question", "leaning"),
    [
        ("And imports?", "surely"),
        ("no, I meant the women's race", "surely"),
        ("sorry, 2023", "surely"),
        ("out of how many?", "surely"),
        ("By how many points did that change?", "surely"),
        ("according to the company?", "surely"),
        ("Who is the chair?", "perhaps"),
        ("Why did imports rise?", "perhaps"),
        ("How big was the loss?", "perhaps"),
        ("What would imports be in 2025 if they grew 3%?", "not"),
        ("How much would the fund have if it sold the shares?", "not"),
        ("How many people died when it sank?", "not"),
        ("Who is the chair of Wexcombe Rugby?", "not"),
        ("By how much did the number of pupils fall in Kent?", "not"),
    ],
)
def test_how_surely_a_question_leans_on_the_one_before(question: str, leaning: str) -> None:
    assert followups.leaning(question) == leaning


@pytest.mark.parametrize(
    ("before", "question", "whole"),
    [
        ("How many sheep were there in 2024?", "sorry, 2023", "How many sheep were there in 2023?"),
        ("How many sheep were there in 2023?", "no, I meant cattle",
         "How many cattle were there in 2023?"),
        ("What was turnover in 2024?", "actually, the year before", "What was turnover in 2023?"),
        ("How much of turnover was sponsorship?", "and television?",
         "How much of turnover was television?"),
        ("How many points did Ewan Pask kick?", "And tries?", "How many tries did Ewan Pask kick?"),
        ("What was the milk price in May 2024?", "How fast did that grow?",
         "How fast did the milk price grow in May 2024?"),
        ("What were rents in Lund in 2024?", "Why did they rise?",
         "Why did rents in Lund rise in 2024?"),
        ("Is net debt more than investment?", "how many times EBITDA is that?",
         "how many times EBITDA is net debt?"),
        ("Who is the chief executive?", "What does she promise?",
         "What does the chief executive promise?"),
        ("Why did imports grow?", "Why?", "Why did imports grow?"),
        ("What were imports in 2024?", "Why?", "Why did imports come to that in 2024?"),
        ("How many cars did Tessaro deliver in Europe?", "And North America?",
         "How many cars did Tessaro deliver in North America?"),
        ("How did members in Britain vote about a strike?", "And in the Netherlands?",
         "How did members in the Netherlands vote about a strike?"),
        ("How much did Estonia export to Finland?", "And what came from there?",
         "what came from Finland?"),
        ("What was net profit in 2024?", "why the drop?", "Why did net profit drop in 2024?"),
        ("How much of the forest belongs to the state?", "and private owners?",
         "How much of the forest belongs to private owners?"),
        ("How many trees died in the 2022 drought?", "and 2024?",
         "How many trees died in the 2024 drought?"),
        ("How fast did the throughput of Veldhaven grow?", "how much of it was coal?",
         "how much of the throughput of Veldhaven was coal?"),
        ("How many of the dockers said yes?", "what share is that?",
         "What share of the dockers said yes?"),
        ("How many mobile customers had Veltra?", "How many of them pay?",
         "How many of the mobile customers of Veltra pay?"),
    ],
)  # fmt: skip
def test_what_is_understood_is_written_as_a_person_would(
    before: str, question: str, whole: str
) -> None:
    assert parse(question, [Turn(before)]).text == whole


@pytest.mark.parametrize(
    ("understood", "spoken"),
    [
        ("in what time (Porthallow)?", "About Porthallow: in what time?"),
        ("how fast did exports grow in 2024?", "How fast did exports grow in 2024?"),
        ("What was the rent a year earlier (May 2024)?",
         "What was the rent a year earlier (May 2024)?"),
    ],
)  # fmt: skip
def test_what_was_understood_is_shown_in_words(understood: str, spoken: str) -> None:
    assert followups.spoken(understood) == spoken


@pytest.mark.parametrize(
    ("before", "question", "whole"),
    [
        ("What did the smuggling trial cost?", "How long did it last?",
         "How long did the smuggling trial last?"),
        ("What does the new sponsor pay?", "Who is it?", "Who is the new sponsor?"),
        ("How many people saw the final?", "Who won it?", "Who won the final?"),
        ("What will the East Stand cost?", "How much per seat?",
         "What will the East Stand cost per seat?"),
        ("What will Terminal 3 cost?", "How much capacity does it add?",
         "How much capacity does Terminal 3 add?"),
        ("What does a battery van cost Warm Plate?", "and a diesel one?",
         "What does a diesel van cost Warm Plate?"),
        ("What did glass cost Harrowgill?", "why so much more?",
         "Why did glass cost Harrowgill so much more?"),
        ("How many jobs were cut?", "why so few?", "why so few (jobs)?"),
        ("What did guests spend according to the Office?", "And by the hotels' own survey?",
         "What did guests spend by the hotels' own survey?"),
        ("How many planes does Nordavian own?", "What about Lothmoor's revenue?",
         "What was Lothmoor's revenue?"),
        ("What was Nordavian's profit?", "And Lothmoor's revenue?", "What was Lothmoor's revenue?"),
        ("By how much did Nordavian's net profit grow?", "And Lothmoor's revenue?",
         "By how much did Lothmoor's revenue grow?"),
        ("What do they hope to save on purchasing?", "What does Ann Lind think is realistic there?",
         "What does Ann Lind think is realistic on purchasing?"),
        ("What did Peru spend on roads in Lima?", "How many live there?", "How many live in Lima?"),
    ],
)  # fmt: skip
def test_what_does_something_is_what_is_asked_about(before: str, question: str, whole: str) -> None:
    assert parse(question, [Turn(before)]).text == whole


def cited(question: str, text: str) -> Turn:
    """A turn that was answered from one article."""
    source = Citation(1, "a.txt", "A", 0, 9, "Nine said", (0, 9), "", "")
    return Turn(question, text, Answer(question, question, "answered", text, citations=(source,)))


@pytest.mark.parametrize(
    ("between", "question", "whole"),
    [
        ("What had the prosecution asked for?", "What do his lawyers cost?",
         "What do Fergus Tolan's lawyers cost?"),
        ("What went wrong?", "What is he planning for 2025?",
         "What is Fergus Tolan planning for 2025?"),
        ("What did the trial cost?", "How long did it last?", "How long did the trial last?"),
    ],
)  # fmt: skip
def test_a_person_is_whom_the_conversation_was_about(
    between: str, question: str, whole: str
) -> None:
    history = [cited("How long did Fergus Tolan get?", "Long."), cited(between, "Much.")]
    assert parse(question, history).text == whole


def told(question: str, text: str) -> Turn:
    """A turn that was answered so, as the bot would keep it."""
    return Turn(question, text, Answer(question, question, "answered", text))


@pytest.mark.parametrize(
    ("before", "text", "question", "whole"),
    [
        ("Which club has the biggest income?", "Clydeside had the biggest, 128. [1]",
         "What was its wage bill?", "What was Clydeside's wage bill?"),
        ("Who is the lead author?", "Milo Hartgen. [1]", "what does he say?",
         "what does Milo Hartgen say?"),
        ("Who won the women's race?", "Rain fell for most of it. [1]", "how old is she?",
         "how old is the one who won the women's race?"),
        ("What were exports?", "Exports came to 25 trillion yuan. [1]", "Are you sure?",
         "Are you sure of this: “Exports came to 25 trillion yuan”?"),
    ],
)  # fmt: skip
def test_what_was_told_is_what_a_followup_speaks_of(
    before: str, text: str, question: str, whole: str
) -> None:
    assert parse(question, [told(before, text)]).text == whole


def test_what_nothing_answered_is_not_leant_on() -> None:
    exports = told("What were exports in 2024?", "Exports came to 25 trillion yuan. [1]")
    lost = Answer("And in 1990?", "What were exports in 1990?", "abstained", "Not told.")
    turns = [exports, Turn("And in 1990?", lost.text, lost)]
    assert parse("And imports?", turns).text == "What were imports in 2024?"


@pytest.mark.parametrize(
    ("first", "second", "understood", "asked", "whole"),
    [
        ("What was net profit in 2024?", "And the year before?", "What was net profit in 2023?",
         "why the drop?", "Why did net profit drop in 2024?"),
        ("What were fares in 2024?", "and in 2021?", "What were fares in 2021?",
         "Why did they rise?", "Why did fares rise in 2024?"),
        ("What was the harvest in 2023?", "and in 2024?", "What was the harvest in 2024?",
         "why the drop?", "Why did the harvest drop in 2024?"),
        ("What were fares in 2024?", "And wages in 2021?", "What were wages in 2021?",
         "why the rise?", "Why did wages rise in 2021?"),
    ],
)  # fmt: skip
def test_a_move_is_that_to_the_later_of_two_times(
    first: str, second: str, understood: str, asked: str, whole: str
) -> None:
    earlier = Turn(second, "3.", Answer(second, understood, "answered", "3."))
    assert parse(asked, [told(first, "2."), earlier]).text == whole


@pytest.mark.parametrize(
    ("before", "question", "whole"),
    [
        # What somebody does for what somebody does, what was done for what was done.
        ("How much did Chile export in 2024, in pesos?", "And imports?",
         "How much did Chile import in 2024, in pesos?"),
        ("How much has Chile exported?", "and imports", "How much has Chile imported?"),
        ("How many people were hurt in the storm?", "And killed?",
         "How many people were killed in the storm?"),
        ("How many people were hurt in the storm?", "And men?",
         "How many men were hurt in the storm?"),
        # Who does it for who does it.
        ("How much did Chile export in 2024?", "And that of Peru?",
         "How much did Peru export in 2024?"),
        # Where it comes from is not where it goes to.
        ("How many visitors came to Spain in 2024?", "And from Germany?",
         "How many visitors came to Spain in 2024 from Germany?"),
        ("How many visitors came to Spain in 2024?", "And to Portugal?",
         "How many visitors came to Portugal in 2024?"),
        # A period for a period, a share for a unit.
        ("How much did Chile export in 2024, in pesos?", "and before that?",
         "How much did Chile export in 2023, in pesos?"),
        ("How high was unemployment in May 2025?", "and before that?",
         "How high was unemployment in April 2025?"),
        ("How much did the town spend on roads, in euros?", "as a share?",
         "How much did the town spend on roads as a share?"),
        ("How tall is the bell tower?", "and how long?", "How long is the bell tower?"),
        # What one thing is set against, where only it is named.
        ("By how much did imports grow in 2024?", "how much faster did exports grow?",
         "how much faster did exports grow than imports in 2024?"),
        ("How tall is the bell tower?", "How much taller is the minster?",
         "How much taller is the minster than the bell tower?"),
        ("By how much did imports grow in 2024?", "How much faster did Ann run than Bea?",
         "How much faster did Ann run than Bea?"),
    ],
)  # fmt: skip
def test_a_slot_is_filled_by_its_like(before: str, question: str, whole: str) -> None:
    assert parse(question, [Turn(before)]).text == whole
