"""The DDI files are what the official schemas and CESSDA's catalogue ask, also where their own files are not at hand.

`make check-ddi SCHEMAS=…` asks the schemas themselves; what they let pass, such as an empty title, is asked here only.
"""

import re
from dataclasses import replace
from datetime import date
from xml.etree import ElementTree

import pytest

from assessments.dataset.metadata.ddi import VERSIONS, codebook
from assessments.dataset.tables import Column
from tests.assessments.dataset.metadata.release import DATASET, PATHS, ROUNDS
from tests.instrument import INSTRUMENT

LANG = "{http://www.w3.org/XML/1998/namespace}lang"

# In which order the schemas want children; only those in CAN_REPEAT may be there more than once.
ORDER = {
    "codeBook": "docDscr stdyDscr fileDscr dataDscr otherMat",
    "docDscr": "citation guide docStatus docSrc notes",
    "citation": "titlStmt rspStmt prodStmt distStmt serStmt verStmt biblCit holdings notes",
    "titlStmt": "titl subTitl altTitl parTitl IDNo",
    "rspStmt": "AuthEnty othId",
    "prodStmt": "producer copyright license prodDate prodPlac software fundAg grantNo",
    "distStmt": "distrbtr contact depositr depDate distDate",
    "serStmt": "serName serInfo",
    "verStmt": "version verResp notes",
    "stdyDscr": "citation studyAuthorization stdyInfo studyDevelopment method dataAccs othrStdyMat notes",
    "stdyInfo": "studyBudget subject abstract sumDscr qualityStatement notes",
    "subject": "keyword topcClas",
    "sumDscr": "timePrd collDate nation geogCover geogUnit geoBndBox boundPoly anlyUnit universe dataKind",
    "method": "dataColl notes anlyInfo stdyClas dataProcessing codingInstructions",
    "dataColl": "timeMeth dataCollector frequenc sampProc sampleFrame deviat collMode resInstru sources collSitu "
    "actMin ConOps weight cleanOps",
    "anlyInfo": "respRate EstSmpErr dataAppr",
    "dataAccs": "typeOfAccess setAvail license useStmt notes",
    "setAvail": "accsPlac origArch avlStatus collSize complete fileQnty notes",
    "useStmt": "confDec specPerm restrctn contact citReq deposReq conditions disclaimer",
    "othrStdyMat": "relMat relStdy relPubl othRefs",
    "relPubl": "citation",
    "fileDscr": "fileTxt locMap notes",
    "fileTxt": "fileName fileCitation fileCont fileStrc dimensns fileType format",
    "dimensns": "caseQnty varQnty",
    "dataDscr": "varGrp nCubeGrp var nCube notes",
    "varGrp": "labl txt concept defntn universe notes",
    "var": "location labl qstn valrng invalrng undocCod universe TotlResp sumStat txt stdCatgry catgryGrp catgry "
    "codInstr verStmt concept derivation varFormat geoMap catLevel notes",
    "qstn": "preQTxt qstnLit postQTxt",
    "valrng": "item range key notes",
    "catgry": "catValu labl txt catStat mrow",
    **dict.fromkeys(("anlyUnit", "timeMeth", "sampProc", "collMode"), "concept"),
}
CAN_REPEAT = {
    "stdyDscr", "fileDscr", "dataDscr", "parTitl", "IDNo", "AuthEnty", "keyword", "topcClas", "timePrd", "collDate",
    "geogCover", "sampProc", "resInstru", "relPubl", "varGrp", "var", "qstn", "catgry", "labl", "holdings", "accsPlac",
}  # fmt: skip
VALUES = {  # of attributes that may only have these
    "missing": {"Y", "N"},
    "intrvl": {"contin", "discrete"},
    "nature": {"nominal", "ordinal", "interval", "ratio"},
    "representationType": {"text", "numeric", "code", "datetime"},
    "responseDomainType": {"category"},
    "event": {"start", "end"},
    "clusion": {"I", "E"},
}
REFERENCES = ("var", "files", "varGrp", "qstn")
MANDATORY = (  # of CESSDA's profile, each with its language; and what it recommends
    "stdyDscr/citation/titlStmt/titl", "stdyDscr/citation/titlStmt/parTitl", "stdyDscr/citation/titlStmt/IDNo",
    "stdyDscr/citation/distStmt/distrbtr", "stdyDscr/citation/rspStmt/AuthEnty", "stdyDscr/citation/holdings",
    "stdyDscr/stdyInfo/abstract", "stdyDscr/stdyInfo/subject/keyword", "stdyDscr/stdyInfo/subject/topcClas",
    "stdyDscr/stdyInfo/sumDscr/nation", "stdyDscr/stdyInfo/sumDscr/anlyUnit", "stdyDscr/stdyInfo/sumDscr/universe",
    "stdyDscr/method/dataColl/timeMeth", "stdyDscr/method/dataColl/sampProc", "stdyDscr/method/dataColl/collMode",
    "stdyDscr/dataAccs/useStmt/restrctn", "fileDscr/fileTxt/fileName",
)  # fmt: skip
VOCABULARIES = {
    "stdyInfo/sumDscr/anlyUnit": ("DDI Analysis Unit", {"Group"}),
    "method/dataColl/timeMeth": ("DDI Time Method", {"Longitudinal.TrendRepeatedCrossSection"}),
    "method/dataColl/collMode": ("DDI Mode of Collection", {"SelfAdministeredQuestionnaire.CAWI"}),
    "method/dataColl/sampProc": ("DDI Sampling Procedure", {"Nonprobability.Purposive", "Nonprobability.Availability"}),
}


