"""Which part of a web page is the report: the main content, without menus, banners and footers."""

from __future__ import annotations

import re
from typing import Any

_UNSEEN = frozenset(
    [
        "script",
        "style",
        "noscript",
        "template",
        "nav",
        "footer",
        "select",
        "option",
        "svg",
        "iframe",
        "object",
        "embed",
        "video",
        "audio",
        "canvas",
        "map",
        "head",
        "title",
        "meta",
        "link",
        "dialog",
    ]
)
_ROLES = frozenset(
    [
        "navigation",
        "banner",
        "contentinfo",
        "search",
        "dialog",
        "alertdialog",
        "menu",
        "menubar",
        "toolbar",
        "tablist",
    ]
)
_TITLES = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
"""A button in a heading unfolds what the heading titles: its words are the title."""
_NAMES = re.compile(
    r"(?:^|[\s_-])(?:cookies?|consent|tarteaucitron|rgpd|gdpr|breadcrumbs?|fil-d-?ariane|ariane|navbar|nav|menu|"
    r"sidebar|share|sharing|social|partage|pagination|pager|skip-?links?|sr-only|visually-hidden|newsletter|"
    r"related|toolbar|toc|(?:entry|post|article)-(?:meta|footer)|byline|posted-on|reading-time|widget-area|"
    r"feedback|MsoToc\d|tables?[ _-](?:of[ _-]contents|des[ _-]mati[èe]res)\d*)(?:$|[\s_-])",
    re.I,
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_LITTLE = 200
"""Characters below which a `main` element is taken for empty and the whole page is read."""


def main_content(root: Any) -> list[Any]:
    """The elements that hold the report, in reading order.

    `main` or `role="main"`; else the articles; else the innermost element with nearly all the text that
    is no link. A page's `h1` outside of them comes first.
    """
    body = root.find("body")
    if body is None:
        return [root]
    whole = _own_text(body)
    chosen = _first_full(root.xpath("//main | //*[@role='main']"), whole)
    if not chosen:
        articles = [e for e in root.xpath("//article[not(ancestor::article)]") if not is_dropped(e)]
        held = sum(_own_text(article) for article in articles)
        chosen = articles if 2 * held > whole else [_densest(body, whole)]
    titles = root.xpath("//h1")
    inside = {node for element in chosen for node in element.iter("h1")}
    if titles and not inside and not any(map(is_dropped, titles[0].iterancestors())):
        return [titles[0], *chosen]
    if titles and not inside and titles[0].xpath("ancestor::header") and not is_dropped(titles[0]):
        return [titles[0], *chosen]
    return chosen


def is_dropped(element: Any) -> bool:
    """Whether an element is no part of the content: unseen, a menu, a banner, a list of links."""
    tag = element.tag
    if tag in ("html", "body", "main"):
        return False
    if tag == "button":
        return element.getparent() is None or element.getparent().tag not in _TITLES
    if tag in _UNSEEN or element.get("role") in _ROLES or element.get("hidden") is not None:
        return True
    if element.get("aria-hidden") == "true" or _HIDDEN.search(element.get("style", "")):
        return True
    if tag == "header":
        return element.getparent() is not None and element.getparent().tag == "body"
    if tag in ("aside", "td"):  # what lays out a page is walked; cells of data are read as a grid
        return _link_share(element) > 0.5
    if "mso-list:Ignore" in element.get("style", "").replace(" ", ""):
        return True  # the mark of a list item as Word saves it
    names = f"{element.get('class', '')} {element.get('id', '')}"
    return bool(_NAMES.search(names)) and tag in ("div", "section", "ul", "ol", "p", "span", "a", "aside")


def _first_full(elements: list[Any], whole: int) -> list[Any]:
    for element in elements:
        held = _own_text(element)
        if held >= _LITTLE or 2 * held > whole:
            return [element]
    return []


def _densest(body: Any, whole: int) -> Any:
    """The innermost element that holds nine tenths of the text."""
    element = body
    while True:
        inner = next(
            (
                child
                for child in element
                if isinstance(child.tag, str)
                and child.tag in ("div", "section", "article", "td", "table", "tbody", "tr", "center")
                and not is_dropped(child)
                and 10 * _own_text(child) >= 9 * whole
            ),
            None,
        )
        if inner is None or inner.tag in ("table", "td", "tr", "tbody"):
            return element
        element = inner


def _own_text(element: Any) -> int:
    """Characters of text outside of links and dropped elements."""
    count = 0
    pending = [element]
    while pending:
        node = pending.pop()
        if not isinstance(node.tag, str):
            continue
        if node is not element and (node.tag == "a" or _is_dropped_by_tag(node)):
            continue
        count += len((node.text or "").strip())
        for child in node:
            count += len((child.tail or "").strip())
            pending.append(child)
    return count


def _is_dropped_by_tag(element: Any) -> bool:
    """As `is_dropped`, by the tag and role alone."""
    return element.tag in _UNSEEN or element.get("role") in _ROLES


def _link_share(element: Any) -> float:
    whole = len("".join(element.itertext()).strip())
    links = sum(
        len("".join(link.itertext()).strip()) for link in element.iter("a") if "name" not in link.attrib
    )
    return links / whole if whole else 1.0
