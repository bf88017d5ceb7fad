"""Real mail servers for the tests: Dovecot, an SMTP server in front of it, and ways to trouble both."""

from tests.fakes.mail.blackhole import BlackHole, running_black_hole
from tests.fakes.mail.dovecot import HOST, PASSWORD, Dovecot, running_dovecot
from tests.fakes.mail.programs import DovecotFailedError, DovecotMissingError
from tests.fakes.mail.server import MailServer, mail_for_a_test
from tests.fakes.mail.smtp import Envelope, SmtpServer, running_smtp
from tests.fakes.mail.tokens import TokenServer, running_tokens

__all__ = [
    "HOST",
    "PASSWORD",
    "BlackHole",
    "Dovecot",
    "DovecotFailedError",
    "DovecotMissingError",
    "Envelope",
    "MailServer",
    "SmtpServer",
    "TokenServer",
    "mail_for_a_test",
    "running_black_hole",
    "running_dovecot",
    "running_smtp",
    "running_tokens",
]
