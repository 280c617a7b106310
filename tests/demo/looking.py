"""What is wrong with a public page: measured on its bytes, and seen in a browser."""

import gzip
import re
from collections.abc import Iterator
from typing import Any

from playwright.sync_api import Page as Tab

from tests.support.answers import Answer
from tests.support.browser import assert_accessible, assert_fits

#: A page with its stylesheet, compressed.
LIGHT = 30 * 1024
#: The most that what is seen may have moved about by itself (CLS); 0.1 is held to be good.
CALM = 0.01
#: How wide paper is between its margins, in CSS pixels.
PAPER = {"width": 688, "height": 1000}

SHIFTS = """
window.shifted = 0;
new PerformanceObserver(list => {
  for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shifted += entry.value;
}).observe({type: "layout-shift", buffered: true});
"""

MARKED = """() => {
  const wrong = [], all = selector => [...document.querySelectorAll(selector)];
  const levels = all("h1, h2, h3, h4, h5, h6").map(heading => Number(heading.tagName[1]));
  if (levels[0] !== 1) wrong.push("the first heading is no h1");
  levels.forEach((level, at) => {
    if (at && level > levels[at - 1] + 1) wrong.push(`h${level} follows h${levels[at - 1]}`);
  });
  if (levels.filter(level => level === 1).length !== 1) wrong.push("not one h1");
  if (!document.documentElement.lang) wrong.push("no language");
  for (const image of all("img")) {
    if (!image.hasAttribute("alt")) wrong.push(`no alt: ${image.src}`);
    for (const side of ["width", "height"]) {
      if (!image.getAttribute(side)) wrong.push(`no ${side}: ${image.src}`);
    }
  }
  for (const field of all("input:not([type=hidden]), select, textarea")) {
    if (!field.labels?.length && !field.ariaLabel) wrong.push(`no label: ${field.name}`);
  }
  return wrong;
}"""

TORN = """() => {
  const wrong = [], walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const isUnseen = one => one && (one.clientWidth === 1 || isUnseen(one.parentElement));
  for (let text; (text = walk.nextNode());) {
    const around = text.parentElement;
    if (around.closest("code, svg") || isUnseen(around)) continue;
    for (const word of text.data.matchAll(/\\p{L}{2,}/gu)) {
      const range = document.createRange();
      range.setStart(text, word.index);
      range.setEnd(text, word.index + word[0].length);
      const lines = new Set([...range.getClientRects()].map(line => Math.round(line.top)));
      if (lines.size > 1) wrong.push(`torn: ${word[0]}`);
    }
  }
  return wrong;
}"""

#: A table may be moved sideways, but its scores are seen before that: half of 50 reads as 5.
HALF = """() => {
  const wrong = [];
  for (const frame of document.querySelectorAll(".scroll")) {
    const edge = frame.getBoundingClientRect().right;
    for (const row of frame.querySelectorAll("tbody tr")) {
      const score = row.querySelector(".num");
      if (score && score.getBoundingClientRect().right > edge) {
        wrong.push(`half out of sight: ${row.innerText}`);
      }
    }
  }
  return wrong;
}"""

PRINTED = """() => {
  const wrong = [], shown = one => one.getClientRects().length > 0;
  for (const one of document.querySelectorAll(
    "nav, form, button, input, select, textarea, summary, .skip, .no-print, .foot a")) {
    if (shown(one)) wrong.push(`printed: <${one.tagName.toLowerCase()} class="${one.className}">`);
  }
  for (const one of document.querySelectorAll("body *:not(svg, svg *)")) {
    const style = getComputedStyle(one);
    const cuts = style.overflowX !== "visible" || style.textOverflow === "ellipsis";
    const isUnseen = one.clientWidth <= 1 || style.clipPath !== "none";
    if (cuts && !isUnseen && shown(one) && one.scrollWidth > one.clientWidth + 1) {
      wrong.push(`cut: <${one.tagName.toLowerCase()} class="${one.className}">`);
    }
  }
  return wrong;
}"""


def heavy(page: Answer, sheets: dict[str, bytes]) -> Iterator[str]:
    """A page that weighs too much with its stylesheet, or needs a script."""
    weight = sum(len(gzip.compress(part, 9)) for part in (page.body, *sheets.values()))
    if weight > LIGHT:
        yield f"{weight} bytes compressed, with its stylesheet"
    for script in page.query("script"):
        if script.attrs.get("type") not in ("module", "application/ld+json"):
            yield f"a script that holds up the page: {script.attrs}"
    for element in page.query("[src], link[rel=stylesheet], [poster], [srcset]"):
        named = element.attrs.get("src") or element.attrs.get("href") or ""
        if re.match(r"(https?:)?//", named):
            yield f"brings along {named}"


def seen(tab: Tab, address: str) -> Iterator[str]:
    """What is wrong with a page on the screen of this tab, by day and by night."""
    tab.emulate_media(color_scheme="light")
    tab.goto(address, wait_until="load")
    yield from tab.evaluate(MARKED)
    yield from tab.evaluate(TORN)
    yield from tab.evaluate(HALF)
    yield from _failing(tab)
    shifted = tab.evaluate("window.shifted")
    if shifted >= CALM:
        yield f"moved about by {shifted:.3f}"
    tab.emulate_media(color_scheme="dark")
    yield from _failing(tab, only=["color-contrast"])


def printed(tab: Tab) -> Iterator[str]:
    """What is wrong with the page of this tab on paper."""
    size = tab.viewport_size
    tab.emulate_media(media="print", color_scheme="light")
    tab.set_viewport_size(PAPER)
    yield from tab.evaluate(PRINTED)
    yield from _failing(tab, only=["color-contrast"])
    if not tab.pdf(format="A4").startswith(b"%PDF"):
        yield "no paper came out"
    tab.emulate_media(media="null")
    tab.set_viewport_size(size or PAPER)


def unlike(tab: Tab, plain: Tab, address: str) -> Iterator[str]:
    """What a page says only to who lets scripts run."""
    plain.goto(address)
    with_script, without = (_said(one) for one in (tab, plain))
    for line in sorted(with_script - without):
        yield f"said by script alone: {line!r}"


def _said(tab: Tab) -> set[str]:
    text: str = tab.evaluate("document.querySelector('main').innerText")
    return {line.strip() for line in text.splitlines()}


def _failing(tab: Tab, **more: Any) -> Iterator[str]:
    try:
        assert_accessible(tab, **more)
        assert_fits(tab)
    except AssertionError as fault:
        yield str(fault)
