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
auth_mechanisms = plain login
auth_failure_delay = 0
# A file for each user: one file for all would be looked at once a second, and miss who came since.
passdb {{
  driver = passwd-file
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


def configure(programs: Programs, ports: tuple[int, int], certificate: Certificate) -> None:
    """Writes the configuration for two ports, IMAP's and IMAPS's."""
    imap, imaps = ports
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
