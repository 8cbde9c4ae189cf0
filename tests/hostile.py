"""Makes requests that nobody means well with: fields, files, addresses, headers and bodies of every wrong kind."""

import io
import json
from random import Random
from zipfile import ZipFile

TEXTS = [
    "", " ", "\x00", "a\x00b", "-1", "0", "9" * 400, "1e999", "NaN", "٣", "½", "x" * 70_000, "é" * 300,
    "\U0001f642" * 50,
    "\u202e\u200b\ufeff", "../../../etc/passwd", "<script>alert(1)</script>", "{{ 7*7 }}{% load x %}", "' OR 1=1 --",
    "%s%n%00", "=cmd|' /c x'!A1", "a\r\nBcc: x@example.org", "a@b", "@", "x@" + "y" * 300 + ".nl", "ü@exämple.nl",
    "mailto:x@example.org", "https://example.org/", "//example.org", "javascript:x", "None", "true", "[]", "{}",
    "2026-02-30", "0000-00-00", "0001-01-01", "9999-12-31", "99999-01-01", "31-12-9999", "1-1-1", "2026-W01-1",
    "24:00", "25:61", "00:00:00.0000000", "P1D", "netwerk", "part:school", "level:bestuur", "sector:zorg", "..",
    "00000000-0000-0000-0000-000000000000", "0" * 36, "{00000000000000000000000000000000}", "1,2,3", "1.5", "1,5", "+5",
    "a,b;c\td", '"', "\\", "\n" * 500, "a\n" * 3000, "\ud7ff\ue000\uffff",
]  # fmt: skip
BODIES = [
    b"", b"\x00", b"\xff\xfe", b"%", b"%zz=%zz", b"a=%ff%fe", b"{", b"[" * 3000, b"--x", b"--x\r\n\r\n--x--",
    b'--x\r\nContent-Disposition: form-data; name="a"; filename="b"\r\n\r\n', b"a=b&" * 1500, b"=" * 5000,
]  # fmt: skip
KINDS = [
    "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "multipart/form-data", "text/plain",
    "application/json", "application/json; charset=utf-7", "multipart/form-data; boundary=" + "x" * 300, "x", "",
]  # fmt: skip
HEADERS = {
    "Accept": ["", "*", "text/html;q=x", "application/x"],
    "Accept-Language": ["xx", "nl" * 300, "*;q=9", ","],
    "Accept-Encoding": ["gzip;q=2", "x" * 500],
    "Authorization": ["Bearer", "Bearer ", "Bearer é", "Basic eDp4", "Bearer " + "x" * 5000],
    "Cookie": ["=", "sessionid=", "sessionid=é; csrftoken=x", "messages=x; sessionid=" + "0" * 5000],
    "If-Modified-Since": ["x", "Thu, 01 Jan 99999 00:00:00 GMT"],
    "If-None-Match": ['"', "*", 'W/"x'],
    "Range": ["bytes=-1", "bytes=9-1", "x"],
    "Referer": ["x", "//", "http://[", "https://example.org/é"],
    "User-Agent": ["", "\x00", "x" * 3000, "é"],
    "X-Forwarded-For": ["x", "1.2.3", "::1, , x"],
    "X-Requested-With": ["XMLHttpRequest"],
}
WORKBOOK_PARTS = ["xl/workbook.xml", "[Content_Types].xml", "content.xml", "mimetype", "xl/worksheets/sheet1.xml"]


def workbook(chance: Random) -> bytes:
    """Returns a zip file with names of a workbook's parts, and nothing in them that is one."""
    made = io.BytesIO()
    with ZipFile(made, "w") as file:
        for name in chance.sample(WORKBOOK_PARTS, k=chance.randrange(4)):
            file.writestr(name, chance.choice(["", "<", "<a/>", "<?xml version='1.0'?><x></y>", "application/x"]))
    return made.getvalue()


def file(chance: Random) -> io.BytesIO:
    """Returns a file as a form sends it, whose name promises something and whose contents are something else."""
    text = "\n".join(chance.choice([",", ";", "\t"]).join(chance.choices(TEXTS[:40], k=4)) for _ in range(5))
    heading = "e-mail;partner;niveau;functie\n"
    contents = chance.choice(
        [
            b"",
            text.encode("utf-8", "replace"),
            (heading + text).encode("utf-16"),
            (heading + text).encode("latin-1", "replace"),
            bytes(chance.randrange(256) for _ in range(300)),
            workbook(chance),
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
            b"%PDF-1.7",
        ]
    )
    made = io.BytesIO(contents)
    made.name = chance.choice(
        ["x.csv", "x.xlsx", "x.xls", "x.xlsb", "x.ods", "x", "x.pdf", "é\u202e.csv", "x" * 300 + ".csv"]
    )
    return made


def fields(chance: Random, own: dict[str, list[str]], files: list[str]) -> dict[str, object]:
    """Returns a form's fields, some as they were, some with a value of ours, some gone, some that are not its own."""
    sent: dict[str, object] = {}
    for name, held in own.items():
        if chance.random() < 0.5:
            sent[name] = chance.choices(TEXTS, k=chance.choice([1, 1, 1, 3]))
        elif chance.random() < 0.8:
            sent[name] = held
    for name in files:
        sent[name] = chance.choice([file(chance), file(chance), "no file"])
    if chance.random() < 0.2:
        sent[chance.choice(["__proto__", "id", "round", "is_superuser", "next", "csrfmiddlewaretoken", "x\x00"])] = "1"
    return sent


def query(chance: Random) -> str:
    """Returns what could stand behind a question mark, percent-encoded well or not."""
    names = "page p q zoek filter next terug year jaar grootte vorm soort offset limit fields sort o e _popup x".split()
    values = ["%00", "%ff", "%", "-1", "9" * 30, "x", "%F0%9F%99%82", "1", "", "%27", "None"]
    return "&".join(f"{chance.choice(names)}={chance.choice(values)}" for _ in range(chance.randrange(4)))


def headers(chance: Random) -> dict[str, str]:
    """Returns a few headers that browsers don't send so."""
    return {name: chance.choice(HEADERS[name]) for name in chance.sample(list(HEADERS), k=chance.choice([0, 0, 1, 3]))}


def body(chance: Random) -> tuple[bytes, str]:
    """Returns bytes and the kind that they are said to be."""
    said = chance.choice([*BODIES, json.dumps(chance.choices(TEXTS, k=3)).encode("utf-8", "replace")])
    return said, chance.choice(KINDS)
