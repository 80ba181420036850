"""The errors of Mes carnets, named by what to do next. The bottom of everything: imports nothing of ours.

MesError
├── Offline          wait: the server cannot be reached
├── Busy             retry after a while
├── SessionExpired   sign in again with a code; the data stays readable
├── Locked           unlock the vault
├── Rejected         correct a field and send again
├── Conflict         choose between two versions
├── NotAllowed       the person may not do this here
└── Unreadable       what came from a server or a disk cannot be used

Constructors take facts, never health data, names, codes or tokens: ``str()`` of any of these is safe to log.
The sentence that a person reads is chosen in ``i18n`` by class and reason; a test proves that each has one.
"""

from enum import StrEnum
from typing import ClassVar


class Reason(StrEnum):
    """Why an error happened, as far as it changes what the person can do next."""

    # Offline
    UNREACHABLE = "unreachable"
    TIMED_OUT = "timed_out"
    INTERRUPTED = "interrupted"
    UNTRUSTED = "untrusted"
    # Busy
    TOO_MANY_TRIES = "too_many_tries"
    SERVER_BUSY = "server_busy"
    # SessionExpired
    SIGN_IN_AGAIN = "sign_in_again"
    CODE_REQUIRED = "code_required"
    # Locked
    VAULT_LOCKED = "vault_locked"
    WRONG_SECRET = "wrong_secret"
    OPEN_ELSEWHERE = "open_elsewhere"
    TRIES_SPACED = "tries_spaced"
    SECRET_DESTROYED = "secret_destroyed"
    CONFIRM_SECRET = "confirm_secret"
    WRONG_RECOVERY = "wrong_recovery"
    WRONG_PASSPHRASE = "wrong_passphrase"
    # Rejected
    WRONG_CREDENTIALS = "wrong_credentials"
    WRONG_CODE = "wrong_code"
    WRONG_PASSWORD = "wrong_password"
    EXPIRED_CODE = "expired_code"
    TOO_SHORT = "too_short"
    TOO_SIMPLE = "too_simple"
    MISTYPED = "mistyped"
    NOT_A_URL = "not_a_url"
    INSECURE_URL = "insecure_url"
    MISSING = "missing"
    NOT_ACCEPTED = "not_accepted"
    UNKNOWN_PATIENT = "unknown_patient"
    OTHER_PATIENT = "other_patient"
    UNKNOWN_RECORD = "unknown_record"
    AMBIGUOUS = "ambiguous"
    NOT_WRITABLE = "not_writable"
    TOO_BIG = "too_big"
    FORMAT_NOT_ACCEPTED = "format_not_accepted"
    OFFICE_FILE = "office_file"
    ACTIVE_FILE = "active_file"
    DAMAGED_FILE = "damaged_file"
    TOO_COMPLEX = "too_complex"
    NO_SUCH_FILE = "no_such_file"
    UNSAFE_ENTRY = "unsafe_entry"
    SAME_NAME = "same_name"
    NESTED_ARCHIVE = "nested_archive"
    ENCRYPTED_FILE = "encrypted_file"
    NOT_AN_ARCHIVE = "not_an_archive"
    OVERSIZED_ARCHIVE = "oversized_archive"
    NOT_AS_ANNOUNCED = "not_as_announced"
    CONTENT_LEFT_OUT = "content_left_out"
    NOT_TO_BE_SEEN = "not_to_be_seen"
    NAME_TAKEN = "name_taken"
    TOO_MANY = "too_many"
    NOT_A_FORM = "not_a_form"
    NOT_A_DATE = "not_a_date"
    NOT_A_NUMBER = "not_a_number"
    NOT_WHOLE = "not_whole"
    NOT_A_CHOICE = "not_a_choice"
    NOT_A_PHONE = "not_a_phone"
    NOT_AN_EMAIL = "not_an_email"
    NOT_A_POSTCODE = "not_a_postcode"
    NOT_A_CODE = "not_a_code"
    IN_THE_FUTURE = "in_the_future"
    BEFORE_START = "before_start"
    CONTRADICTORY = "contradictory"
    TOO_LONG = "too_long"
    OUT_OF_RANGE = "out_of_range"
    DIASTOLIC_ABOVE = "diastolic_above"
    TOO_LARGE_TO_SEND = "too_large_to_send"
    # Conflict
    CHANGED_ELSEWHERE = "changed_elsewhere"
    # NotAllowed
    FORBIDDEN = "forbidden"
    FOREIGN_ADDRESS = "foreign_address"
    VAULT_EXISTS = "vault_exists"
    NO_SERVER = "no_server"
    NO_RECOVERY = "no_recovery"
    NO_BIOMETRICS = "no_biometrics"
    NO_APP = "no_app"
    UNSENT_CHANGES = "unsent_changes"
    NOT_YOURS = "not_yours"
    NOT_EMPTY = "not_empty"
    FOR_ADULTS = "for_adults"
    NOT_OFFERED = "not_offered"
    STILL_NEEDED = "still_needed"
    # Unreadable
    NOT_FHIR = "not_fhir"
    SERVER_FAULT = "server_fault"
    TRUNCATED = "truncated"
    TOO_LARGE = "too_large"
    TOO_DEEP = "too_deep"
    PAGE_LOOP = "page_loop"
    NO_CONTENT = "no_content"
    NO_PREVIEW = "no_preview"
    PASSWORD_PROTECTED = "password_protected"
    DAMAGED = "damaged"
    NOT_A_VAULT = "not_a_vault"
    NOT_A_BACKUP = "not_a_backup"
    NO_CIPHER = "no_cipher"
    NO_KEY_STORE = "no_key_store"
    KEY_STORE_LOST = "key_store_lost"
    DISK_FULL = "disk_full"
    NO_MEMORY = "no_memory"
    NEWER_VERSION = "newer_version"


