"""Shows the public pages about the instrument: what is asked, why, and what it rests on. They know no rounds."""

from collections.abc import Callable, Mapping
from functools import wraps
from itertools import groupby
from typing import Any, TypeVar

from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe

from factors import evidence, export, worked_example
from factors.documents import citations
from factors.forms import AdviceFilter
from factors.instrument import Advice, Instrument, InterviewQuestion
from factors.models import InstrumentVersion
from samenwerking import pdf

A_DAY = 24 * 3600

KINDS = {
    "literatuur": "Uit de literatuur die de studie beschrijft",
    "praktijk": "Uit de interviews of voorbeelden van de studie",
    "afgeleid": "Door ons afgeleid uit een bevinding van de studie",
}
PARTNERS = {
    "school": "scholen",
    "schoolbestuur": "schoolbesturen",
    "samenwerkingsverband": "samenwerkingsverbanden passend onderwijs",
    "wijkteam": "wijkteams en buurtteams",
    "jeugdhulp": "jeugdhulp",
    "jgz": "jeugdgezondheidszorg",
    "gemeente": "gemeenten",
    "ouders": "ouders",
}
CATALOGUE = {"title": "de titel", "authors": "de auteurs", "year": "het jaar", "publisher": "de uitgever"}

Found = TypeVar("Found")
View = Callable[..., HttpResponse]


