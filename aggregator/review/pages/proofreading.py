"""Proofreading: an "in the news" page that somebody keeps, held against what is known; it changes nothing."""

from base64 import b64decode, b64encode
from typing import Annotated

from fastapi import APIRouter, File, Form, Request, Response, UploadFile

from aggregator.errors import Unusable
from aggregator.exports import render
from aggregator.proof import Proof
from aggregator.proofreading import proofread_page
from aggregator.records import Campaign
from aggregator.review.pages.deciding import campaign_of
from aggregator.review.pages.published import as_file
from aggregator.review.proofs import LARGEST, Sheet, corrected_format, read_sheet
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
    sheet, proof = hold(request, campaign, content)
    return page(
        request,
        "proofread.html",
        campaign,
        pasted=pasted,
        sheet=sheet,
        proof=proof,
        corrected=render(proof.corrected, corrected_format(sheet)).decode(),
        content=b64encode(content).decode(),
    )


@router.post("/c/{slug}/proofread/corrected")
@needs(Role.VIEWER)
def download_corrected(request: Request, slug: str, content: Annotated[str, Form()] = "") -> Response:
    """The page as it should be, as a file; `content` is what was brought, in base64. Raises Unusable."""
    campaign = campaign_of(request, slug)
    try:
        brought = b64decode(content, validate=True)
    except ValueError as error:
        raise Unusable("This is no page that was brought; proofread it once more.") from error
    sheet, proof = hold(request, campaign, brought)
    return as_file(proof.corrected, corrected_format(sheet), f"{slug}-corrected")


def hold(request: Request, campaign: Campaign, content: bytes) -> tuple[Sheet, Proof]:
    """The page that was brought, and what is wrong with it. Raises Unusable."""
    if not content.strip():
        raise Unusable("Paste the page, or choose a file.")
    sheet, room = read_sheet(content, campaign.form), room_of(request)
    return sheet, proofread_page(room.store, room.directory, campaign.slug, sheet.lines)
