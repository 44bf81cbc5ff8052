"""Says what is wrong with a rule that cannot be read, at its column, and what was probably meant."""

import re
import unicodedata

from lark import Token
from lark.exceptions import UnexpectedCharacters, UnexpectedInput

from aggregator.errors import RuleError

QUOTES = '"“”„«»'
_OPERATOR = re.compile(
    r"(AND|OR|NOT|OUTSIDE|(?:NEAR|ONEAR|BEFORE|WITHIN|W|PRE)(?:/\d+)?|ATLEAST/\d+)\s*\Z", re.IGNORECASE
)


def check_characters(text: str, longest: int) -> None:
    """Raise RuleError for a rule that is empty, too long, or holds control characters or lone halves."""
    if not text.strip():
        raise RuleError("the rule is empty; write a word, a phrase in quotation marks or a #hashtag", 1)
    if len(text) > longest:
        raise RuleError(
            f"the rule is longer than {longest:,} characters; split it into several campaigns", longest + 1
        )
    for place, character in enumerate(text):
        if unicodedata.category(character) in {"Cc", "Cs"} and character not in "\t\r\n":
            raise RuleError(f"the character U+{ord(character):04X} cannot be seen; delete it", place + 1)


def explain(text: str, error: UnexpectedInput) -> RuleError:
    """The RuleError for what the parser stumbled over."""
    place = error.pos_in_stream if error.pos_in_stream is not None else len(text)
    if isinstance(error, UnexpectedCharacters):
        return _explain_character(text, place)
    token = getattr(error, "token", None)
    if token is None or token.type == "$END":
        return _explain_end(text)
    return _explain_token(text, token)


def _explain_character(text: str, place: int) -> RuleError:
    character = text[place]
    if character in QUOTES:
        return RuleError("this quotation mark is never closed", place + 1)
    if character == ":":
        return RuleError('words with a colon go in quotation marks: "10:30"', place + 1)
    if character in "#＃":
        return RuleError("a hashtag needs letters or digits directly after the #", place + 1)
    if found := re.match(r"near\s*(\d+)", text[place:], re.IGNORECASE):
        return RuleError(f"did you mean NEAR/{found.group(1)}?", place + 1)
    return RuleError(f'cannot read "{character}" here; put what is to be found in quotation marks', place + 1)


def _explain_end(text: str) -> RuleError:
    if (opened := _unclosed_bracket(text)) is not None:
        return RuleError("this bracket is never closed; add )", opened + 1)
    if operator := _OPERATOR.search(text):
        return RuleError(
            f'{operator.group(1)} needs something after it; for the word itself write "{operator.group(1)}"',
            operator.start() + 1,
        )
    return RuleError(
        "the rule ends too early; write a word, a phrase in quotation marks or a #hashtag", len(text) + 1
    )


def _unclosed_bracket(text: str) -> int | None:
    opened: list[int] = []
    quoted = False
    for place, character in enumerate(text):
        if character in QUOTES:
            quoted = not quoted
        elif character == "(" and not quoted:
            opened.append(place)
        elif character == ")" and not quoted and opened:
            opened.pop()
    return opened[-1] if opened else None


def _explain_token(text: str, token: Token) -> RuleError:
    column = (token.start_pos or 0) + 1
    before = text[: column - 1].rstrip()
    if token.type == "_CLOSE":
        return _explain_close(before, column)
    if not before or before.endswith("("):
        return RuleError(f'{token} needs something before it; for the word itself write "{token}"', column)
    if operator := _OPERATOR.search(before):
        return RuleError(
            f"{operator.group(1)} and {token} follow each other; one of them is too many", column
        )
    return RuleError(f"did not expect {token} here; use brackets to show what belongs together", column)


def _explain_close(before: str, column: int) -> RuleError:
    if before.endswith("("):
        return RuleError("there is nothing between the brackets", column)
    if operator := _OPERATOR.search(before):
        return RuleError(f"{operator.group(1)} needs something after it", column)
    return RuleError("this bracket was never opened; delete it or add (", column)
