"""What pages and e-mails of accounts say, in our words: allauth's templates stay, their sentences do not.

It stands in for Django's ``i18n`` where a template of others loads it (``settings.py``): a sentence that
``OUR_WORDS`` knows is ours from there on, and is translated as ours are.
"""

import re
from copy import copy
from typing import Any

from django.template.base import Lexer, Node, Parser, Token
from django.template.library import Library
from django.templatetags import i18n

from triplane.web.server.our_words import OUR_WORDS

register = Library()
register.tags.update(i18n.register.tags)
register.filters.update(i18n.register.filters)


def ours_for(theirs: str) -> str:
    """Return our words for a sentence of theirs, which may be broken over lines; else theirs as they are."""
    return OUR_WORDS.get(" ".join(theirs.split()), theirs)


def translate(parser: Parser, token: Token) -> Node:
    """Translate our words for a sentence."""
    name, sentence, *rest = token.split_contents()
    theirs = sentence[1:-1]
    if ours_for(theirs) != theirs:
        token = copy(token)
        token.contents = " ".join((name, f'"{ours_for(theirs)}"', *rest))
    return i18n.do_translate(parser, token)


def block_translate(parser: Parser, token: Token) -> Node:
    """Translate our words for a sentence with values; where one counts, for either number."""
    node: Any = i18n.do_block_translate(parser, token)
    node.singular = _in_ours(node, node.singular)
    if node.plural:
        node.plural = _in_ours(node, node.plural)
    return node  # type: ignore[no-any-return]  # Django's nodes are known to no checker


def _in_ours(node: Any, tokens: list[Token]) -> list[Token]:
    theirs, _values = node.render_token_list(tokens)
    if ours_for(theirs) == theirs:
        return tokens
    told = re.sub(r"%\((\w+)\)s", r"{{ \1 }}", ours_for(theirs))
    return [one for one in Lexer(told).tokenize() if one.contents]


for name in ("trans", "translate"):
    register.tag(name, translate)
for name in ("blocktrans", "blocktranslate"):
    register.tag(name, block_translate)
