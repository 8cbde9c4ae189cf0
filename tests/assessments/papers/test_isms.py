"""The measures beside BIO2 and OWASP ASVS name tests that exist, and leave out no chapter of ASVS 5.0."""

from assessments.papers.isms import standards
from tests.naming import missing

# Of OWASP ASVS 5.0.0, May 2025
CHAPTERS = {
    "V1": "Encoding and Sanitization",
    "V2": "Validation and Business Logic",
    "V3": "Web Frontend Security",
    "V4": "API and Web Service",
    "V5": "File Handling",
    "V6": "Authentication",
    "V7": "Session Management",
    "V8": "Authorization",
    "V9": "Self-contained Tokens",
    "V10": "OAuth and OIDC",
    "V11": "Cryptography",
    "V12": "Secure Communication",
    "V13": "Configuration",
    "V14": "Data Protection",
    "V15": "Secure Coding and Architecture",
    "V16": "Security Logging and Error Handling",
    "V17": "WebRTC",
}


def rows(name):
    return standards()[name].rows


def test_every_chapter_of_asvs_is_addressed_under_its_own_name():
    assert {row.number: row.subject for row in rows("asvs")} == CHAPTERS
    assert [row.number for row in rows("asvs")] == list(CHAPTERS)


def test_numbers_of_bio2_are_in_order_and_none_stands_twice():
    numbers = [tuple(map(int, row.number.split("."))) for row in rows("bio2")]
    assert numbers == sorted(set(numbers))
    assert {len(number) for number in numbers} == {3}
    assert {number[0] for number in numbers} <= {5, 6, 7, 8}


def test_every_test_that_a_measure_names_exists():
    named = [tuple(f"{own}::".split("::")[:2]) for name in standards() for row in rows(name) for own in row.tests]
    assert missing(named) == []
    assert len(named) > 60


def test_a_measure_says_what_the_software_does_or_what_is_left():
    said = [row for name in standards() for row in rows(name)]
    assert [row.number for row in said if not (row.does or row.left)] == []
    assert [row.number for row in said if "{" in row.does + row.left] == []
