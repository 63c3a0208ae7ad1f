"""What a question in its words can mean, and what it cannot."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

import pytest

from bot import nodes, questions
from bot.deriving import sense
from ingest import Article, Figure, articles, figures

TEXT = """Halden Tools sells in three regions

Europe brought in £203 million in 2024 and North America £147 million.
Group revenue was £412 million in 2024.
The new plant in Skagen cost DKK 900 million (€120 million) and has sold 400 pumps.
A pump weighs 12 kg; 30,000 visitors saw them at the fair.
Orders came to €3 million, and 2,000 to 2,600 pumps are to be made in 2026.
Profit was £40 million in 2024 and £50 million in 2023.
The plant made 88 megawatt-hours of its own.
"""


@pytest.fixture(scope="module")
def article() -> Article:
    return articles.parse(TEXT.encode(), "halden.txt")


@pytest.fixture(scope="module")
def read(article: Article) -> Mapping[str, Figure]:
    return {article.text[f.start : f.end]: f for f in figures.find(article)}


def means(question: str, operation: str, *members: Figure) -> bool:
    return sense.is_meant(questions.parse(question), nodes.node_of(operation, members))


@pytest.mark.parametrize(
    ("question", "is_turned_right"),
    [
        ("How many times as much as North America did Europe bring in?", True),
        ("Europe brought in how many times less than North America?", False),
        ("What is the ratio of North America to Europe?", False),
    ],
)
def test_so_many_times_is_the_more_by_the_less(
    question: str, is_turned_right: bool, read: Mapping[str, Figure]
) -> None:
    more, less = read["£203 million"], read["£147 million"]
    assert means(question, "ratio", more, less)
    assert means(question, "ratio", less, more) is not is_turned_right


@pytest.mark.parametrize(
    ("question", "unit"),
    [
        ("How many Danish kroner per euro does the plant's price imply?", "DKK/EUR"),
        ("ringgit per US dollar going by the price?", "MYR/USD"),
        ("What krona to euro rate follows from the price?", "SEK/EUR"),
        ("How many yen to the dollar?", "JPY/USD"),
        ("What rate lies between the euro and the pound?", None),
        ("pounds per week?", None),
    ],
)
def test_the_rate_that_is_asked_for(question: str, unit: str | None) -> None:
    assert sense.rate_asked(question) == unit


def test_a_rate_is_told_the_way_that_it_is_asked_for(read: Mapping[str, Figure]) -> None:
    crowns, euros = read["DKK 900 million"], read["€120 million"]
    question = "How many Danish kroner to the euro does the plant's price imply?"
    assert means(question, "exchange_rate", crowns, euros)
    assert not means(question, "exchange_rate", euros, crowns)
    assert means("What rate does the price imply?", "exchange_rate", euros, crowns)


def test_a_share_is_not_of_the_part_beside(read: Mapping[str, Figure]) -> None:
    part, other, whole = read["£147 million"], read["£203 million"], read["£412 million"]
    assert not means("What share of sales came from North America?", "share", part, other)
    assert means("What share of sales came from North America?", "share", part, whole)
    assert means("What is North America as a share of Europe?", "share", part, other)


def test_a_quotient_is_by_what_is_named(read: Mapping[str, Figure]) -> None:
    by_pumps = nodes.node_of("per_unit", [read["DKK 900 million"], read["400 pumps"]])
    by_guests = nodes.node_of("per_unit", [read["DKK 900 million"], read["30,000 visitors"]])
    asked = questions.parse("What did the plant cost per pump?")
    assert sense.of_what_is_named(asked, [by_guests, by_pumps]) == [by_pumps]
    sold = questions.parse("What did the plant cost per pump sold?")
    assert sense.of_what_is_named(sold, [by_guests, by_pumps]) == [by_pumps]
    paying = questions.parse("What did the plant cost per paying visitor?")
    assert sense.of_what_is_named(paying, [by_guests, by_pumps]) == [by_guests]
    other = questions.parse("What did the plant cost per worker?")
    assert sense.of_what_is_named(other, [by_guests, by_pumps]) == [by_guests, by_pumps]


@pytest.mark.parametrize(
    ("question", "unit"),
    [
        ("What did the plant cost in kroner?", "DKK"),
        ("What did the plant cost in euros?", "EUR"),
        ("What did the plant cost in Norwegian kroner?", "NOK"),
        ("What did the plant cost in dollars?", "USD"),
    ],
)
def test_money_is_that_of_the_country_told_of(
    question: str, unit: str, read: Mapping[str, Figure]
) -> None:
    assert sense.in_money_told(questions.parse(question), read.values()).unit == unit


@pytest.mark.parametrize(
    ("question", "is_asked"),
    [
        ("What is the midpoint of the guidance?", True),
        ("middle of what they expect to sell", True),
        ("forecast range for pumps - whats the middle?", True),
        ("What is the average of the range they give?", True),
        ("How many families are in the middle class?", False),
        ("What is the average price range?", False),
        ("Who lives in the centre of town?", False),
    ],
)
def test_the_middle_of_a_range(question: str, is_asked: bool, read: Mapping[str, Figure]) -> None:
    told = read["2,000 to 2,600 pumps"]
    assert sense.asks_middle(question) is is_asked
    assert means(question, "stated", told) is not is_asked
    assert means(question, "stated", read["400 pumps"]) is not is_asked
    assert means(question, "average", told, replace(told, quantity=-2)) is not is_asked


def test_a_middle_that_is_told() -> None:
    text = "The midpoint of its guidance was £40 million.\n"
    told = figures.find(articles.parse(text.encode(), "a.txt"))[0]
    assert means("What is the midpoint of the guidance?", "stated", told)
    text = "It expects sales of £40 million at the midpoint.\n"
    told = figures.find(articles.parse(text.encode(), "a.txt"))[0]
    assert means("What sales does it expect at the midpoint?", "stated", told)


def test_what_is_no_size_that_anybody_asks_for(read: Mapping[str, Figure]) -> None:
    crowns, profit, before = read["€120 million"], read["£40 million"], read["£50 million"]
    sales, orders = read["£412 million"], read["€3 million"]
    assert means("By what percentage did profit fall?", "growth", profit, before)
    assert not means("By what percentage did sales grow?", "growth", sales, profit)
    assert means("How much more is it?", "difference", crowns, crowns)
    assert means("How much higher are sales than profit?", "difference", sales, profit)
    assert means("How many times the orders is the plant?", "ratio", crowns, orders)


def test_nothing_is_measured_by_one(read: Mapping[str, Figure]) -> None:
    pumps = read["400 pumps"]
    one = replace(pumps, value=Decimal(1), unit="customer")
    assert not means("How many pumps per customer?", "per_unit", pumps, one)
    assert means("What did a pump cost?", "per_unit", read["DKK 900 million"], pumps)


def test_so_many_are_no_money(read: Mapping[str, Figure]) -> None:
    sales, profit = read["£412 million"], read["£40 million"]
    assert not means("How many customers were there before?", "difference", sales, profit)
    assert means("How many million pounds lie between them?", "difference", sales, profit)
    assert means("How many pounds lie between them?", "difference", sales, profit)
    assert not means("How many times as many customers are there?", "ratio", sales, profit)
    assert means("How many times as much were sales?", "ratio", sales, profit)


def test_an_amount_is_no_share(read: Mapping[str, Figure]) -> None:
    part, whole = read["£147 million"], read["£412 million"]
    asked = "What share of sales came from North America?"
    assert not means(asked, "stated", part)
    assert means(asked, "share", part, whole)
    assert means("What share of sales, in pounds, came from North America?", "stated", part)
    assert means("What came from North America?", "stated", part)


def test_a_share_is_not_of_another_year(read: Mapping[str, Figure]) -> None:
    now, before = read["£40 million"], read["£50 million"]
    assert not means("What share of sales is profit?", "share", now, before)
    assert means("What is profit of 2024 as a share of that of 2023?", "share", now, before)


def test_a_quotient_is_by_the_unit_that_is_named(read: Mapping[str, Figure]) -> None:
    power, weight = read["88 megawatt-hours"], read["12 kg"]
    turned = nodes.node_of("per_unit", [power, weight])
    upright = nodes.node_of("per_unit", [weight, power])
    asked = questions.parse("weight per megawatt hour?")
    assert sense.of_what_is_named(asked, [turned, upright]) == [upright]


@pytest.mark.parametrize(
    ("question", "may_be"),
    [
        ("By how much did Europe's sales rise in absolute terms?", False),
        ("How much extra did Europe bring in, in pounds not percent?", False),
        ("How many points faster did Europe grow than North America?", False),
        ("What is the gap in growth between Europe and Asia, in percentage points?", False),
        ("By how much did Europe's sales rise?", True),
        ("By how many percent did Europe's sales rise?", True),
    ],
)
def test_a_rate_of_growth_is_no_amount_and_no_distance(question: str, may_be: bool) -> None:
    text = b"Sales in Europe rose 6% in 2024."
    growth = figures.find(articles.parse(text, "a.txt"))[0]
    assert means(question, "stated", growth) is may_be


@pytest.mark.parametrize(
    ("question", "is_of_both"),
    [
        ("How high were imports?", True),
        ("How high were imports and exports?", False),
        ("How high was trade?", False),
    ],
)
def test_two_together_are_none_of_them(question: str, is_of_both: bool) -> None:
    text = b"Total imports and exports came to $40 billion in 2024."
    both = figures.find(articles.parse(text, "a.txt"))[0]
    assert means(question, "stated", both) is not is_of_both


@pytest.mark.parametrize(
    ("question", "sentence", "may_be"),
    [
        ("How large was the trade surplus?", "Foreign trade came to $40 billion.", False),
        ("How large was the trade surplus?", "The trade surplus was $4 billion.", True),
        ("How large was the deficit?", "Spending exceeded revenue by $4 billion.", True),
        ("What were net imports of power?", "Imports came to 2,904 GWh.", False),
    ],
)
def test_one_side_is_no_balance(question: str, sentence: str, may_be: bool) -> None:
    figure = figures.find(articles.parse(sentence.encode(), "a.txt"))[0]
    assert sense.asks_balance(question)
    assert sense.is_balance(figure, sentence) is may_be
    assert not sense.asks_balance("How large was foreign trade?")


def test_one_rate_is_no_share_of_another() -> None:
    text = b"Exports rose 7% in 2024. Trade rose 14% in 2024."
    one, other = figures.find(articles.parse(text, "a.txt"))
    assert not means("What share of the rise in trade was exports?", "share", one, other)


@pytest.mark.parametrize(
    ("question", "figure", "may_be"),
    [
        ("What was the operating margin of Halden in 2024?", "£40 million", False),
        ("What was the cost/income ratio of Halden?", "£40 million", False),
        ("By what margin did Halden win the contract?", "£40 million", True),
        ("What was the profit of Halden in 2024?", "£40 million", True),
        ("How much did group revenue grow in 2024?", "£412 million", False),
        ("How much did group revenue grow to in 2024?", "£412 million", True),
        ("By what percentage did profit fall?", "£40 million", False),
        ("What part of revenue came from Europe?", "£203 million", False),
    ],
)
def test_an_amount_is_no_ratio_and_no_growth(
    question: str, figure: str, may_be: bool, read: Mapping[str, Figure]
) -> None:
    assert sense.is_meant(questions.parse(question), nodes.leaf(read[figure])) is may_be


def test_a_share_that_is_asked_for_is_no_growth(read: Mapping[str, Figure]) -> None:
    now, then = read["£40 million"], read["£50 million"]
    assert not means("Profit as a % of revenue in 2024?", "growth", now, then)
    assert not means("What share of revenue was profit?", "growth", now, then)
    assert means("By how many percent did profit fall?", "growth", now, then)


def test_what_is_told_by_the_hectare_is_not_set_against_hectares() -> None:
    text = "A farm of 150 hectares yields 8 tonnes per hectare.\n"
    article = articles.parse(f"Farms\n\n{text}".encode(), "farms.txt")
    area, crop = figures.find(article)
    asked = questions.parse("How much does the farm yield?")
    assert not sense.is_meant(asked, nodes.step("per_unit", [nodes.leaf(crop), nodes.leaf(area)]))


def test_what_was_before_growth_is_not_carried_on() -> None:
    text = "Line A carried 14.8 million passengers last year, up 4.2% on 2022.\n"
    article = articles.parse(f"Trams\n\n{text}".encode(), "trams.txt")
    members = [f for f in figures.find(article) if f.value]
    assert not means("How many passengers must it have carried in 2022?", "projection", *members)
    assert means("How many passengers would it carry in 2030?", "projection", *members)


def test_a_factor_is_of_the_more_by_the_less(read: Mapping[str, Figure]) -> None:
    more, less = read["£203 million"], read["£147 million"]
    assert not means("By what factor does Europe exceed North America?", "ratio", less, more)


def test_what_is_higher_is_from_less_to_more(read: Mapping[str, Figure]) -> None:
    now, then = read["£40 million"], read["£50 million"]
    assert not means("How much higher, in percent, was profit in 2024?", "growth", now, then)
    assert means("How much lower, in percent, was profit in 2024?", "growth", now, then)


def test_what_two_have_grown_by_together_is_what_neither_has() -> None:
    text = "Imports and exports reached 7.5 trillion yuan in 2024, up 14.4%.\n"
    article = articles.parse(f"Trade\n\n{text}".encode(), "trade.txt")
    members = [f for f in figures.find(article) if f.unit in {"CNY", "%"}]
    assert not means("What was the absolute increase in imports?", "absolute_growth", *members)
    assert means("How much did imports and exports increase?", "absolute_growth", *members)


def test_a_difference_is_in_the_money_that_is_asked_for() -> None:
    text = "Wheat cost AUD 338 a tonne (USD 222) in August and AUD 321 (USD 209) in November.\n"
    article = articles.parse(f"Wheat\n\n{text}".encode(), "wheat.txt")
    money = {article.text[f.start : f.end]: f for f in figures.find(article)}
    home = nodes.node_of("difference", (money["AUD 338 a tonne"], money["AUD 321"]))
    other = nodes.node_of("difference", (money["USD 222"], money["USD 209"]))
    asked = questions.parse("How much cheaper, in Australian dollars, was wheat in November?")
    assert sense.in_money_asked(asked, [home, other]) == [home]
    assert sense.in_money_asked(asked, [other]) == [other]


@pytest.mark.parametrize(
    ("question", "text", "is_meant"),
    [
        ("How much did the ferry cost?", "Revenue of the ferry was £40 million.\n", False),
        ("How much revenue did the ferry bring?", "Revenue was £40 million.\n", True),
        ("What was the cost of revenue?", "Cost of revenue was £40 million.\n", True),
        ("How many births were there?", "Deaths rose to 4,100 in 2024.\n", False),
        ("How many towns get the pass?", "The pass lasts a 72-hour stay.\n", False),
        ("How many hours does the pass last?", "The pass lasts 72 hours.\n", True),
        ("number of visitors", "Visitors spent £40 million.\n", False),
    ],
)
def test_what_measures_the_opposite(question: str, text: str, is_meant: bool) -> None:
    (told,) = figures.find(articles.parse(text.encode(), "a.txt"))
    assert means(question, "stated", told) is is_meant


@pytest.mark.parametrize(
    ("question", "is_meant"),
    [
        ("How fast did revenue grow in 2023?", False),
        ("What was the growth of revenue in 2023?", False),
        ("What was revenue in 2023, before that growth?", True),
    ],
)
def test_a_rate_of_growth_is_no_level_before_it(question: str, is_meant: bool) -> None:
    text = b"Revenue came to 90 million pounds in 2024, a rise of 20%.\n"
    level, growth = figures.find(articles.parse(text, "a.txt"))
    assert means(question, "before_growth", level, growth) is is_meant
    assert not means("How much is revenue expected to be in 2025?", "projection", level, growth)
    assert means("If revenue grows as fast, what is it in 2025?", "projection", level, growth)


def test_two_levels_are_no_share_of_growth(read: Mapping[str, Figure]) -> None:
    part, whole = read["£203 million"], read["£412 million"]
    assert not means("What share of the growth in revenue came from Europe?", "share", part, whole)
    assert means("What share of revenue came from Europe?", "share", part, whole)


@pytest.mark.parametrize(
    ("question", "may_be"),
    [
        ("How much bigger was the harbour than the airport last year?", False),
        ("How many more cars than lorries crossed in 2024?", False),
        ("By how much was the fee higher than the fine?", False),
        ("How much higher was the fee than a year before?", True),
        ("How much larger was output than in 2023?", True),
        ("How much more did it sell than in the same quarter of 2023?", True),
        ("How many billions more did Egypt get for things other than oil?", True),
    ],
)
def test_one_beside_another_is_no_growth_of_the_one(
    question: str, may_be: bool, read: Mapping[str, Figure]
) -> None:
    level = next(figure for figure in read.values() if figure.kind == "level")
    assert means(question, "before_change", level, level) is may_be


@pytest.mark.parametrize(
    ("question", "may_be"),
    [
        ("harbour revenue yoy 2023", False),
        ("Revenue, year on year?", False),
        ("harbour revenue 2023", True),
        ("What was revenue in the year?", True),
    ],
)
def test_a_level_is_no_growth_over_the_year(
    question: str, may_be: bool, read: Mapping[str, Figure]
) -> None:
    level = next(figure for figure in read.values() if figure.kind == "level")
    assert sense.is_meant(questions.parse(question), nodes.leaf(level)) is may_be


@pytest.mark.parametrize(
    ("question", "unit", "value", "may_be"),
    [
        ("What was the on-time rate of regional trains?", "train", "214700", False),
        ("What was the birth rate?", "birth", "9.8", True),
        ("What was the vacancy rate?", "%", "4", True),
        ("How many trains ran at the old rate of pay?", "train", "214700", True),
        ("What did exports fetch per tonne?", "t", "541000", False),
        ("What did exports fetch per tonne?", "EUR", "812", True),
        ("How much was exported at that price a tonne?", "t", "541000", True),
        ("Hybrids' share of new registrations?", "car", "1489", False),
        ("How many hybrids were registered?", "car", "1489", True),
    ],
)
def test_a_rate_and_a_share_are_no_amounts(
    question: str, unit: str, value: str, may_be: bool, read: Mapping[str, Figure]
) -> None:
    figure = replace(
        read["30,000 visitors"], value=Decimal(value), unit=unit, measure="things", kind="count"
    )
    assert means(question, "stated", figure) is may_be


@pytest.mark.parametrize(
    ("question", "clause", "may_be"),
    [
        ("By how many tonnes did stocks rise?", "stocks at distributors were", False),
        ("Tonnes by which imports fell", "imports were 664,000 tonnes in june", False),
        ("By how much was the record beaten?", "took 58 seconds off the record", True),
        ("By how much did they miss the goal?", "1.9 billion short of its target", True),
        ("How many tonnes were in stock?", "stocks at distributors were", True),
    ],
)
def test_a_level_lies_between_no_two(
    question: str, clause: str, may_be: bool, read: Mapping[str, Figure]
) -> None:
    level = read["£412 million"]
    is_asked = sense.asks_between(question)
    assert (not is_asked or sense.may_lie_between(level, clause)) is may_be


@pytest.mark.parametrize(
    ("question", "may_be"),
    [
        ("How much more profit did Halden make in 2024 than in 2023?", False),
        ("How many more pounds did it earn in 2024 than a year earlier?", False),
        ("How much profit did Halden make in 2024?", True),
        ("Was it more than in 2023, and how much was it?", True),
    ],
)
def test_how_much_more_than_then_is_no_level(
    question: str, may_be: bool, read: Mapping[str, Figure]
) -> None:
    assert means(question, "stated", read["£40 million"]) is may_be


@pytest.mark.parametrize(
    ("question", "measure", "may_be"),
    [
        ("average price of a ticket in 2024?", "average ticket price", False),
        ("What was the average ticket price over both years?", "average ticket price", True),
        ("What did profit average in the two years?", "profit", True),
        ("What was the average profit?", "profit", True),
    ],
)
def test_an_average_is_not_averaged_again(
    question: str, measure: str, may_be: bool, read: Mapping[str, Figure]
) -> None:
    pair = [replace(read[text], measure=measure) for text in ("£40 million", "£50 million")]
    assert means(question, "average", *pair) is may_be


@pytest.mark.parametrize(
    ("question", "whole", "may_be"),
    [
        ("What was the operating margin?", "revenue", True),
        ("What was the operating margin?", "net sales", True),
        ("What was the operating margin?", "profit before tax", False),
        ("What share of profit came from Europe?", "profit before tax", True),
    ],
)
def test_a_margin_is_a_share_of_revenue(
    question: str, whole: str, may_be: bool, read: Mapping[str, Figure]
) -> None:
    pair = read["£40 million"], replace(read["£412 million"], measure=whole)
    assert means(question, "share", *pair) is may_be


@pytest.mark.parametrize(
    ("question", "other", "may_be"),
    [
        ("By how much do the two counts differ?", "£147 million", True),
        ("By how much do the two counts differ?", "£40 million", False),
        ("By how much is the one more than the other?", "£40 million", True),
    ],
)
def test_two_accounts_are_near_each_other(
    question: str, other: str, may_be: bool, read: Mapping[str, Figure]
) -> None:
    assert means(question, "difference", read["£203 million"], read[other]) is may_be


def test_what_is_told_of_two_is_not_added_to_one_of_them(read: Mapping[str, Figure]) -> None:
    one = replace(read["£203 million"], measure="exports")
    both = replace(read["£412 million"], measure="total imports and exports of services")
    other = replace(read["£147 million"], measure="imports")
    question = "What do imports and exports come to together?"
    assert not means(question, "sum", both, one)
    assert means(question, "sum", other, one)


def test_what_several_parts_leave_is_less_each_of_them(read: Mapping[str, Figure]) -> None:
    whole = replace(read["£412 million"], measure="revenue")
    gas = replace(read["£203 million"], measure="natural gas")
    coal = replace(read["£147 million"], measure="coal")
    both = replace(gas, measure="gas and coal")
    question = "How much of the revenue was not gas and coal?"
    assert not means(question, "residual", gas, coal)
    assert means(question, "residual", whole, gas, coal)
    assert means(question, "residual", whole, both)
    assert means("How much of the revenue was not coal?", "residual", whole, coal)


def test_what_is_set_against_another_is_not_twice_the_same(read: Mapping[str, Figure]) -> None:
    now = replace(read["£203 million"], measure="imports", period="2024")
    then = replace(read["£147 million"], measure="imports", period="2023")
    other = replace(then, measure="exports", period="2024")
    question = "What is the difference between imports and exports?"
    assert not means(question, "difference", now, then)
    assert means(question, "difference", now, other)
    assert means("What is the difference between imports in 2024 and imports in 2023?",
                 "difference", now, then)  # fmt: skip


@pytest.mark.parametrize(
    ("amount", "number", "question", "is_meant"),
    [
        ("$4,265", "476,000 t", "What was paid per tonne of beef?", False),
        ("£46", "19 hostels", "What does a night in a hostel cost?", True),
        ("9 productions", "712 performances", "Average audience of a performance?", False),
        ("9 productions", "712 performances", "Productions for each performance?", True),
        ("3,900 workers", "1,400 cars", "Cars built per worker?", False),
        ("1,400 cars", "3,900 workers", "Cars built per worker?", True),
    ],
)
def test_a_price_is_not_spread_nor_what_nobody_names(
    amount: str, number: str, question: str, is_meant: bool
) -> None:
    text = f"Told\n\nThere were {amount}.\n\nThere were {number}.\n"
    found = figures.find(articles.parse(text.encode(), "told.txt"))
    assert means(question, "per_unit", *found) is is_meant


def test_so_many_times_is_neither_a_fraction_nor_thousands(read: Mapping[str, Figure]) -> None:
    more, less = read["£203 million"], read["£147 million"]
    least = replace(less, value=Decimal(9000))
    assert not means("How many times as dear as water is oil?", "ratio", more, least)
    assert means("How many pumps does the sum buy?", "ratio", more, least)
    assert not means("How many years of savings pay for it?", "ratio", least, more)


@pytest.mark.parametrize(
    ("question", "is_meant"),
    [
        ("Rise in the price of a pump, pounds", False),
        ("What has been added in pounds?", False),
        ("Growth of the price of a pump in pounds?", True),
        ("By what percentage has the price risen?", True),
    ],
)
def test_what_is_asked_for_in_a_unit_is_not_told_in_percent(
    question: str, is_meant: bool, read: Mapping[str, Figure]
) -> None:
    new = replace(read["£203 million"], measure="price")
    old = replace(read["£147 million"], measure="price")
    assert means(question, "growth", new, old) is is_meant
