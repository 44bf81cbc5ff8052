"""Makes hostile rules, the same for the same seed; each kind is another way for a rule to be costly."""

from collections.abc import Callable, Iterator
from random import Random

_OPERATORS = (
    "AND", "OR", "NOT", "NEAR", "NEAR/3", "BEFORE/9", "ONEAR/50", "OUTSIDE", "ATLEAST/2", "|", "-", "&",
    "!",
)  # fmt: skip
_FIELDS = (
    "title:", "text:", "link:", "author:", "case:", "name:", "accents:", "words:", "person:", "lang:",
    "foo:",
)  # fmt: skip
_SIGNS = (
    "(", ")", '"', "“", "”", "*", "~5", "#", "＃", ":", "?", "\\", "[", "]", "{", "}", "^", "$", ".", "+",
    "/", "%",
)  # fmt: skip
_UNSEEN = (
    "\x00", "\x07", "\x1b", "\x7f", "\u202e", "\u200b", "\ufeff", "\ud800", "\u0301", "\n", "\t",
    "\u2028", "\x85",
)  # fmt: skip
_WORDS = (
    "a", "ab", "abc", "st.", "U.S.", "IBM", "京", "京都", "กรุง", "عربي", "é", "Straße", "don't", "x-y",
    "#x", "2017",
)  # fmt: skip


def soup(random: Random) -> str:
    """Anything after anything."""
    pieces = (*_OPERATORS, *_FIELDS, *_SIGNS, *_WORDS, random.choice(_UNSEEN))
    return " ".join(random.choices(pieces, k=random.choice([3, 9, 40, 400])))


def glued(random: Random) -> str:
    """Signs without blanks between them."""
    return "".join(random.choices(_SIGNS + _WORDS + _OPERATORS, k=random.choice([5, 50, 2_000])))


def unseen(random: Random) -> str:
    """A sound rule with control and direction characters somewhere in it."""
    rule = list("alpha AND (beta OR gam*) NEAR/3 delta")
    for _ in range(random.randint(1, 9)):
        rule.insert(random.randrange(len(rule)), random.choice(_UNSEEN))
    return "".join(rule)


def brackets(random: Random) -> str:
    """Brackets inside brackets, closed or not."""
    depth = random.choice([10, 49, 60, 500, 4_900])
    closed = random.choice([depth, depth - 1, depth + 1, 0])
    return "(" * depth + random.choice(["a", "", "a OR b", "-"]) + ")" * closed


def nested(random: Random) -> str:
    """Operators inside each other."""
    rule = "a"
    for _ in range(random.choice([10, 40, 300])):
        rule = random.choice(
            ["NOT ({})", "title:({})", "ATLEAST/2 ({})", "({}) AND b", "({}) OR c", "({}) NEAR/2 d"]
        ).format(rule)
    return rule


def alternation(random: Random) -> str:
    """Very many words, stems or phrases."""
    form = random.choice(
        [
            "w{}",
            "w{}*",
            "*w{}",
            "*w{}*",
            '"w{} w{}"',
            "#w{}",
            "case:W{}",
            "w{}e\u0301",
            "wordwordword{}*",
            "ab*",
        ]
    )
    count = random.choice([50, 400, 490, 3_000])
    return random.choice([" OR ", " ", " | "]).join(
        form.replace("{}", str(number)) for number in range(count)
    )


def chain(random: Random) -> str:
    """NEAR after NEAR."""
    operator = random.choice([" NEAR/1000 ", " NEAR/3 ", " BEFORE/900 ", " AROUND(9) ", " NEAR "])
    words = random.choice(
        [["a"], ["a", "b"], ["a*bc", "b"], ["abc*", "abd*"], ["a", "b", "c", "d", "e"], ['person:"A B"', "a"]]
    )
    return operator.join(random.choices(words, k=random.choice([5, 45, 49, 300])))


def crossing(random: Random) -> str:
    """NEAR between two alternations."""
    count = random.choice([20, 200, 240, 400])
    one, other = (
        " OR ".join(random.choice(["w{}", "ab{}*", "a", '"a b"']).format(n) for n in range(count))
        for _ in range(2)
    )
    return f"({one}) {random.choice(['NEAR/9', 'BEFORE/1000', 'NEAR/0'])} ({other})"


def phrase(random: Random) -> str:
    """Long phrases whose words have many forms."""
    word = random.choice(["st", "U.S.", "a", "IBM", "Dr.", "e\u0301", "京", "*a*", "’s", "x-y", "&amp;"])
    end = random.choice(["", "~9", "~1000"])
    return '"' + f"{word} " * random.choice([5, 20, 49, 700, 2_400]) + '"' + end


def pattern(random: Random) -> str:
    """What would never end as a regular expression."""
    made = [
        "(a+)+$",
        "(a|aa)+b",
        "(.*)*x",
        "^(([a-z])+.)+[A-Z]([a-z])+$",
        "a?" * 300 + "a" * 300,
        "(x+x+)+y",
        "*a*b*c*",
        "(?:a{1,99}){1,99}",
    ]
    rule = random.choice(made)
    return random.choice([rule, f'"{rule}"', f"title:{rule}", f'"{rule}"*', rule * random.choice([2, 40])])


def names(random: Random) -> str:
    """Persons, tags and exceptions out of all proportion."""
    count = random.choice([20, 200, 2_000])
    made = [
        'person:"' + "A. de la " * count + 'B"',
        "words:#" + "CamelCase" * count,
        "#" + "x" * count * 4,
        '"a" OUTSIDE (' + " OR ".join(f'"a{n}"' for n in range(count)) + ")",
        '"ab" OUTSIDE (' + " OR ".join(f'"ab {"ab " * (n % 9)}x"' for n in range(count)) + ")",
        "ATLEAST/1000 (" + " OR ".join(f"a{n}" for n in range(count)) + ")",
        f"a NEAR/{'9' * min(count, 500)} b",
        "title:" * count + "a",
        "-" * count + "a",
        "NOT " * count + "a",
        "case:" * min(count, 40) + "(a OR B)",
    ]
    return random.choice(made)


KINDS: tuple[Callable[[Random], str], ...] = (
    soup, glued, unseen, brackets, nested, alternation, chain, crossing, phrase, pattern, names
)  # fmt: skip


def rules(count: int, seed: int) -> Iterator[tuple[str, str]]:
    """So many rules with the name of their kind; the same for the same seed."""
    random = Random(seed)
    for number in range(count):
        kind = KINDS[number % len(KINDS)]
        yield kind.__name__, kind(random)