def read(version="2.6", dataset=DATASET):
    """Returns the file without its namespace, as all elements have the same."""
    text = codebook(dataset, version, PATHS).decode()
    assert f'xmlns="ddi:codebook:{version.replace(".", "_")}"' in text
    return ElementTree.fromstring(re.sub(r' xmlns="[^"]*"', "", text, count=1))


def variable(root, name):
    return next(own for own in root.iter("var") if own.get("ID") == f"V.{name}")


def texts(element, path):
    return [own.text for own in element.findall(path)]


@pytest.fixture(params=VERSIONS)
def root(request):
    return read(request.param)


def test_children_stand_in_the_order_of_the_schemas(root):
    assert {own.tag for own in root.iter() if len(own)} == {*ORDER} & {own.tag for own in root.iter()}
    for own in root.iter():
        order = ORDER.get(own.tag, "").split()
        tags = [child.tag for child in own]
        assert tags == sorted(tags, key=order.index), own.tag
        assert {tag for tag in tags if tags.count(tag) > 1} <= CAN_REPEAT, own.tag


def test_only_the_newer_version_has_what_the_older_does_not_know():
    only = {own.tag for own in read("2.6").iter()} - {own.tag for own in read("2.5").iter()}
    assert only == {"license", "typeOfAccess"}
    assert [read(version).get("version") for version in VERSIONS] == ["2.5", "2.6"]


def test_every_id_is_there_once_and_is_a_name_in_xml(root):
    ids = [own.get("ID") for own in root.iter() if own.get("ID")]
    assert len(ids) == len(set(ids)) > 20
    assert all(re.fullmatch(r"[A-Za-z_][\w.-]*", own) for own in ids)
    assert all(own.get("ID") for tag in ("var", "varGrp", "fileDscr", "qstn") for own in root.iter(tag))


def test_every_reference_finds_what_it_names(root):
    ids = {own.get("ID"): own.tag for own in root.iter() if own.get("ID")}
    named = [(own.tag, attribute, name) for own in root.iter() for attribute in REFERENCES
             for name in own.get(attribute, "").split()]  # fmt: skip
    assert {(tag, attribute) for tag, attribute, _ in named} == {("var", "files"), ("varGrp", "var")}
    assert {ids[name] for _, attribute, name in named if attribute == "files"} == {"fileDscr"}
    assert {ids[name] for _, attribute, name in named if attribute == "var"} == {"var"}


