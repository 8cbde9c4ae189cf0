"""Describes the study: what was asked of whom and when, and under which conditions its figures may be used."""

from __future__ import annotations

from assessments import dutch
from assessments.dataset.metadata import words
from assessments.dataset.metadata.ddi.nodes import Node
from assessments.dataset.tables import Dataset
from factors.instrument import Source

# Of CESSDA's classification, where their codes end on SocialWelfareSystemsStructures and EducationalPolicy.
TOPICS = ("Social welfare systems/structures", "Educational policy")
TOPICS_URL = "https://vocabularies.cessda.eu/v2/vocabularies/TopicClassification/4.2.3?languageVersion=en-4.2.3"


def describe(study: Node, dataset: Dataset, *, is_newer: bool) -> None:
    """Fills `study`; `is_newer` adds what only DDI 2.6 has."""
    _citation(study.add("citation"), dataset, is_newer=is_newer)
    _information(study.add("stdyInfo"), dataset)
    _method(study.add("method"), dataset)
    _access(study.add("dataAccs"), dataset, is_newer=is_newer)
    _sources(study, dataset)


def _citation(citation: Node, dataset: Dataset, *, is_newer: bool) -> None:
    titles = citation.add("titlStmt")
    titles.say("titl", words.titled(dataset))
    titles.say("parTitl", words.english_title(dataset), lang="en")
    titles.say("IDNo", words.identifier(dataset), agency="URN")
    titles.say("IDNo", words.slug(dataset), agency=dataset.publisher)
    citation.add("rspStmt").say("AuthEnty", dataset.publisher)
    made = citation.add("prodStmt")
    made.say("producer", dataset.publisher)
    made.say("copyright", f"{dataset.publisher}, {dataset.made_on.year}; {words.LICENCE_TITLE}")
    if is_newer:
        made.say("license", words.LICENCE_TITLE, URI=words.LICENCE_URL, type="data")
    made.dated("prodDate", dataset.made_on)
    spread = citation.add("distStmt")
    spread.say("distrbtr", dataset.publisher, URI=dataset.address)
    spread.say("contact", dataset.contact)
    spread.dated("distDate", dataset.made_on)
    series = citation.add("serStmt")
    series.say("serName", dataset.title)
    series.say("serInfo", "Uitgaven verschijnen op vaste dagen, hebben een nummer en veranderen daarna niet meer.")
    citation.add("verStmt").say("version", dataset.number, date=dataset.made_on.isoformat(), type="uitgave")
    citation.say("biblCit", words.cited(dataset))
    citation.say("holdings", "Pagina van deze uitgave", URI=dataset.address)


def _information(info: Node, dataset: Dataset) -> None:
    subject = info.add("subject")
    for keyword in words.KEYWORDS:
        subject.say("keyword", keyword)
    for factor in words.newest(dataset).factors:
        subject.say("keyword", factor.name, vocab=words.instrument_title(words.newest(dataset)))
    for keyword in words.KEYWORDS_ENGLISH:
        subject.say("keyword", keyword, lang="en")
    for topic in TOPICS:
        subject.say("topcClas", topic, lang="en", vocab="CESSDA Topic Classification", vocabURI=TOPICS_URL)
    info.say("abstract", words.abstract(dataset))
    _summary(info.add("sumDscr"), dataset)


def _summary(summary: Node, dataset: Dataset) -> None:
    for tag in ("timePrd", "collDate"):
        summary.dated(tag, dataset.first_day, event="start")
        summary.dated(tag, dataset.last_day, event="end")
    summary.say("nation", "Nederland", abbr="NL")
    for _, name in dataset.municipalities:
        summary.say("geogCover", f"gemeente {name}")
    summary.say("geogUnit", f"gemeente. {words.places()}")
    summary.coded("anlyUnit", "Groep: een niveau, partner, sector of netwerk", "Analysis Unit", "Group")
    summary.say("universe", words.UNIVERSE, clusion="I")
    summary.say("dataKind", "Getallen: gepubliceerde uitkomsten van groepen")


def _method(method: Node, dataset: Dataset) -> None:
    collection = method.add("dataColl")
    if dataset.rounds > dataset.networks:
        again = "Herhaald in dezelfde netwerken; wie er de volgende keer antwoordt, kan een ander zijn"
        collection.coded("timeMeth", again, "Time Method", "Longitudinal.TrendRepeatedCrossSection")
    else:
        collection.coded("timeMeth", "Eén meting per netwerk", "Time Method", "CrossSection")
    collection.say("dataCollector", "De netwerken zelf, met Samenwerking")
    vocabulary = "Sampling Procedure"
    collection.coded("sampProc", words.SAMPLING_NETWORKS, vocabulary, "Nonprobability.Availability")
    collection.coded("sampProc", words.SAMPLING_PEOPLE, vocabulary, "Nonprobability.Purposive")
    collection.coded("sampProc", words.SAMPLING_LINKS, vocabulary, "Nonprobability.Availability")
    collection.coded("collMode", words.COLLECTION, "Mode of Collection", "SelfAdministeredQuestionnaire.CAWI")
    for instrument in words.by_age(dataset):
        collection.say(
            "resInstru",
            f"{words.instrument_title(instrument)}: {len(instrument.statements)} stellingen",
            type="structured",
        )
    collection.say("weight", words.WEIGHT)
    method.add("anlyInfo").say("respRate", words.RESPONSE)
    method.say("dataProcessing", f"{words.DISCLOSURE} De regels staan in scoring.md.", type="disclosure control")


def _access(access: Node, dataset: Dataset, *, is_newer: bool) -> None:
    if is_newer:
        access.say("typeOfAccess", "restricted access", lang="en", vocab="COAR Access Right Vocabulary")
    place = access.add("setAvail")
    place.say("accsPlac", dataset.publisher, URI=dataset.address)
    place.say("notes", words.NO_ROWS)
    if is_newer:
        access.say("license", words.LICENCE_TITLE, URI=words.LICENCE_URL, type="data")
    use = access.add("useStmt")
    use.say("confDec", words.DISCLOSURE)
    use.say("restrctn", words.access(dataset))
    use.say("contact", dataset.contact)
    use.say("citReq", f"Noem de uitgave: {words.cited(dataset)}")
    use.say("conditions", f"{words.LICENCE_TITLE}: {words.LICENCE_URL}")
    use.say("disclaimer", words.disclaimer(dataset))


def _sources(study: Node, dataset: Dataset) -> None:
    """Names the studies that the questionnaire rests on."""
    found = {source.key: source for instrument in words.by_age(dataset) for source in instrument.sources}
    if found:
        material = study.add("othrStdyMat")
        for source in found.values():
            _source(material.add("relPubl").add("citation"), source)


def _source(citation: Node, source: Source) -> None:
    who = "; ".join(source.authors) or source.publisher
    citation.add("titlStmt").say("titl", source.title)
    citation.add("rspStmt").say("AuthEnty", who)
    citation.add("distStmt").say("distDate", str(source.year), date=str(source.year))
    citation.say("biblCit", f"{who} ({source.year}). {source.title}. {source.publisher}.")
    if source.url:
        citation.say("holdings", dutch.capital(source.title), URI=source.url)
