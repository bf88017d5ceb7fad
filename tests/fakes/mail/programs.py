"""Dovecot's programs, run as somebody whom it lets read mail, in a folder that goes with the tests."""

from __future__ import annotations

import grp
import os
import pwd
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

PATH = f"{os.environ.get('PATH', os.defpath)}:/usr/sbin:/usr/local/sbin"
"""An ordinary user's often lacks the last two."""
STAND_IN = "nobody"
"""Whom the server runs as when the tests run as root, which Dovecot lets read no mail."""
PATIENCE = 60.0
"""Seconds."""
GRACE = 0.3
LOG_SHOWN = 3_000
"""Characters."""
KEEPER = """
trap '' INT TERM HUP PIPE
cd /
cat >/dev/null
master=$(cat "$1/run/master.pid" 2>/dev/null) && kill -KILL -"$master" 2>/dev/null
rm -rf "$1"
"""
"""Ends the server when its input closes: also when the tests were killed, at any moment. At once, its mail being lost
anyway: asked politely, it takes a second."""


class DovecotMissingError(RuntimeError):
    """No Dovecot on this machine: install the packages `dovecot-imapd`, `dovecot-lmtpd` (2.3) and `openssl`."""


class DovecotFailedError(RuntimeError):
    """Dovecot is there, but would not do what it was told: the message is what it said."""


@dataclass(frozen=True, slots=True)
class Programs:
    """`dovecot` and `doveadm` with the configuration of one folder."""

    folder: Path
    user: str
    group: str

    def start(self) -> subprocess.Popen[bytes]:
        """A server, which listens when this returns. Raises DovecotFailedError with what it had against it."""
        said = self.folder / "said"
        # No pipe: nobody would read it once the server listens.
        with said.open("wb") as output:
            server = subprocess.Popen(
                self._command("dovecot", "-F"),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                cwd="/",
                start_new_session=True,
                user=self.become,
                group=self.become and self.group,
                extra_groups=self.become and (),
            )
        deadline = time.monotonic() + PATIENCE
        while not self._listens(server.pid):
            if server.poll() is not None or time.monotonic() > deadline:
                raise DovecotFailedError(said.read_text())
            time.sleep(0.01)
        return server

    def stop(self, server: subprocess.Popen[bytes]) -> None:
        """Clients are told; the last of its processes, which would take a second more, is not waited for."""
        server.terminate()
        with suppress(subprocess.TimeoutExpired):
            server.wait(GRACE)
        with suppress(ProcessLookupError):
            os.killpg(server.pid, signal.SIGKILL)
        server.wait(PATIENCE)

    def log(self) -> str:
        """The end of what the server has written down."""
        file = self.folder / "log"
        return file.read_text(errors="replace")[-LOG_SHOWN:] if file.exists() else ""

    def _listens(self, process: int) -> bool:
        written = self.folder / "run/master.pid"
        # Written once every port is open.
        return written.exists() and written.read_text().strip() == str(process)

    def doveadm(self, *words: str) -> str:
        """What `doveadm` says to a command. Raises DovecotFailedError with what it had against it."""
        done = subprocess.run(
            self._command("doveadm", *words),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
            cwd="/",
            user=self.become,
            group=self.become and self.group,
            extra_groups=self.become and (),
        )
        if done.returncode:
            raise DovecotFailedError(f"doveadm {' '.join(words)}: {done.stderr}")
        return done.stdout

    @property
    def become(self) -> str | None:
        """Whom the programs are run as, when not by oneself."""
        return self.user if is_root() else None

    def _command(self, program: str, *words: str) -> list[str]:
        return [find(program), "-c", str(self.folder / "dovecot.conf"), *words]

    def own(self, place: Path) -> None:
        """Gives a file or folder, and all in it, to the server."""
        if is_root():
            for file in (place, *place.rglob("*")):
                shutil.chown(file, self.user, self.group)

    @contextmanager
    def kept(self) -> Iterator[None]:
        """Within, a server may run; afterwards neither it nor its folder is left, even if the tests are killed."""
        keeper = subprocess.Popen(
            ["sh", "-c", KEEPER, "sh", self.folder], stdin=subprocess.PIPE, start_new_session=True
        )
        try:
            yield
        finally:
            keeper.communicate()


def programs_for(folder: Path) -> Programs:
    """The programs, as oneself or, when that is root, as somebody harmless."""
    person = pwd.getpwnam(STAND_IN) if is_root() else pwd.getpwuid(os.geteuid())
    return Programs(folder, person.pw_name, grp.getgrgid(person.pw_gid).gr_name)


def is_root() -> bool:
    """Whether these tests may do anything."""
    return os.geteuid() == 0


def find_programs() -> None:
    """Raises DovecotMissingError unless IMAP and LMTP are both there."""
    for program in ("dovecot", "doveadm", "openssl"):
        find(program)
    libexec = subprocess.run(
        [find("doveconf"), "-h", "libexec_dir"], capture_output=True, text=True, check=True
    )
    if not all((Path(libexec.stdout.strip()) / service).exists() for service in ("imap", "lmtp")):
        raise DovecotMissingError(DovecotMissingError.__doc__)


def find(program: str) -> str:
    """Where a program is. Raises DovecotMissingError when it is nowhere."""
    found = shutil.which(program, path=PATH)
    if not found:
        raise DovecotMissingError(DovecotMissingError.__doc__)
    return found