def test_attributes_have_values_that_the_schemas_know(root):
    for own in root.iter():
        for name, value in own.attrib.items():
            assert value.strip(), (own.tag, name)
            assert value in VALUES.get(name, {value}), (own.tag, name)
    assert {own.get("type") for own in root.iter("varFormat")} == {"character", "numeric"}


def test_days_are_written_as_programs_read_them(root):
    days = [(own.tag, own.get("date")) for own in root.iter() if own.get("date")]
    for tag, day in days:
        assert re.fullmatch(r"\d{4}", day) or date.fromisoformat(day), tag
    dated = {"collDate", "timePrd", "distDate", "prodDate", "version"}
    assert {own.tag for own in root.iter() if own.tag in dated and not own.get("date")} == set()
    start, end = root.findall("stdyDscr/stdyInfo/sumDscr/collDate")
    assert (start.get("date"), start.get("event"), end.get("date"), end.get("event")) == (
        "2026-09-01", "start", "2027-03-01", "end",
    )  # fmt: skip


def test_nothing_that_should_say_something_is_empty(root):
    can_be_empty = {"range", "varFormat"}
    empty = {own.tag for own in root.iter() if not len(own) and not (own.text or "").strip()}
    assert empty <= can_be_empty
    for own in root.iter("range"):
        assert float(own.get("min")) <= float(own.get("max", "inf"))


@pytest.mark.parametrize("path", MANDATORY)
def test_what_the_catalogue_asks_is_there_with_its_language(root, path):
    found = root.findall(path)
    assert found
    assert all(own.get(LANG) for own in found)


@pytest.mark.parametrize("path", VOCABULARIES)
def test_codes_are_of_the_vocabulary_that_is_named(root, path):
    vocabulary, codes = VOCABULARIES[path]
    concepts = root.findall(f"stdyDscr/{path}/concept")
    assert len(concepts) == len(root.findall(f"stdyDscr/{path}"))
    assert {own.get("vocab") for own in concepts} == {vocabulary}
    assert {own.text for own in concepts} == codes


def test_one_round_in_each_network_is_no_repeated_measure():
    once = read(dataset=replace(DATASET, rounds=2))
    assert texts(once, "stdyDscr/method/dataColl/timeMeth/concept") == ["CrossSection"]


def test_the_study_says_where_it_was_and_what_it_is_called(root):
    citation = root.find("stdyDscr/citation")
    assert texts(citation, "titlStmt/titl") == ["Samenwerking rond kind en gezin, uitgave 2027-04"]
    assert {own.get("agency") for own in citation.findall("titlStmt/IDNo")} == {"URN", DATASET.publisher}
    assert texts(citation, "verStmt/version") == ["2027-04"]
    assert citation.find("holdings").get("URI") == DATASET.address
    assert texts(root, "stdyDscr/stdyInfo/sumDscr/geogCover") == ["gemeente Nijmegen", "gemeente Oostdorp"]


def test_its_name_for_programs_is_always_the_same_and_nobody_elses():
    names = [texts(read(dataset=own), "stdyDscr/citation/titlStmt/IDNo")[0]
             for own in (DATASET, DATASET, replace(DATASET, address=f"{DATASET.address}x"))]  # fmt: skip
    assert names[0] == names[1] != names[2]


def test_constructed_answers_are_called_so_first_thing():
    assert texts(read(), "stdyDscr/stdyInfo/abstract")[0].startswith("Let op: deze antwoorden zijn bedacht")
    real = read(dataset=replace(DATASET, is_constructed=False))
    assert "bedacht" not in texts(real, "stdyDscr/stdyInfo/abstract")[0]


