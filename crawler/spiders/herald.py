"""The spider that asks hubs to tell us of news: a form for each subscription, through the gate like all."""

from collections.abc import AsyncIterator, Callable, Sequence
from typing import Any

from scrapy import FormRequest, Request
from scrapy.http import Response

from crawler.errors import Refused
from crawler.politeness.addresses import check_url, read_networks
from crawler.politeness.holds import Holds
from crawler.politeness.robots import NEEDS_NO_LEAVE
from crawler.spiders.answers import page_of
from crawler.spiders.order import SweepOrder
from crawler.spiders.troubles import explain_failure
from crawler.spiders.walker import Walker
from crawler.websub import HubAnswer, HubForm

_LONGEST_WORDS = 200  # of a hub's own reason


class Herald(Walker):
    """Tells a HubAnswer for each form; keeps nothing."""

    name = "herald"

    def __init__(self, order: SweepOrder, tell: Callable[[object], None], forms: Sequence[HubForm]) -> None:
        super().__init__(order, Holds({}, order.manners.longest_hold, lambda *_: None), tell)
        self._forms = forms

    async def begin(self) -> AsyncIterator[Request]:
        """All forms; a hub's host gets them one after the other, with the pause that any host gets."""
        allowed = read_networks(self.order.manners.allowed_networks)
        for form in self._forms:
            try:
                check_url(form.hub, allowed)
            except Refused as error:
                self.tell(HubAnswer(source_id=form.source_id, trouble=str(error)))
                continue
            yield FormRequest(
                form.hub,
                method="POST",
                formdata=list(form.form),
                callback=self.take_answer,
                errback=self.miss_answer,
                cb_kwargs={"source_id": form.source_id},
                meta={NEEDS_NO_LEAVE: True},
                dont_filter=True,
            )

    def take_answer(self, response: Response, source_id: str) -> None:
        """2xx: the hub will come to verify (5.1.2); all else is a refusal, or trouble."""
        trouble = None
        if not 200 <= response.status < 300:
            words = page_of(response, self.now()).body[: 4 * _LONGEST_WORDS].decode("utf-8", "replace")
            reason = " ".join(words.split())[:_LONGEST_WORDS] if "<" not in words else ""
            trouble = f"the hub answers {response.status}{f': {reason}' if reason else ''}"
        self.tell(HubAnswer(source_id=source_id, trouble=trouble))

    def miss_answer(self, failure: Any) -> None:
        """No answer."""
        source_id = failure.request.cb_kwargs["source_id"]
        self.tell(HubAnswer(source_id=source_id, trouble=explain_failure(failure.value).words))