class MesError(Exception):
    """The root. ``reason`` picks the words; ``facts`` fills numbers in them (seconds, bytes, HTTP status).

    ``told`` is what a server said of it: it may hold health data, so it is quoted on a screen and never logged.
    """

    reasons: ClassVar[tuple[Reason, ...]] = ()
    told: str = ""

    def __init__(self, reason: Reason | None = None, **facts: int | float | str) -> None:
        self.reason = reason or self.reasons[0]
        if self.reason not in self.reasons:
            raise ValueError(f"{type(self).__name__} does not take {self.reason}")
        self.facts = facts
        super().__init__(f"{type(self).__name__}: {self.reason}")


class Offline(MesError):
    """Wait: no answer from the server. The local copy stays readable."""

    reasons = (Reason.UNREACHABLE, Reason.TIMED_OUT, Reason.INTERRUPTED, Reason.UNTRUSTED)


class Busy(MesError):
    """Retry: the server asks to wait ``after`` seconds."""

    reasons = (Reason.SERVER_BUSY, Reason.TOO_MANY_TRIES)

    def __init__(self, reason: Reason | None = None, *, after: int = 30) -> None:
        self.after = after
        super().__init__(reason, after=after)


class SessionExpired(MesError):
    """Sign in again: the server no longer accepts this device's session. Nothing is hidden or lost."""

    reasons = (Reason.SIGN_IN_AGAIN, Reason.CODE_REQUIRED)


class Locked(MesError):
    """Unlock: the vault is closed, or the secret given does not open it. ``wait`` is in seconds."""

    reasons = (
        Reason.VAULT_LOCKED,
        Reason.WRONG_SECRET,
        Reason.OPEN_ELSEWHERE,
        Reason.TRIES_SPACED,
        Reason.SECRET_DESTROYED,
        Reason.CONFIRM_SECRET,
        Reason.WRONG_RECOVERY,
        Reason.WRONG_PASSPHRASE,
    )

    def __init__(self, reason: Reason | None = None, *, wait: int = 0) -> None:
        self.wait = wait
        super().__init__(reason, wait=wait)