def test_every_column_is_a_variable_of_its_own_file(root):
    found = [(own.get("files"), own.get("name"), own.find("labl").text) for own in root.iter("var")]
    assert found == [(f"F.{t.name}", c.name, c.label) for t in DATASET.tables for c in t.columns]
    assert {own.get("ID"): own.get("URI") for own in root.iter("fileDscr")} == {
        f"F.{name}": path for name, path in PATHS.items()
    }


@pytest.mark.parametrize(
    ("name", "nature", "representation", "kind"),
    [
        ("rounds.network", "nominal", "text", "character"),
        ("rounds.closed_on", "interval", "datetime", "character"),
        ("rounds.minimum", "ratio", "numeric", "numeric"),
        ("groups.partner_kind", "nominal", "code", "character"),
        ("figures_wide.regels", "interval", "numeric", "numeric"),
        ("figures_wide.regels_limit", "ordinal", "code", "character"),
    ],
)
def test_a_variable_says_how_it_is_measured_and_written(root, name, nature, representation, kind):
    own = variable(root, name)
    assert (own.get("nature"), own.get("representationType")) == (nature, representation)
    assert own.find("varFormat").get("type") == kind
    assert (own.get("dcml") == "1") == (name == "figures_wide.regels")


def test_a_choice_has_its_values_and_says_what_is_missing(root):
    found = [(own.findtext("catValu"), own.findtext("labl"), own.get("missing"))
             for own in variable(root, "groups.partner_kind").findall("catgry")]  # fmt: skip
    assert found[:-1] == [("school", "scholen & besturen", "N"), ("wijkteam", "wijkteams <of> buurtteams", "N"),
                          ("jeugdhulp", "“jeugdhulp”", "N")]  # fmt: skip
    assert found[-1][::2] == (".", "Y")


def test_a_key_is_never_missing(root):
    assert [own.get("missing") for own in variable(root, "figures_wide.group_kind").findall("catgry")] == ["N", "N"]
    assert variable(root, "rounds.round").find("catgry") is None


def test_a_variable_has_the_statements_it_rests_on_in_the_words_of_each_level_and_version(root):
    asked = variable(root, "figures_wide.regels").findall("qstn")
    said = {(own.findtext("preQTxt"), own.findtext("qstnLit")) for own in asked}
    everybody = "uitvoerend, management en bestuur"
    rules = {statement.key: statement.text for statement in INSTRUMENT.blocks["regels"]}
    assert (f"RG1, voor {everybody} (versie 0.9):", f"Vroeger: {rules['RG1']}") in said
    assert (f"RG1, voor {everybody} (versie 1.1):", rules["RG1"]) in said
    assert (f"RG2, voor {everybody} (versie 0.9 en 1.1):", rules["RG2"]) in said
    reworded = variable(root, "figures_wide.pr_financieel").findall("qstn")
    statement = next(own for own in INSTRUMENT.reworded if own.scale == "prikkels.financieel")
    assert {own.findtext("qstnLit") for own in reworded} >= {statement.text, *statement.texts.values()}
    assert variable(root, "figures_wide.ouders").findtext("qstn/preQTxt").startswith("OU1, voor ouders en jongeren")


def test_variables_of_one_item_are_a_group():
    groups = {own.get("ID"): own for own in read().iter("varGrp")}
    regels = groups["G.figures_wide.regels"]
    assert regels.get("var").split() == [f"V.figures_wide.regels{end}" for end in ("", "_n", "_limit")]
    assert (regels.get("type"), regels.findtext("labl")) == ("subject", "Regels")
    assert groups["G.rounds"].get("type") == "file"


def test_what_xml_can_not_hold_is_left_out():
    odd = replace(ROUNDS, columns=(*ROUNDS.columns, Column("odd", "Een \x00 vreemd \x0b teken", "text")))
    root = read(dataset=replace(DATASET, publisher="Ge\x07meente", tables=(odd, *DATASET.tables[1:])))
    assert variable(root, "rounds.odd").findtext("labl") == "Een  vreemd  teken"
    assert texts(root, "stdyDscr/citation/rspStmt/AuthEnty") == ["Gemeente"]
