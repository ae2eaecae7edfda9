"""Appeals as files."""

from collections import Counter
from datetime import date

import pytest

from advocacy import ROOT
from advocacy.catalogs.outline import OutlineError, read_outline
from advocacy.rules.blocks import ONCE_ONLY, BlockKind
from advocacy.rules.languages import LANGUAGES

# Every sentence as the author wrote it, and only those, a line to a line of the source. "Posted on" is
# a field without a value; the no-break space in the last line is a plain one.
SENTENCES = """
Join Our Petition to Save North Koreans
Currently, it is reported that approximately 30 North Korean defectors are imprisoned at the concentration camp in Yanbian region, China. They are expected to be forced back to North Korea.
Although around 30 North Korean defectors are noted by the media, there are tens and at times even hundreds that are forced back to North Korea through this concentration camp. Such camps are located in major trade areas of North Korea and China.
Please help us in the effort to save North Korean defectors facing executions due to political reasons.
We believe that your participation will bring about a miracle. Thirty of the North Korean defectors arrested in China and expecting repatriation are labeled as “criminals.” a title is too heavy compared to the charges held against them. They attempted to enter South Korea by passing through China in hopes to reunite with their families and to avoid starvation. However, Chinese authorities say that they will be forced back to North Korea, as they are viewed as illegal border-crossers. If the defectors are sent back, they will be labeled as ‘betrayers,’ ‘rebels,’ etc. and will not be able to avoid heavier punishment (such as public executions or concentration camps) as they have attempted to leave during the mourning period for dictator Kim Jong Il.
Among this group of defectors is a 15-year-old boy. His older sister, now turning seventeen, is currently living in South Korea. Out of distress she wrote a letter to the Chinese President Hu Jintao saying, “Mr. President Hu Jintao, I want to live with my brother even for just a few days. I cannot breathe when I think of my brother who will die without ever once eating hot rice and wearing nice clothes. Please save my brother. If you save my brother, I will live each day grateful to you.”
Due to this situation, the political circles that have been continually in conflict with the North Korean problem became unified in voicing against the forceful repatriation.
On the 24th, the resolution for the opposition to this repatriation was passed unanimously, under the name of Ministry of Foreign Affairs and Trade.
Also, many celebrities are participating in the protest against the repatriation. Cha In-Pyo also participated in the protest rally, which was held in front of the Chinese embassy in Hyoja-dong, Jongro-gu, on February 21st. He said, “What’s most important is the interest of our people. The issue of North Korean defectors is being pushed back by other issues. Meanwhile, they are being forced back to North Korea and receiving executions. Our people are a virtuous and just people. If people realize the gravity of the situation, there will certainly be change. Who else would take interest, if the people of the same nation do not? If the wishes of many come together, there will be a miracle.”
Please join us in the protest against the repatriation.
Join us in the effort to save innocent people, disregarding political reasons.
As a defector once searching for freedom, I understand the situation of these defectors all too well. I earnestly request for your valuable participation.
Executive director, Young-il Kim
To Join the Petition,
"""  # noqa: E501  the author's paragraphs

HEAD = """
slug = "free-them"
source_language = "en"
posted_on = "2012-02-24"
goal = 100
"""
TITLE = """
[[block]]
id = "title"
kind = "title"
text = '''
Free them
'''
"""
FIRST = """
[[block]]
id = "first"
kind = "paragraph"
note = "Keep it plain."
text = "They are held."
"""
GOOD = HEAD + TITLE + FIRST


@pytest.fixture
def read(tmp_path):
    def read(content: str | bytes):
        file = tmp_path / "appeal.toml"
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
        return read_outline(file, LANGUAGES)

    return read


@pytest.fixture(scope="module")
def shipped():
    return read_outline(ROOT / "appeals" / "save-north-koreans.toml", LANGUAGES)


def test_the_shipped_appeal_says_every_sentence_of_its_source_in_order(shipped):
    assert " ".join(block.text for block in shipped.blocks) == " ".join(SENTENCES.split("\n")).strip()


def test_the_shipped_appeal_is_as_its_source_has_it(shipped):
    assert (shipped.slug, shipped.source_language, shipped.posted_on) == ("save-north-koreans", "en", None)
    assert shipped.domain == "appeal-save-north-koreans"
    kinds = Counter(block.kind for block in shipped.blocks)
    assert all(kinds[kind] == 1 for kind in ONCE_ONLY)
    assert (kinds[BlockKind.PLEA], kinds[BlockKind.QUOTE]) == (1, 1)


def test_quotes_role_and_signer_are_blocks_of_their_own(shipped):
    texts = {block.kind: block.text for block in shipped.blocks}
    assert texts[BlockKind.PLEA].startswith("“Mr. President Hu Jintao, I want to live with my brother")
    assert texts[BlockKind.QUOTE].endswith("there will be a miracle.”")
    assert texts[BlockKind.ROLE] == "Executive director,"
    assert texts[BlockKind.SIGNER] == "Young-il Kim"


