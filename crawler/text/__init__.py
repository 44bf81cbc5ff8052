"""Text as people see it: out of markup, on one line, folded for comparison, cut into words and sentences.

A leaf that knows nothing of articles or campaigns. What two spellings that people hold
to be the same have in common is decided in `folding`; what a word is, in `words`.
"""

from crawler.text.folding import Form, fold, fold_characters
from crawler.text.markup import one_line, plain
from crawler.text.sentences import sentences
from crawler.text.words import Words, words

__all__ = ["Form", "Words", "fold", "fold_characters", "one_line", "plain", "sentences", "words"]
