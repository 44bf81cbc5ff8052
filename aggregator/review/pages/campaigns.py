"""Making and changing a campaign: the pack, the rule with live checking, a try-out, all versions."""

from dataclasses import replace

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from aggregator import rematching
from aggregator.errors import Conflict
from aggregator.records import Campaign, LinkTarget
from aggregator.review import campaign_form
from aggregator.review.pages.deciding import campaign_of
from aggregator.review.rendering import page, person_of, render, room_of
from aggregator.review.roles import Role, needs
from aggregator.review.room import Trial
from aggregator.store import campaigns, people, rematches

router = APIRouter()

OVERTAKEN = "version"  # the field in trouble when somebody else saved first


@router.get("/campaigns/new")
@needs(Role.EDITOR)
def show_new(request: Request) -> Response:
    """An empty form, but for the outlets that the settings prefer."""
    blank = campaign_form.values_of(Campaign(slug="", name="", preferred=room_of(request).preferred))
    return form_page(request, None, blank, {})


@router.get("/c/{slug}/edit")
@needs(Role.VIEWER)
def show_edit(request: Request, slug: str, version: int | None = None) -> Response:
    """The campaign as it is, or an earlier version of it to go back to."""
    campaign = campaign_of(request, slug)
    with room_of(request).store.reading() as c:
        shown = campaigns.get(c, slug, version)
    values = campaign_form.values_of(shown) | {"version": str(campaign.version)}
    return form_page(request, campaign, values, {})


@router.get("/c/{slug}/rematch")
@needs(Role.VIEWER)
def show_rematch(request: Request, slug: str) -> Response:
    """How far the re-match of the campaign is; the script asks while it lasts."""
    campaign = campaign_of(request, slug)
    with room_of(request).store.reading() as c:
        return HTMLResponse(render("rematch.html", standing=rematches.standing(c, campaign.slug)))


@router.post("/campaigns/check")
@needs(Role.EDITOR)
def check_rule(request: Request) -> Response:
    """What is wrong with the rule that somebody is typing."""
    form = request.state.form
    name = "none_of" if "none_of" in form else "rule"
    return HTMLResponse(
        render("rule_trouble.html", name=name, trouble=campaign_form.rule_trouble(form.get(name, "").strip()))
    )


@router.post("/campaigns/new")
@needs(Role.EDITOR)
def make(request: Request) -> Response:
    """A new campaign."""
    form = request.state.form
    campaign, troubles = campaign_form.read(form, None)
    if campaign is None:
        return form_page(request, None, form, troubles)
    try:
        return save(request, replace(campaign, version=0))  # a version that no other can have
    except Conflict:
        return form_page(request, None, form, {"slug": "There is a campaign of this name already."})


@router.post("/c/{slug}/edit")
@needs(Role.EDITOR)
def change(request: Request, slug: str) -> Response:
    """Save the campaign as its next version, or first try out what that would do."""
    form = request.state.form
    before = campaign_of(request, slug)
    campaign, troubles = campaign_form.read(form, before)
    if campaign is None:
        return form_page(request, before, form, troubles)
    if form.get("act") == "try":
        return form_page(request, before, form, {}, room_of(request).jobs.try_out(campaign))
    if form.get("version", "") != str(before.version):
        return overtaken_page(request, before, form)
    return save(request, campaign)


@router.post("/c/{slug}/end")
@needs(Role.EDITOR)
def end(request: Request, slug: str) -> Response:
    """Look for the campaign no more; what was found and decided stays, and so does its list."""
    room, by = room_of(request), person_of(request).name
    campaign = campaign_of(request, slug)
    with room.store.writing(durable=True) as c:
        if slug not in campaigns.ended(c):
            rematching.end(c, slug, room.now())
            people.note(c, by, f"ended the campaign {campaign.name}", room.now(), slug)
    return RedirectResponse(f"/c/{slug}/edit", status_code=303)


@router.post("/c/{slug}/resume")
@needs(Role.EDITOR)
def resume(request: Request, slug: str) -> Response:
    """Look for an ended campaign again, also among what came meanwhile."""
    room, by = room_of(request), person_of(request).name
    with room.store.writing(durable=True) as c:
        is_ended = slug in campaigns.ended(c)
        if is_ended:
            campaign = rematching.resume(c, slug)
            people.note(c, by, f"resumed the campaign {campaign.name}", room.now(), slug)
    if is_ended:
        room.jobs.rematch(campaign)
    return RedirectResponse(f"/c/{slug}/edit", status_code=303)


def overtaken_page(request: Request, before: Campaign, form: dict[str, str]) -> Response:
    """Somebody else saved first: nothing that was typed is lost, and saving once more is a choice."""
    with room_of(request).store.reading() as c:
        (_, by, _), *_ = campaigns.versions(c, before.slug)
    return form_page(request, before, form | {"version": str(before.version)}, {OVERTAKEN: by})


def save(request: Request, campaign: Campaign) -> Response:
    """Keep it, and have the stored articles judged anew; one that was ended is looked for again."""
    room, by = room_of(request), person_of(request).name
    with room.store.writing(durable=True) as c:
        saved = campaigns.save(c, campaign, by, room.now())
        rematching.resume(c, saved.slug)
        told = f"saved version {saved.version} of the campaign {saved.name}"
        people.note(c, by, told, room.now(), saved.slug)
    room.jobs.rematch(saved)
    return RedirectResponse(f"/c/{saved.slug}/edit", status_code=303)


def form_page(
    request: Request,
    campaign: Campaign | None,
    values: dict[str, str],
    troubles: dict[str, str],
    trial: Trial | None = None,
) -> Response:
    """The form with what was typed, what is wrong and what a try-out showed."""
    versions, standing = [], None
    if campaign:
        with room_of(request).store.reading() as c:
            versions = campaigns.versions(c, campaign.slug)
            standing = rematches.standing(c, campaign.slug)
    return page(
        request,
        "campaign.html",
        campaign,
        status=409 if OVERTAKEN in troubles else 422 if troubles else 200,
        values=values,
        troubles=troubles,
        trial=trial,
        versions=versions,
        standing=standing,
        packs=campaign_form.PACK,
        links=list(LinkTarget),
    )