class Rejected(MesError):
    """Correct ``field`` (a form or command-line field name) and send again."""

    reasons = (
        Reason.NOT_ACCEPTED,
        Reason.WRONG_CREDENTIALS,
        Reason.WRONG_CODE,
        Reason.WRONG_PASSWORD,
        Reason.EXPIRED_CODE,
        Reason.TOO_SHORT,
        Reason.TOO_SIMPLE,
        Reason.MISTYPED,
        Reason.NOT_A_URL,
        Reason.INSECURE_URL,
        Reason.MISSING,
        Reason.UNKNOWN_PATIENT,
        Reason.OTHER_PATIENT,
        Reason.UNKNOWN_RECORD,
        Reason.AMBIGUOUS,
        Reason.NOT_WRITABLE,
        Reason.TOO_BIG,
        Reason.FORMAT_NOT_ACCEPTED,
        Reason.OFFICE_FILE,
        Reason.ACTIVE_FILE,
        Reason.DAMAGED_FILE,
        Reason.TOO_COMPLEX,
        Reason.NO_SUCH_FILE,
        Reason.UNSAFE_ENTRY,
        Reason.SAME_NAME,
        Reason.NESTED_ARCHIVE,
        Reason.ENCRYPTED_FILE,
        Reason.NOT_AN_ARCHIVE,
        Reason.OVERSIZED_ARCHIVE,
        Reason.NOT_AS_ANNOUNCED,
        Reason.CONTENT_LEFT_OUT,
        Reason.NOT_TO_BE_SEEN,
        Reason.NAME_TAKEN,
        Reason.TOO_MANY,
        Reason.NOT_A_FORM,
        Reason.NOT_A_DATE,
        Reason.NOT_A_NUMBER,
        Reason.NOT_WHOLE,
        Reason.NOT_A_CHOICE,
        Reason.NOT_A_PHONE,
        Reason.NOT_AN_EMAIL,
        Reason.NOT_A_POSTCODE,
        Reason.NOT_A_CODE,
        Reason.IN_THE_FUTURE,
        Reason.BEFORE_START,
        Reason.CONTRADICTORY,
        Reason.TOO_LONG,
        Reason.OUT_OF_RANGE,
        Reason.DIASTOLIC_ABOVE,
        Reason.TOO_LARGE_TO_SEND,
    )

    def __init__(self, field: str, reason: Reason | None = None, **facts: int | float | str) -> None:
        self.field = field
        super().__init__(reason, **facts)


class Conflict(MesError):
    """Choose: the record changed elsewhere since it was read."""

    reasons = (Reason.CHANGED_ELSEWHERE,)


class NotAllowed(MesError):
    """Explain: this person, or this device, may not do this here."""

    reasons = (
        Reason.FORBIDDEN,
        Reason.FOREIGN_ADDRESS,
        Reason.VAULT_EXISTS,
        Reason.NO_SERVER,
        Reason.NO_RECOVERY,
        Reason.NO_BIOMETRICS,
        Reason.NO_APP,
        Reason.UNSENT_CHANGES,
        Reason.NOT_YOURS,
        Reason.NOT_EMPTY,
        Reason.FOR_ADULTS,
        Reason.NOT_OFFERED,
        Reason.STILL_NEEDED,
    )


class Unreadable(MesError):
    """Recover: an answer, a file or the vault cannot be used. What was already stored is unharmed."""

    reasons = (
        Reason.NOT_FHIR,
        Reason.SERVER_FAULT,
        Reason.TRUNCATED,
        Reason.TOO_LARGE,
        Reason.TOO_DEEP,
        Reason.PAGE_LOOP,
        Reason.NO_CONTENT,
        Reason.NO_PREVIEW,
        Reason.PASSWORD_PROTECTED,
        Reason.DAMAGED,
        Reason.NOT_A_VAULT,
        Reason.NOT_A_BACKUP,
        Reason.NO_CIPHER,
        Reason.NO_KEY_STORE,
        Reason.KEY_STORE_LOST,
        Reason.DISK_FULL,
        Reason.NO_MEMORY,
        Reason.NEWER_VERSION,
    )
