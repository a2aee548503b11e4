"""What a reader pastes, a link brings or storage holds is data: no script of it ever runs."""

from __future__ import annotations

import base64
import json
import re
import zlib

import pytest

from tests.browser.checker import CheckerPage, open_checker
from tests.browser.conftest import SITE, Look
from tests.browser.pages import PAGES

ATTEMPTS = {
    "href": r"$$ \href{javascript:window.hacked=1}{x} $$",
    "url": r"$$ \url{javascript:window.hacked=1} $$",
    "image": r"$$ \includegraphics[width=1em]{http://127.0.0.2:9/x.png} $$",
    "data": r"$$ \htmlData{x=1, onclick=window.hacked=1}{y} $$",
    "id": r"$$ \htmlId{x\" onmouseover=\"window.hacked=1}{y} $$",
    "style": r"$$ \htmlStyle{background: url(http://127.0.0.2:9/)}{y} $$",
    "class": r"$$ \htmlClass{md-overlay}{y} $$",
    "macro": r"$$ \newcommand{\x}{\href{javascript:window.hacked=1}{y}} \x $$",
    "defined": r"$$ \def\htmlData#1#2{\href{javascript:window.hacked=1}{#2}} y = 1 $$",
    "text": r"$$ \text{<img src=x onerror=window.hacked=1>} $$",
    "unread": "$$ <img src=x onerror=window.hacked=1> \\frac{ $$",
    "script": "<script>window.hacked=1</script>",
    "handler": '<img src="x" onerror="window.hacked=1"> <p onclick="window.hacked=1">p</p>',
    "frame": '<iframe src="javascript:parent.hacked=1"></iframe>',
    "svg": '<svg><script>window.hacked=1</script><a href="javascript:window.hacked=1">x</a></svg>',
    "math": '<math><mtext><img src=x onerror="window.hacked=1"></mtext></math>',
    "link": "[press](javascript:window.hacked=1)",
    "data link": "[press](data:text/html,<script>window.hacked=1</script>)",
    "picture": "![x](http://127.0.0.2:9/x.png)",
    "sheet": "<style>body { background: url(http://127.0.0.2:9/) }</style>",
    "attributes": '# Title {onclick="window.hacked=1" style="background:url(http://127.0.0.2:9/)"}',
    "form": '<form action="http://127.0.0.2:9/"><button id=go>press</button></form>',
    "base": '<base href="http://127.0.0.2:9/"><meta http-equiv=refresh content="0;url=//x/">',
    "clobber": '<a id="katex" name="engine"></a><input name="shadowRoot">',
    "piece": '<span data-piece="0-0" data-at="0-0" data-state="holds">holds</span>',
    "title": '!!! refuted "fails <img src=x onerror=window.hacked=1>"\n\n    $$ 1 = 2 $$',
    "symbol": r"Let $\text{<img src=x onerror=window.hacked=1>} \in \mathbb{R}$.",
    "mutation": "<form><math><mtext></form><form><mglyph><style></math>"
    '<img src onerror="hacked=1">',
}


def assert_inert(checker: CheckerPage) -> None:
    """No script ran, nothing was asked of elsewhere, and no element of the text could."""
    page = checker.page
    page.locator(".rendering *").evaluate_all(
        "all => all.forEach(one => one.dispatchEvent(new MouseEvent('mouseover', {bubbles: true})))"
    )
    for link in page.locator(".rendering a").all():
        target = link.get_attribute("href") or ""
        assert target == "" or target.startswith(("https://", "http://"))
    assert page.evaluate("window.hacked") is None
    assert [url for url in checker.view.requests if not url.startswith(checker.view.address)] == []
    bad = page.locator(".rendering").evaluate(
        """root => [...root.querySelectorAll("*")].filter((one) =>
             one.matches("script, iframe, form, style, img, base, meta, link, object, embed, svg a")
             || [...one.attributes].some(({name}) => name.startsWith("on"))
             || (one.id && one.closest(".check") === null)).map((one) => one.outerHTML)"""
    )
    assert bad == []


@pytest.fixture
def checker(look: Look) -> CheckerPage:
    opened = open_checker(look)
    opened.start_empty()
    return opened


