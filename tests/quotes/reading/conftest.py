"""Sample texts, with invented people, that the tests of the formats put into files of every kind."""

from __future__ import annotations

import pytest

TITLE = "Harbour talks end without a treaty"
PARAGRAPHS = (
    "The delegations of the two islands left the table on Tuesday night after eleven hours of talks about the harbour.",
    "“We shall come back when there is something to sign,” said Mirela Ostrand, who leads the delegation of the north.",
    "Her counterpart, Tobias Quell, told reporters that his side had offered a compromise and had no answer.",
    "The mediator's office said in a statement that both sides had agreed to meet again before the end of the month.",
)


@pytest.fixture(scope="session")
def paragraphs() -> tuple[str, ...]:
    return PARAGRAPHS


@pytest.fixture(scope="session")
def title() -> str:
    return TITLE


@pytest.fixture(scope="session")
def page() -> str:
    """A saved web page with all that stands around an article."""
    body = "".join(f"<p>{words}</p>" for words in PARAGRAPHS)
    return f"""<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{TITLE} | The Skerry Post</title>
<meta property="og:title" content="{TITLE}"><meta property="og:site_name" content="The Skerry Post">
<meta name="author" content="Jonna Brisk"><meta property="article:published_time" content="2024-03-05T21:40:00+01:00">
<style>.x{{color:red}}</style><script>var tracking = "He said nothing";</script></head><body>
<nav><ul><li><a href="/">Home</a></li><li><a href="/sea">Sea</a></li></ul></nav>
<div class="cookie-banner">This site uses cookies. <button>Accept all</button></div>
<main><article><h1>{TITLE}</h1>{body}<h2>What comes next</h2>
<p>Ostrand said the fishing quota would be the first point of the next round.</p></article></main>
<aside><h3>Most read</h3><ul><li><a href="/a">Minister says he never said it</a></li></ul></aside>
<footer>© 2024 The Skerry Post. All rights reserved.</footer></body></html>"""
