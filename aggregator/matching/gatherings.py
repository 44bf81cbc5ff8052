"""How the news says that people came together, in several languages: ordinary words, no campaign's.

Accents do not matter, so that "conferencia" is Portuguese as well, "conference" French.
ASSEMBLIES are nouns and verbs that mean an organised gathering; MEETINGS adds words that
mean one only where the subject stands next to them.
"""

from aggregator.rules import Or, Phrase

# Gatherings of other kinds, inside which the word does not count.
_NOT_EVENTS = {
    "conference": (
        "press conference",
        "news conference",
        "conference call",
        "conference committee",
        "video conference",
        "conference of mayors",
        "conference room",
        "conference finals",
        "conference de presse",
    ),
    "conferencia": ("conferencia de prensa", "conferencia de alcaldes", "conferencia de imprensa"),
    "conferenza": ("conferenza stampa",),
    "meeting": ("council meeting", "board meeting", "cabinet meeting", "committee meeting"),
}

_ASSEMBLIES = (
    "gather, gathers, gathered, gathering, gatherings, convene, convenes, convened, convening, conference, "
    "conferences, summit, summits, forum, symposium, congregated, "
    "conferencia, cumbre, encuentro, foro, simposio, reunión, se reunieron, se reúnen, se reunen, reunidos, "
    "reunidas, convocatoria, "
    "sommet, rassemblement, réunis, réunies, se réunissent, colloque, "
    "Konferenz, Gipfel, Gipfeltreffen, Tagung, versammelten, versammeln, trafen sich, treffen sich, "
    "cúpula, encontro, reuniram-se, se reuniram, "
    "conferenza, vertice, raduno, convegno, si sono riuniti"
)
_MEETINGS = (
    "meet, meets, met, meeting, meetings, join forces, joins forces, joined forces, joining forces, "
    "join together, come together, came together, coming together, band together, banded together, "
    "workshop, workshops, delegates, attendees, strategize, strategized, compare notes, compared notes, "
    "swap strategies, share strategies, shared strategies, trade tactics, two-day, three-day, "
    "reúnen, reunieron, unen fuerzas, unieron fuerzas, taller, talleres, asistentes, "
    "réunissent, unissent, atelier, "
    "treffen, Veranstaltung, "
    "reúnem, oficina, riuniscono, incontro, incontrano"
)


def _phrases(written: str) -> tuple[Phrase, ...]:
    texts = (text.strip() for text in written.split(","))
    return tuple(Phrase(text, outside=_NOT_EVENTS.get(text, ())) for text in texts if text)


ASSEMBLIES = Or(_phrases(_ASSEMBLIES))
MEETINGS = Or(ASSEMBLIES.items + _phrases(_MEETINGS))
