"""A certificate made for one run, which is its own authority."""

from __future__ import annotations

import ssl
import subprocess
from dataclasses import dataclass
from pathlib import Path

NEW = (
    "openssl",
    "req",
    "-x509",
    "-newkey",
    "ec",
    "-pkeyopt",
    "ec_paramgen_curve:P-256",
    "-nodes",
    "-days",
    "2",
)
TRAITS = (
    "subjectAltName=DNS:localhost,IP:127.0.0.1",
    "keyUsage=critical,digitalSignature,keyCertSign",
    "basicConstraints=critical,CA:TRUE",
)
"""The key's uses are said because Python 3.13 looks."""


@dataclass(frozen=True, slots=True)
class Certificate:
    """Two PEM files; the certificate is also what clients are told to trust."""

    file: Path
    key: Path

    def for_server(self) -> ssl.SSLContext:
        """What a server speaks TLS with."""
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(self.file, self.key)
        return context

    def for_client(self) -> ssl.SSLContext:
        """What a client trusts: this one certificate, for `localhost` and 127.0.0.1."""
        return ssl.create_default_context(cafile=str(self.file))


def make_certificate(folder: Path) -> Certificate:
    """A new certificate in a folder, by `openssl`, which Debian's dovecot brings along."""
    made = Certificate(folder / "certificate.pem", folder / "key.pem")
    extensions = [word for trait in TRAITS for word in ("-addext", trait)]
    files = ("-subj", "/CN=localhost", "-out", made.file, "-keyout", made.key)
    subprocess.run([*NEW, *extensions, *files], capture_output=True, check=True)
    return made
