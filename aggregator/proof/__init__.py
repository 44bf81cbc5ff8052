"""An "in the news" page held against what is known here: what each line means, what is wrong with it; pure.

It decides and changes nothing. Where the knowledge comes from is left to `proofreading`.
"""

from aggregator.proof.checking import proofread
from aggregator.proof.findings import Checked, Finding, Kind, Knowledge, Proof

__all__ = ["Checked", "Finding", "Kind", "Knowledge", "Proof", "proofread"]
