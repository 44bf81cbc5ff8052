"""What mentions a campaign, how near, where and why: an article against all campaigns in one pass.

`Matcher(campaigns, outlets).judge(article)` gives a Mention or an Exclusion for each
campaign. The rule language is in `aggregator.rules`; nothing here is stored or fetched.
"""

from aggregator.matching.matcher import Matcher, Verdict

__all__ = ["Matcher", "Verdict"]