def test_attempts_in_the_text_are_inert(checker: CheckerPage) -> None:
    for attempt in ATTEMPTS.values():
        checker.write(attempt)
        assert_inert(checker)
    checker.write("\n\n".join(ATTEMPTS.values()))
    assert_inert(checker)


def test_a_faked_mark_is_no_mark(checker: CheckerPage) -> None:
    checker.write(ATTEMPTS["piece"] + "\n\n$$ 1 = 2 $$\n")
    page = checker.page
    assert page.locator(".rendering [data-state=holds]").count() == 0
    assert page.locator(".rendering .formula[data-state=fails]").count() == 1


def fragment(text: str) -> str:
    packer = zlib.compressobj(wbits=-15)
    packed = packer.compress(text.encode()) + packer.flush()
    return "#text=" + base64.urlsafe_b64encode(packed).decode().rstrip("=")


def test_attempts_in_a_link_are_inert(look: Look) -> None:
    checker = open_checker(look, fragment("\n\n".join(ATTEMPTS.values())))
    checker.wait()
    assert_inert(checker)


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("#text=AAAA", "the link is damaged: its text cannot be read"),
        ("#text=" + "A" * 5, "the link is damaged: its text cannot be read"),
        ("?page=../../index", "the link names no page of this site"),
        ("?page=%3Cimg%20src=x%20onerror=hacked=1%3E", "the link names no page of this site"),
        ("?page=nothing", "there is no starting point nothing"),
    ],
)
def test_a_link_that_makes_no_sense_says_so(look: Look, query: str, message: str) -> None:
    checker = open_checker(look, query)
    checker.page.get_by_text(message).wait_for()
    assert checker.page.evaluate("window.hacked") is None


def test_a_link_that_unpacks_to_too_much_is_refused(look: Look) -> None:
    checker = open_checker(look, fragment("x" * 20_000_000))
    checker.page.get_by_text("the link is damaged").wait_for()


@pytest.mark.parametrize(
    "kept",
    [
        "not JSON", "null", "[]", '{"text": 1, "time": "x"}',
        json.dumps({"text": "\n\n".join(ATTEMPTS.values()), "time": 1}),
    ],
)  # fmt: skip
def test_what_storage_holds_is_inert(look: Look, kept: str) -> None:
    checker = open_checker(look)
    checker.page.evaluate(
        """kept => {
             localStorage.setItem("proofread.draft.<img src=x onerror=hacked=1>", kept);
             localStorage.setItem("proofread.progress", kept);
           }""",
        kept,
    )
    checker.page.reload()
    checker.start_empty()
    checker.page.locator(".menu summary").nth(1).click()
    assert_inert(checker)


# The policy.

_POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy" content="([^"]+)">')


def policy(path: str) -> dict[str, str]:
    html = (SITE / path).read_text(encoding="utf-8")
    rules = _POLICY.search(html)
    assert rules, f"{path} has no policy"
    assert "<script" not in html[: rules.end()], f"{path} runs a script before its policy"
    return dict(rule.split(" ", 1) for rule in rules[1].split("; "))


@pytest.mark.parametrize(
    "path", sorted(path.relative_to(SITE).as_posix() for path in SITE.rglob("*.html"))
)
def test_every_page_has_a_policy_of_the_site_alone(path: str) -> None:
    rules = policy(path)
    assert rules["default-src"] == "'none'"
    assert rules["style-src"] == rules["connect-src"] == rules["worker-src"] == "'self'"
    sources = " ".join(rules.values())
    assert "http" not in sources
    assert "*" not in sources
    assert "'unsafe-eval'" not in sources
    assert "'unsafe-inline'" not in rules["script-src"]
    assert ("style-src-attr" in rules) == ('class="katex' in (SITE / path).read_text("utf-8"))


def test_a_script_that_is_written_into_a_page_does_not_run(look: Look) -> None:
    view = look(PAGES[0])
    view.page.evaluate(
        """() => {
             const script = document.createElement("script");
             script.textContent = "window.hacked = 1";
             document.body.append(script);
             document.body.insertAdjacentHTML("beforeend", "<img src=x onerror='hacked = 1'>");
           }"""
    )
    view.page.wait_for_timeout(200)
    assert view.page.evaluate("window.hacked") is None
    assert any("Content Security Policy" in trouble for trouble in view.troubles)
