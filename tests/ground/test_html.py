"""The eyes of the page client see."""

import pytest

from tests.support import html

PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Roads – Mobilizer</title></head>
<body><main><h1>Roads</h1>{}</main></body></html>"""


def faults(inside="", page=PAGE):
    return "\n".join(html.faults(page.format(inside)))


def test_a_good_page_has_no_faults():
    good = """
        <p>One <b>two</b> &amp; three<br><a href="/x">four</a></p>
        <ul><li>x</li></ul>
        <svg viewBox="0 0 9 9" role="img" aria-label="A bar"><path d="M0 0h9"/></svg>
        <table><caption>c</caption><thead><tr><th scope="col">h</th></tr></thead>
        <tbody><tr><td>d</td></tr></tbody></table>
        <form method="post"><input type="hidden" name="token" value="t">
        <label for="a">A</label><input id="a" name="a">
        <label>B <textarea name="b"></textarea></label>
        <input name="c" aria-label="C"><button>Send</button></form>
        <script src="/static/js/x.js" type="module"></script>"""
    assert faults(good) == ""


@pytest.mark.parametrize(
    ("inside", "says"),
    [
        ("<p>open", "</main> closes <p>"),
        ("<p><div>x</div></p>", "</p>"),
        ("<b><i>x</b></i>", "</b> closes <i>"),
        ("<p id='a' id='b'>x</p>", "<p> has id 2 times"),
        ("<p id='a'>x</p><p id='a'>y</p>", "the id 'a' is given 2 times"),
        ("<div/>", "does not close itself"),
        ("<ul><div>x</div></ul>", "<div> in <ul>"),
        ("<span><section>x</section></span>", "<section> in <span>"),
        ("<button><input aria-label='x'></button>", "<input> in a link or button"),
        ("<h1>Again</h1>", "2 h1 instead of one"),
        ("<input name='a'>", "<input name='a'> has no label"),
        ("<label></label><select name='s'></select>", "<select name='s'> has no label"),
        ("<label for='nobody'>x</label>", "points nowhere"),
        ("<img src='/x.png'>", "has no alt"),
        ("<button></button>", "says nothing"),
        ("<a href='/'><svg></svg></a>", "says nothing"),
        ("<p style='color: red'>x</p>", "inline style="),
        ("<style>p {{}}</style>", "inline <style>"),
        ("<script>alert()</script>", "inline <script>"),
        ("<a href='javascript:alert()'>x</a>", "javascript: in href"),
        ("<button onclick='x()'>x</button>", "inline onclick="),
    ],
)
def test_a_fault_in_the_body_is_seen(inside, says):
    assert says in faults(inside)


@pytest.mark.parametrize(
    ("good", "bad", "says"),
    [
        (' lang="en"', "", "<html> has no lang"),
        ("<title>Roads", "<title>Streets", "does not start with the h1"),
        ("<h1>Roads</h1>", "", "0 h1 instead of one"),
        ("<main>", "<div>", "not exactly one <main>"),
        ("<!doctype html>", "", "DOCTYPE"),
    ],
)
def test_a_fault_of_the_whole_page_is_seen(good, bad, says):
    assert says in faults(page=PAGE.replace(good, bad))
