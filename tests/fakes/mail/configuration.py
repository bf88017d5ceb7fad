"""How the tests' Dovecot is set up: whoever runs it owns everything, and nothing of the system is touched."""

from __future__ import annotations

from tests.fakes.mail.certificate import Certificate
from tests.fakes.mail.programs import Programs

CONFIGURATION = """\
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/log
protocols = imap lmtp
listen = 127.0.0.1

# One ordinary user for all: only root could change into another or be locked in a folder.
default_internal_user = {owner}
default_internal_group = {group}
default_login_user = {owner}
service anvil {{
  chroot =
  # Wrong passwords are answered at once, all clients being one address.
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
}}
service stats {{
  chroot =
}}
service imap-login {{
  chroot =
  process_min_avail = 1
  service_count = 0
  inet_listener imap {{
    port = {imap}
  }}
  inet_listener imaps {{
    port = {imaps}
    ssl = yes
  }}
}}
service lmtp {{
  process_min_avail = 1
  unix_listener {folder}/lmtp {{
    mode = 0600
  }}
}}

ssl = yes
ssl_cert = <{certificate}
ssl_key = <{key}
disable_plaintext_auth = no
auth_mechanisms = plain login xoauth2
auth_failure_delay = 0
passdb {{
  driver = oauth2
  mechanisms = xoauth2
  args = {folder}/oauth2.conf
}}
# A file for each user: one file for all would be looked at once a second, and miss who came since.
passdb {{
  driver = passwd-file
  mechanisms = plain login
  args = {folder}/users/%u
}}
userdb {{
  driver = passwd-file
  args = {folder}/users/%u
  default_fields = uid={owner} gid={group} home={folder}/mail/%u
}}
first_valid_uid = 1
first_valid_gid = 1

mail_location = maildir:{folder}/mail/%u/Maildir
mail_fsync = never
mail_max_userip_connections = 100
recipient_delimiter = +
namespace inbox {{
  inbox = yes
}}
"""

OAUTH2 = """\
introspection_mode = post
introspection_url = http://127.0.0.1:{tokens}/introspect
username_attribute = username
active_attribute = active
active_value = true
"""
"""Whom to ask what a token is worth; nobody is there until a test needs it."""


def configure(programs: Programs, ports: tuple[int, int, int], certificate: Certificate) -> None:
    """Writes the configuration for three ports: IMAP's, IMAPS's, and that of who knows about tokens."""
    imap, imaps, tokens = ports
    text = CONFIGURATION.format(
        folder=programs.folder,
        owner=programs.user,
        group=programs.group,
        imap=imap,
        imaps=imaps,
        certificate=certificate.file,
        key=certificate.key,
    )
    (programs.folder / "dovecot.conf").write_text(text)
    (programs.folder / "oauth2.conf").write_text(OAUTH2.format(tokens=tokens))