def test_an_appeal_is_read_as_its_file_has_it(read):
    outline = read(GOOD)
    assert (outline.posted_on, outline.goal) == (date(2012, 2, 24), 100)
    title, first = outline.blocks
    assert (title.key, title.kind, title.text, title.note) == ("title", BlockKind.TITLE, "Free them", "")
    assert (first.key, first.note) == ("first", "Keep it plain.")


@pytest.mark.parametrize("line", ['posted_on = ""', ""])
def test_an_appeal_may_have_no_date(read, line):
    assert read(GOOD.replace('posted_on = "2012-02-24"', line)).posted_on is None


def test_a_date_may_be_toml_s_own(read):
    assert read(GOOD.replace('"2012-02-24"', "2012-02-24")).posted_on == date(2012, 2, 24)


@pytest.mark.parametrize(
    ("good", "bad", "reason"),
    [
        ('"free-them"', '"Free them"', "slug: lower-case letters, digits and single hyphens only"),
        ('"free-them"', '"free--them"', "slug: lower-case"),
        ('"free-them"', '"free-them\\n"', "slug: lower-case"),
        ('slug = "free-them"', "", "slug: a text is needed"),
        ('"free-them"', "1", "slug: a text is needed"),
        ('"en"', '"xx"', "source_language: 'xx' is not a language of this site"),
        ('"en"', '"zh-hans"', "source_language: 'zh-hans' is not"),
        ('"2012-02-24"', '"24 February"', "posted_on: a date like 2012-02-24, or empty"),
        ('"2012-02-24"', '"2012-02-30"', "posted_on: a date"),
        ('"2012-02-24"', "2012-02-24T10:00:00", "posted_on: a date"),
        ("100", "0", "goal: a whole number above zero"),
        ("100", "1.5", "goal: a whole number"),
        ("100", '"100"', "goal: a whole number"),
        ("100", "true", "goal: a whole number"),
        ("goal = 100", "", "goal: a whole number"),
        ('id = "first"', "", "block 2: id: a text is needed"),
        ('"first"', '"title"', "block id 'title': lower-case letters, digits and hyphens, each id once"),
        ('"first"', '"The first"', "block id 'The first': lower-case"),
        ('kind = "title"', 'kind = "paragraph"', "a block of kind 'title' is missing"),
        ('"paragraph"', '"heading"', "block 2: 'heading' is not a valid BlockKind"),
        ('"They are held."', '" \\n"', "block 2: text: empty"),
        ('text = "They are held."', "", "block 2: text: a text is needed"),
        ("goal = 100", "goal = ", "Invalid value"),
    ],
)
def test_a_malformed_file_is_refused_with_its_name_and_the_reason(read, good, bad, reason):
    assert GOOD.count(good) == 1
    with pytest.raises(OutlineError) as refused:
        read(GOOD.replace(good, bad))
    assert str(refused.value).startswith(f"appeal.toml: {reason}")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("", "slug: a text is needed"),
        (HEAD, "a block of kind 'title' is missing"),
        (HEAD + FIRST, "a block of kind 'title' is missing"),
        (HEAD + TITLE + TITLE.replace('"title"', '"again"', 1), "more than one block of kind 'title'"),
        (HEAD + TITLE.replace("[[block]]", "[block]"), "block: every block stands under [[block]]"),
        (HEAD + "block = [1]", "block: every block stands under [[block]]"),
    ],
)
def test_a_file_whose_blocks_are_amiss_is_refused(read, content, reason):
    with pytest.raises(OutlineError) as refused:
        read(content)
    assert str(refused.value) == f"appeal.toml: {reason}"


@pytest.mark.parametrize("kind", sorted(ONCE_ONLY))
def test_some_kinds_of_block_stand_at_most_once(read, kind):
    block = f'[[block]]\nid = "a"\nkind = "{kind}"\ntext = "A"\n'
    with pytest.raises(OutlineError, match=f"more than one block of kind '{kind}'"):
        read(GOOD + block + block.replace('"a"', '"b"'))


def test_a_file_that_is_not_utf_8_is_refused(read):
    with pytest.raises(OutlineError, match=r"appeal.toml: 'utf-8' codec can't decode byte 0xff"):
        read(GOOD.encode() + b"\xff")


def test_a_file_that_is_too_large_is_refused_unread(read):
    with pytest.raises(OutlineError, match=r"appeal.toml: larger than 1,000,000 bytes"):
        read(b"\xff" * 1_000_001)


def test_a_file_that_is_nested_without_end_is_refused(read):
    with pytest.raises(OutlineError, match=r"appeal.toml: maximum recursion depth exceeded"):
        read("goal = " + "[" * 100_000)


def test_a_file_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(OutlineError, match=r"nowhere.toml: \[Errno 2\] No such file or directory"):
        read_outline(tmp_path / "nowhere.toml", LANGUAGES)
