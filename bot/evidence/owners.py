"""Owners: the articles that are about one of the things that a question names.

Where each of several peers has an article of its own ("Storholm turned out 173 GWh" stands in the
blog of Storholm alone), what is asked of one is looked for there, though no figure has its name.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from ingest import Article

# Whose an article is stands in its title or in so many letters of its opening.
N_HEAD = 400


def articles_of(
    name: str, others: Collection[str], articles: Mapping[str, Article]
) -> frozenset[str]:
    """The ids of the articles whose opening names one thing and none of the others.

    Of these the ones whose title does, where there are any.
    """
    is_own, are_others = _named(name), [_named(other) for other in others]

    def tells(article: Article, head: str) -> bool:
        whole = f"{article.title} {article.text[:N_HEAD]}"
        return bool(is_own.search(head)) and not any(o.search(whole) for o in are_others)

    titled = frozenset(id for id, a in articles.items() if tells(a, a.title))
    return titled or frozenset(
        id for id, a in articles.items() if tells(a, f"{a.title} {a.text[:N_HEAD]}")
    )


def _named(name: str) -> re.Pattern[str]:
    """A name as it may stand in a text, in capitals or not."""
    bare = re.sub(r"['’]s?$", "", name)
    return re.compile(rf"(?<!\w){re.escape(bare)}(?:['’]s?)?(?!\w)", re.IGNORECASE)


def of_it(question: str, name: str) -> str:
    """A question of a thing, of "it" instead.

    >>> of_it("By how much did Storholm's output grow?", "Storholm")
    'By how much did its output grow?'
    """
    bare = re.escape(re.sub(r"['’]s?$", "", name))
    put = re.sub(rf"(?<!\w)(?:the )?{bare}(?:['’]s|(?<=s)['’])(?!\w)", "its", question)
    return re.sub(rf"(?<!\w)(?:the )?{bare}(?!\w)", "it", put)
