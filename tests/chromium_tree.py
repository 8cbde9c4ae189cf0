"""Reads what Chromium's own viewer tells a screen reader of a PDF; its page chrome://accessibility shows that tree."""

import re
import threading
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

# The viewer is an extension, and it builds the tree only where something asks for it.
OTHERWISE_OFF = ["--disable-extensions", "--disable-component-extensions-with-background-pages"]
PATIENCE = 10_000  # milliseconds: the tree follows the pages, and nothing says when it is whole
NODE = re.compile(r"id#=-\d+ (?P<role>\w+) .*?(?: name='(?P<name>.*?)' |$)", re.MULTILINE)  # of a PDF: under zero


def tree_of(playwright, launch_args, folder, name, title):
    """Returns the nodes of a PDF in this folder and with this title as (role, name), from first page to last."""
    args = launch_args | {"args": [*launch_args["args"], "--force-renderer-accessibility"]}
    browser = playwright.chromium.launch(**args, ignore_default_args=OTHERWISE_OFF)
    try:
        with _served(folder) as address:
            context = browser.new_context()
            viewer = context.new_page()
            viewer.goto(f"{address}/{name}")
            viewer.wait_for_timeout(PATIENCE)  # before another page is opened: behind it the viewer stops
            return _shown(context.new_page(), title)
    finally:
        browser.close()


def _shown(page, title):
    page.goto("chrome://accessibility")
    page.fill("#filter-allow", "*")
    page.locator(f"[id$=showOrRefreshTree][aria-label*='{title}']").click()
    tree = page.locator("pre", has_text="inlineTextBox")
    tree.wait_for(state="attached")
    return [(node["role"], node["name"] or "") for node in NODE.finditer(tree.inner_text())]


@contextmanager
def _served(folder):
    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=folder))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
