"""Says in Dutch which browser a page was asked from. It knows no request, and keeps nothing."""

# Which word in what a browser says of itself gives it away; the first that fits, since most also name others.
BROWSERS = {
    "Edg": "Edge",
    "OPR/": "Opera",
    "SamsungBrowser": "Samsung Internet",
    "FxiOS": "Firefox",
    "Firefox": "Firefox",
    "CriOS": "Chrome",
    "Chrome": "Chrome",
    "Safari": "Safari",
}
MACHINES = {
    "iPhone": "een iPhone",
    "iPad": "een iPad",
    "Android": "Android",
    "Windows": "Windows",
    "CrOS": "een Chromebook",
    "Macintosh": "een Mac",
    "Linux": "Linux",
}
UNKNOWN = "een onbekende browser"


def in_words(user_agent: str) -> str:
    """Returns the browser and the machine in words, without versions: enough for its owner to know it by."""
    browser, machine = _first(BROWSERS, user_agent), _first(MACHINES, user_agent)
    if not browser:
        return UNKNOWN
    return f"{browser} op {machine}" if machine else browser


def _first(names: dict[str, str], user_agent: str) -> str:
    return next((name for sign, name in names.items() if sign in user_agent), "")
