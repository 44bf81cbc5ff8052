"""Proofreading: an "in the news" page that somebody keeps, held against what is known; it changes nothing."""

from typing import Annotated

from fastapi import APIRouter, File, Form, Request, Response, UploadFile

from aggregator.errors import Unusable
from aggregator.exports import render
from aggregator.proofreading import proofread_page
from aggregator.review.pages.deciding import campaign_of
from aggregator.review.proofs import LARGEST, corrected_format, read_sheet
from aggregator.review.rendering import page, room_of
from aggregator.review.roles import Role, needs

router = APIRouter()


@router.get("/c/{slug}/proofread")
@needs(Role.VIEWER)
def show_proofreading(request: Request, slug: str) -> Response:
    """Where to paste a page, or to bring it as a file."""
    return page(request, "proofread.html", campaign_of(request, slug), pasted="", proof=None)


@router.post("/c/{slug}/proofread")
@needs(Role.VIEWER)
def proofread(
    request: Request,
    slug: str,
    pasted: Annotated[str, Form()] = "",
    file: Annotated[UploadFile | None, File()] = None,
) -> Response:
    """What is wrong with the page, beside each of its lines. Raises Unusable."""
    campaign = campaign_of(request, slug)
    content = file.file.read(LARGEST + 1) if file else b""
    content = content or pasted.encode("utf-8", "replace")
    if not content.strip():
        raise Unusable("Paste the page, or choose a file.")
    sheet = read_sheet(content, campaign.form)
    room = room_of(request)
    proof = proofread_page(room.store, room.directory, slug, sheet.lines)
    return page(
        request,
        "proofread.html",
        campaign,
        pasted=pasted,
        sheet=sheet,
        proof=proof,
        corrected=render(proof.corrected, corrected_format(sheet)).decode(),
    )
