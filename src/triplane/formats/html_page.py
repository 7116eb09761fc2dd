"""What a page that is one file has around what it tells: its frame, its look, its tables and lists.

Such a page is whole in itself: nothing is requested from anywhere.
"""

from collections.abc import Iterable, Sequence
from html import escape

STYLE = """
:root{--paper:#faf7f2;--ink:#1d1b18;--ink-2:#5b564e;--line:#d8d2c6}
@media (prefers-color-scheme:dark){:root{--paper:#171614;--ink:#efeae1;--ink-2:#b3ada1;--line:#3a372f}}
body{font:16px/1.5 system-ui,sans-serif;color:var(--ink);background:var(--paper);
margin:2rem auto;padding:0 1rem}
h1{font-size:1.5rem;overflow-wrap:anywhere}h2{font-size:1.2rem;margin-top:2.2rem}
.wide{overflow-x:auto}table{border-collapse:collapse;font-variant-numeric:tabular-nums}
th,td{text-align:left;padding:.3rem .9rem .3rem 0;border-bottom:1px solid var(--line)}
tbody th{font-weight:400}
.small{color:var(--ink-2);font-size:.9rem}
@media print{body{margin:0}h2{break-after:avoid}}
"""


def html_page(title: str, parts: Iterable[str], style: str) -> str:
    """Return a page of these parts; ``style`` is what its look has beyond what all pages share."""
    head = (
        '<meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>{escape(title)}</title><style>{STYLE}{style.lstrip()}</style>"
    )
    body = f"<main>{''.join(parts)}</main>"
    return f'<!doctype html><html lang="en"><head>{head}</head><body>{body}</body></html>\n'


def table(heads: Sequence[str], rows: Iterable[Sequence[str]], called: str = "") -> str:
    """Return a table that scrolls by itself where a page is narrow; reachable by keyboard for that.

    ``called`` tells it from the other tables of its page; missing: its first head.
    """
    top = "".join(f"<th scope=col>{escape(head)}</th>" for head in heads)
    body = "".join(
        f"<tr><th scope=row>{escape(first)}</th>{''.join(f'<td>{escape(cell)}</td>' for cell in cells)}</tr>"
        for first, *cells in rows
    )
    return (
        f'<div class=wide role=region tabindex=0 aria-label="{escape(called or heads[0])}">'
        f"<table><thead><tr>{top}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def bullets(title: str, sentences: Sequence[str], first: str = "") -> str:
    """Return sentences one below the other, led by ``first``; nothing at all where there are none."""
    items = "".join(f"<li>{escape(said)}</li>" for said in sentences)
    led = f"<p>{escape(first)}</p>" if first else ""
    return f"<h2>{title}</h2>{led}<ul>{items}</ul>" if items else ""


def sentence(half: str) -> str:
    """Make a whole sentence of half a one."""
    return f"{half[:1].upper()}{half[1:]}."
