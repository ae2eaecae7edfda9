"""Forty texts about five towns, and what translators of Korean and of Arabic make of each.

An eighth of them is bound to a number: one form in Korean, six in Arabic. An eighth names somebody. Of the
last eighth two sentences are made, so that a reviewer has to look at each by itself.
"""

from advocacy.actions.sync_messages import Source

TOWNS = (
    {"en": "Seoul", "ko": "서울", "ar": "سول"},
    {"en": "Busan", "ko": "부산", "ar": "بوسان"},
    {"en": "Cairo", "ko": "카이로", "ar": "القاهرة"},
    {"en": "Paris", "ko": "파리", "ar": "باريس"},
    {"en": "Berlin", "ko": "베를린", "ar": "برلين"},
)
SAID = (
    {
        "en": ("A letter from {town} has arrived.",),
        "ko": ("{town}에서 편지가 왔습니다.",),
        "ar": ("وصلت رسالة من {town}.",),
    },
    {
        "en": ("%(name)s has signed in {town}.",),
        "ko": ("%(name)s 님이 {town}에서 서명했습니다.",),
        "ar": ("وقّع %(name)s في {town}.",),
    },
    {
        "en": ("%(count)s letter from {town}", "%(count)s letters from {town}"),
        "ko": ("{town}에서 온 편지 %(count)s통",),
        "ar": (
            "لا رسائل من {town}",
            "رسالة واحدة من {town}",
            "رسالتان من {town}",
            "%(count)s رسائل من {town}",
            "%(count)s رسالة من {town}",
            "%(count)s رسالة من {town}",
        ),
    },
    {
        "en": ("Help the people of {town} to be heard.",),
        "ko": ("{town} 사람들의 목소리를 들려주세요.",),
        "ar": ("ساعدوا أهل {town} على إيصال صوتهم.",),
    },
    {
        "en": ("The next meeting in {town} is on Friday.",),
        "ko": ("{town}의 다음 모임은 금요일입니다.",),
        "ar": ("الاجتماع القادم في {town} يوم الجمعة.",),
    },
    {
        "en": ("Thank you to everybody in {town}.",),
        "ko": ("{town}의 모든 분께 감사드립니다.",),
        "ar": ("شكرًا للجميع في {town}.",),
    },
    {
        "en": ("Nobody in {town} is alone.",),
        "ko": ("{town}에서는 아무도 혼자가 아닙니다.",),
        "ar": ("لا أحد وحيد في {town}.",),
    },
    {
        "en": ("Read what people in {town} write, and answer them.",),
        "ko": ("{town} 사람들이 쓴 글을 읽어 보세요. 답장도 써 주세요.",),
        "ar": ("اقرؤوا ما يكتبه الناس في {town}. وردّوا عليهم.",),
    },
)


def forms(said: dict[str, tuple[str, ...]], town: dict[str, str], tag: str) -> tuple[str, ...]:
    return tuple(form.format(town=town[tag]) for form in said[tag])


def sources() -> list[Source]:
    """The forty, in English."""
    found = []
    for town in TOWNS:
        for said in SAID:
            one, *several = forms(said, town, "en")
            flags = ("python-format",) if "%" in one else ()
            found.append(Source(None, one, *several, flags=flags))
    return found


def translations(tag: str) -> dict[str, tuple[str, ...]]:
    """Every form of each text in a language, by what its source says for one."""
    return {forms(said, town, "en")[0]: forms(said, town, tag) for town in TOWNS for said in SAID}
