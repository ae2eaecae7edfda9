"""What is said beside a field, where several forms say it."""

from advocacy.rules.mail_addresses import AddressFault
from advocacy.rules.words import N_

ADDRESS_FAULTS = {
    AddressFault.EMPTY: N_("Enter your email address."),
    AddressFault.NO_AT: N_("Enter the email address in full, like name@example.com: the “@” is missing."),
    AddressFault.MALFORMED: N_("Enter the email address in full, like name@example.com."),
}