def about_the_latest(view: View) -> View:
    """Gives a view the version that a new round starts with; where none is loaded, the page says so."""

    @require_safe
    @wraps(view)
    def with_version(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            version = InstrumentVersion.objects.latest_version()
        except InstrumentVersion.DoesNotExist:
            return render(request, "factors/none_loaded.html", status=503)
        return view(request, version, *args, **kwargs)

    return with_version


@about_the_latest
def instrument(request: HttpRequest, version: InstrumentVersion) -> HttpResponse:
    return _page(request, "instrument", version, phases=_by_phase(version.instrument))


@about_the_latest
def factor(request: HttpRequest, version: InstrumentVersion, key: str) -> HttpResponse:
    instrument = version.instrument
    factor = _one(instrument.factor, key)
    return _page(
        request,
        "factor",
        version,
        factor=factor,
        phase=next(phase for phase in instrument.phases if phase.key == factor.phase),
        touches=[(instrument.factor[touch.factor], touch) for touch in factor.touches],
        questions=instrument.conversation["factors"].get(key, []),
        advice=[advice for advice in instrument.advice if advice.factor == key],
    )


@about_the_latest
def outcome(request: HttpRequest, version: InstrumentVersion) -> HttpResponse:
    story = version.document["outcome"].get("page") or {}
    findings = [(finding["text"], citations(finding)) for finding in story.get("findings", ())]
    touches = [(version.instrument.factor[t["factor"]], t["text"]) for t in story.get("touches", ())]
    return _page(request, "outcome", version, why=story.get("why", ""), findings=findings, touches=touches)


@about_the_latest
def ouders(request: HttpRequest, version: InstrumentVersion) -> HttpResponse:
    return _page(request, "ouders", version, minimum=version.document["ouders"]["minimum"])


@about_the_latest
def sources(request: HttpRequest, version: InstrumentVersion) -> HttpResponse:
    return _page(request, "sources", version)


@about_the_latest
def source(request: HttpRequest, version: InstrumentVersion, key: str) -> HttpResponse:
    source = _one(version.instrument.source_by_key, key)
    sections = evidence.sections(version.instrument, key)
    lenses = [lens for lens in version.instrument.lenses if lens["source"] == key]
    catalogue = [CATALOGUE[field] for field in source.catalogue]
    return _page(request, "source", version, source=source, sections=sections, lenses=lenses, from_catalogue=catalogue)


@about_the_latest
def lenses(request: HttpRequest, version: InstrumentVersion) -> HttpResponse:
    return _page(
        request, "lenses", version, lenses=[(lens, _study(lens, version)) for lens in version.instrument.lenses]
    )


@about_the_latest
def lens(request: HttpRequest, version: InstrumentVersion, key: str) -> HttpResponse:
    lens = _one({lens["key"]: lens for lens in version.instrument.lenses}, key)
    elements = [
        {
            **element,
            "citations": citations(element),
            "primary": [_item(item, version.instrument) for item in element["primary"]],
            "secondary": [_item(item, version.instrument) for item in element["secondary"]],
        }
        for element in lens["elements"]
    ]
    return _page(request, "lens", version, lens=lens, study=_study(lens, version), elements=elements)


@about_the_latest
def advice_bank(request: HttpRequest, version: InstrumentVersion) -> HttpResponse:
    instrument = version.instrument
    form = AdviceFilter(instrument, request.GET)
    chosen = form.chosen(instrument.advice)
    groups = [(instrument.factor.get(key or ""), list(group)) for key, group in groupby(chosen, lambda a: a.factor)]
    return _page(request, "advice_bank", version, form=form, groups=groups, count=len(chosen))


@about_the_latest
def advice(request: HttpRequest, version: InstrumentVersion, key: str) -> HttpResponse:
    instrument = version.instrument
    advice: Advice = _one(instrument.advice_by_key, key)
    return _page(
        request,
        "advice",
        version,
        advice=advice,
        factor=instrument.factor.get(advice.factor or ""),
        dimension=instrument.dimensions.get(advice.dimension or ""),
        kind=KINDS[advice.kind],
        partners=[PARTNERS[partner] for partner in advice.partners],
        recommended=instrument.source_by_key[advice.recommendation.source] if advice.recommendation else None,
        rules=[rule for rule in instrument.rules if key in rule.advice],
        sources=[(instrument.source_by_key[citation.source], citation) for citation in advice.sources],
    )


@about_the_latest
def conversation(request: HttpRequest, version: InstrumentVersion) -> HttpResponse:
    guide = version.instrument.conversation
    closing = [(question["text"], citations(question)) for question in guide["closing"]]
    form = guide["working_form"] | {"citations": citations(guide["working_form"])}
    questions = [(factor, guide["factors"].get(factor.key, [])) for factor in version.instrument.factors]
    about = {"guide": guide, "closing": closing, "form": form, "questions": questions}
    return _page(request, "conversation", version, **about, second=_second(version.instrument))


@about_the_latest
def questionnaire_pdf(request: HttpRequest, version: InstrumentVersion) -> HttpResponse:
    """Returns the questionnaire to read and prepare on paper; made once a version, since it takes seconds."""
    content = cache.get_or_set(f"questionnaire-{version.checksum}", lambda: _questionnaire(version), A_DAY)
    name = f"vragenlijst-{version.version}.pdf"
    return HttpResponse(content, "application/pdf", headers={"Content-Disposition": f'inline; filename="{name}"'})


@about_the_latest
def statements_csv(request: HttpRequest, version: InstrumentVersion) -> HttpResponse:
    name = f"stellingen-{version.version}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(export.as_csv(version.instrument), "text/csv; charset=utf-8", headers=headers)


@about_the_latest
def instrument_json(request: HttpRequest, version: InstrumentVersion) -> HttpResponse:
    """Returns the same document as `manage.py instrument` prints."""
    options = {"ensure_ascii": False, "indent": 1}
    headers = {"Content-Disposition": f'attachment; filename="instrument-{version.version}.json"'}
    return JsonResponse(export.as_json(version.instrument), json_dumps_params=options, headers=headers)


@require_safe
def method(request: HttpRequest) -> HttpResponse:
    """Shows 'Zo rekenen wij': text with an example that a test works out with the real code."""
    context = {"people": worked_example.PEOPLE, "network": worked_example.NETWORK, "cost": worked_example.COST}
    return render(request, "factors/method.html", context)


def _page(request: HttpRequest, name: str, version: InstrumentVersion, **context: Any) -> HttpResponse:
    context |= {"version": version, "instrument": version.instrument}
    return render(request, f"factors/{name}.html", context)


def _one(by_key: Mapping[str, Found], key: str) -> Found:
    if key not in by_key:
        raise Http404
    return by_key[key]


def _by_phase(instrument: Instrument) -> list[tuple[Any, Any, Any]]:
    """Returns each phase with its factors and its open question."""
    questions = {question.phase: question for question in instrument.open_questions}
    return [(phase, instrument.in_phase(phase.key), questions.get(phase.key)) for phase in instrument.phases]


def _study(lens: Mapping[str, Any], version: InstrumentVersion) -> Any:
    return version.instrument.source_by_key[lens["source"]]


def _item(item: str, instrument: Instrument) -> dict[str, str]:
    """Returns a factor or dimension from which an element of a lens is read, with the page that explains it."""
    factor = item.split(".")[0]
    place = evidence.anchor(item) if item != factor else ""
    name = instrument.name(factor)
    return {
        "factor": factor,
        "anchor": place,
        "name": f"{name}: {instrument.name(item)}" if place else name,
    }


def _second(instrument: Instrument) -> list[tuple[str, list[InterviewQuestion]]]:
    """Returns the questions for a second conversation under the name of what they are about."""
    items = dict.fromkeys(question.item for question in instrument.interview)
    return [
        (instrument.name(item) if item else "Aan het eind", [q for q in instrument.interview if q.item == item])
        for item in items
    ]


def _questionnaire(version: InstrumentVersion) -> bytes:
    instrument = version.instrument
    context = {"version": version, "instrument": instrument, "phases": _by_phase(instrument)}
    return pdf.render(render_to_string("factors/questionnaire.html", context), created=version.loaded_at)
