"""This is a real SMTP server for the tests, which can refuse, stall and drop the connection."""

import asyncio
import logging
from collections import Counter
from email import message_from_bytes
from email.policy import default

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult

logging.getLogger("mail.log").setLevel(logging.WARNING)  # it tells every line of every conversation


class Server:
    """Is a mail server whose behaviour a test can change for each message; `received` is what it said 250 to."""

    def __init__(self):
        self.received = []
        self.on_mail = lambda: None
        self.on_rcpt = lambda address: None
        self.on_data = lambda message: None

    async def handle_MAIL(self, server, session, envelope, address, options):
        if answer := self.on_mail():
            return answer
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, options):
        answer = await asyncio.to_thread(self.on_rcpt, address)
        if answer:
            return answer
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        message = message_from_bytes(envelope.content, policy=default)
        answer = await asyncio.to_thread(self.on_data, message)
        if answer == "drop":
            server.transport.abort()
            return "250 never heard"
        if answer:
            return answer
        self.received.append(message)
        return "250 OK"

    def sent_to(self):
        return Counter(message["To"] for message in self.received)


class OnAFreePort(Controller):
    """Lets the system choose the port as it is taken: one that was looked up before may be gone by then."""

    def _trigger_server(self):
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


@pytest.fixture
def server(settings):
    handler = Server()
    anybody = {"authenticator": lambda *_: AuthResult(success=True), "auth_require_tls": False}
    controller = OnAFreePort(handler, hostname="127.0.0.1", port=0, ready_timeout=60, **anybody)
    controller.start()
    handler.port = controller.port
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", handler.port
    yield handler
    controller.stop()
