"""What templates can use."""

from datetime import date, datetime
from functools import lru_cache
from typing import Any

from babel import Locale
from babel.dates import format_date
from babel.numbers import format_decimal
from flask import Flask, g
from flask_babel import format_time
from markupsafe import Markup

from advocacy.rules.countries import country_choices, country_name
from advocacy.rules.languages import Language
from advocacy.rules.marks import Mark, marked
from advocacy.rules.permissions import Permission, Role
from advocacy.rules.words import N_
from advocacy.web.addresses import absolute, twins
from advocacy.web.carrying import carried, carried_value, spoken_in
from advocacy.web.locale import is_at_work, language
from advocacy.web.people import account_here, unread_here
from advocacy.web.phrases import gettext, ngettext, pgettext, plain
from advocacy.web.reason_words import reason_said
from advocacy.web.site import site


def set_up_templates(app: Flask) -> None:
    """Give `app`'s templates their words.

    Jinja's own gettext marks every translation as safe markup and formats it unasked; ours replaces it.
    """
    app.jinja_env.globals.update(_=gettext, gettext=gettext, ngettext=ngettext, pgettext=pgettext)
    app.jinja_env.filters.update(
        plain=plain,
        number=shown_number,
        bold=bold,
        code=code,
        date=long_date,
        time=short_time,
        isolated=isolated,
    )
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.context_processor(_words)


def bold(value: object) -> Markup:
    """Return `value` set in bold, to be put into a sentence."""
    return Markup('<b class="serif num">{}</b>').format(value)


def code(value: object) -> Markup:
    """Return `value` set as something to copy, left to right in every language."""
    return Markup('<code dir="ltr">{}</code>').format(value)


def isolated(text: str, spoken: Language | str) -> str | Markup:
    """Return a text in a language (or its BCP 47 tag) so that what reads left to right in it stays whole.

    In a text from right to left, the signs at the ends of a placeholder would else change their places.
    """
    known = site().languages.by_tag(spoken) if isinstance(spoken, str) else spoken
    if known is None or known.direction != "rtl":
        return text
    return Markup("").join(
        Markup('<bdi dir="ltr">{}</bdi>').format(one.text) if one.mark is Mark.KEEP else one.text
        for one in marked(text)
    )


def long_date(day: date) -> str:
    """Return a date with its month in words, as the request's language writes it."""
    return _date_in(language().locale, day.date() if isinstance(day, datetime) else day)


def shown_number(number: float) -> str:
    """Return a number with the separators and digits of the request's language."""
    return _number_in(language().locale, number)


# Both are remembered: writing dates and numbers takes longer than all else on a page full of them.
@lru_cache(maxsize=4096)
def _date_in(locale: str, day: date) -> str:
    return format_date(day, "long", locale=locale)


@lru_cache(maxsize=4096)
def _number_in(locale: str, number: float) -> str:
    return format_decimal(number, locale=locale)


def short_time(moment: datetime) -> str:
    """Return the time of a moment (UTC) to the minute, in the request's language's digits.

    Of 24 hours in every language: it stands beside "UTC", and some would add PM to it, or "evening".
    """
    text: str = format_time(moment, "HH:mm", rebase=False)
    return text


def country_options(chosen: str | None) -> Markup:
    """Return the options of a list of all countries and regions, in the request's language and order."""
    options = _country_options(language())
    value = Markup('value="{}"').format(chosen)
    return Markup(options.replace(value, value + " selected", 1)) if chosen else options  # noqa: S704  both are ours


@lru_cache(maxsize=64)
def _country_options(spoken: Language) -> Markup:
    """Hundreds of names that never change: put together once a language, not once a page."""
    option = Markup('<option value="{}">{}</option>')
    return Markup("").join(option.format(code, name) for code, name in country_choices(spoken))


def language_name(other: Language) -> str:
    """Return what the request's language calls `other`: of CLDR's two ways to say it, the shorter.

    In Chinese that is 简体中文 and not 中文 (简体), in Korean 중국어 (간체) and not 중국어(만다린, 간체).
    """
    spoken = Locale.parse(language().locale)
    names = (Locale.parse(other.locale).get_display_name(spoken), spoken.languages.get(other.locale))
    return min(filter(None, names), key=len, default=other.endonym)


_ROLE_NAMES = {
    Role.TRANSLATOR: N_("Translator"),
    Role.REVIEWER: N_("Reviewer"),
    Role.EDITOR: N_("Editor of petitions"),
    Role.PUBLISHER: N_("Publisher"),
    Role.MODERATOR: N_("Moderator of signatures"),
    Role.ADMINISTRATOR: N_("Administrator"),
}


def role_name(role: Role) -> str:
    """Return what a role is called in the request's language."""
    text: str = gettext(_ROLE_NAMES[role])
    return text


def _no_handle(_key: str) -> str:
    """Readers' pages lead from no block to where its text is written; the workbench's do."""
    return ""


def _words() -> dict[str, Any]:
    return {
        **(_words_at_work() if is_at_work() else {}),
        "language": language(),
        "languages": site().languages,
        "language_name": language_name,
        "asset": site().assets.path,
        "picture_of": lambda of: site().assets.picture(of, (language().slug, site().languages.source.slug)),
        "size_of": site().assets.size,
        "absolute": absolute,
        "twins": twins,
        "country_options": country_options,
        "country_name": country_name,
        "shows_untranslated": lambda: g.get("shows_untranslated", False),
        "handle": g.get("handle", _no_handle),
    }


def _words_at_work() -> dict[str, Any]:
    account = account_here()
    return {
        "account_name": account.name if account else "",
        "unread": unread_here,
        "may_translate": bool(account and account.may(Permission.TRANSLATION_READ)),
        "may_open_desk": bool(account and account.may(Permission.DESK_OPEN)),
        "may_judge_names": bool(account and account.may(Permission.NAME_JUDGE)),
        "may_judge_batches": bool(account and account.may(Permission.BATCH_JUDGE)),
        "may_manage_accounts": bool(account and account.may(Permission.ACCOUNT_MANAGE)),
        "may_edit_appeals": bool(account and account.may(Permission.APPEAL_EDIT)),
        "may_judge_terms": bool(account and account.may(Permission.GLOSSARY_JUDGE)),
        "may_review": bool(account and account.may(Permission.TRANSLATION_REVIEW)),
        "may_set_policies": bool(account and account.may(Permission.POLICY_SET)),
        "may_read_releases": bool(account and account.may(Permission.RELEASE_READ)),
        "may_read_audit": bool(account and account.may(Permission.AUDIT_READ)),
        "reason_said": reason_said,
        "carried_form": carried,
        "carried_value": carried_value,
        "spoken_in": spoken_in,
        "role_name": role_name,
        "roles": Role,
    }
