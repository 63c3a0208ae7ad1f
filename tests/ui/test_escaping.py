import pytest

from ui.escaping import html, markdown, shortened


@pytest.mark.parametrize(
    ("text", "drawn"),
    [
        ("$1.05 trillion", r"\$1\.05 trillion"),
        ("*bold* `code`", r"\*bold\* \`code\`"),
        ("![x](http://e.org/x.png)", None),
        (":material/home: :tada:", None),
        ("www.example.org", None),
        ("two\nlines", "two lines"),
    ],
)
def test_markdown_labels_hold_plain_text(text: str, drawn: str | None) -> None:
    escaped = markdown(text)
    assert drawn is None or escaped == drawn
    for live in ("](", "://", ":material", ":tada", "www\\.", "\n"):
        assert live not in escaped


def test_escaping_loses_no_character() -> None:
    text = "a$b_c*d[e](f)<g>:h\\i"
    assert markdown(text).replace("\u2060", "").replace("\\", "") == text.replace("\\", "")


def test_html_is_inert() -> None:
    assert html("<img src=x onerror='f()'> & \"") == (
        "&lt;img src=x onerror=&#x27;f()&#x27;&gt; &amp; &quot;"
    )


def test_shortened_cuts_between_words() -> None:
    assert shortened("China's exports rose sharply", 20) == "China's exports…"
    assert shortened("short", 20) == "short"
