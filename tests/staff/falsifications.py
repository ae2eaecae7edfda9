"""Twenty ways to falsify the real appeal, in each of its languages: what was there, and what stands there.

Each names the block it is in. What has "" to replace is added at the end.
"""

from typing import NamedTuple


class Falsification(NamedTuple):
    """A kind, the block, and for each language what is replaced and what takes its place."""

    kind: str
    block: str
    ko: tuple[str, str]
    hans: tuple[str, str]
    hant: tuple[str, str]

    def of(self, text: str, language: str) -> str:
        """The text, falsified."""
        old, new = {"ko": self.ko, "zh-Hans": self.hans, "zh-Hant": self.hant}[language]
        assert text.count(old) >= 1, (self.kind, language)
        return text.replace(old, new, 1) if old else text + new


FALSIFICATIONS = (
    Falsification(
        "dropped sentence",
        "many-more",
        (" 이러한 수용소는 북한과 중국의 주요 교역 지역에 있습니다.", ""),
        ("这类集中营设在朝鲜与中国的主要贸易地区。", ""),
        ("這類集中營設在北韓與中國的主要貿易地區。", ""),
    ),
    Falsification(
        "two dropped sentences",
        "sisters-letter",
        (" 제발 제 동생을 살려 주세요. 제 동생을 살려 주신다면 하루하루 주석님께 감사하며 살겠습니다.", ""),
        ("求求您救救我的弟弟。如果您救了我的弟弟，我会怀着对您的感激过好每一天。", ""),
        ("求求您救救我的弟弟。如果您救了我的弟弟，我會懷著對您的感激過好每一天。", ""),
    ),
    Falsification("changed number", "held-in-yanbian", ("30", "20"), ("30", "20"), ("30", "20")),
    Falsification("number made ten times larger", "many-more", ("30", "300"), ("30", "300"), ("30", "300")),
    Falsification("changed age", "brother", ("열다섯 살", "스물다섯 살"), ("15岁", "25岁"), ("15歲", "25歲")),
    Falsification(
        "swapped name",
        "brother",
        ("후진타오", "시진핑"),
        ("胡锦涛", "习近平"),
        ("胡錦濤", "習近平"),
    ),
    Falsification(
        "swapped name of the dictator",
        "criminals",
        ("김정일", "김일성"),
        ("金正日", "金日成"),
        ("金正日", "金日成"),
    ),
    Falsification(
        "swapped name of a supporter",
        "protest-rally",
        ("차인표", "차승원"),
        ("车仁杓", "车胜元"),
        ("車仁杓", "車勝元"),
    ),
    Falsification(
        "negation lost",
        "cha-in-pyo",
        ("관심을 갖지 않는다면", "관심을 갖는다면"),
        ("都不关心", "都关心"),
        ("都不關心", "都關心"),
    ),
    Falsification(
        "negation lost in a threat",
        "criminals",
        ("피할 수 없을 것입니다", "피할 것입니다"),
        ("他们将难逃更严厉的惩罚", "他们将逃过更严厉的惩罚"),
        ("他們將難逃更嚴厲的懲罰", "他們將逃過更嚴厲的懲罰"),
    ),
    Falsification(
        "negation added",
        "once-a-defector",
        ("잘 알고 있습니다", "잘 알고 있지 않습니다"),
        ("我太了解这些", "我并不了解这些"),
        ("我太了解這些", "我並不了解這些"),
    ),
    Falsification(
        "extra claim",
        "politicians",
        ("", " 중국 정부도 이에 동의했습니다."),
        ("", "中国政府对此表示同意。"),
        ("", "中國政府對此表示同意。"),
    ),
    Falsification(
        "extra demand for money",
        "join-protest",
        ("", " 후원금 5만 원을 보내 주십시오."),
        ("", "请捐款300元。"),
        ("", "請捐款300元。"),
    ),
    Falsification(
        "changed date",
        "protest-rally",
        ("2월 21일", "2월 22일"),
        ("2月21日", "2月22日"),
        ("2月21日", "2月22日"),
    ),
    Falsification(
        "changed month",
        "protest-rally",
        ("2월 21일", "3월 21일"),
        ("2月21日", "3月21日"),
        ("2月21日", "3月21日"),
    ),
    Falsification("changed day", "resolution", ("24일", "25일"), ("24日", "25日"), ("24日", "25日")),
    Falsification(
        "swapped country",
        "held-in-yanbian",
        ("북한으로 강제 송환", "한국으로 강제 송환"),
        ("强制遣返朝鲜", "强制遣返韩国"),
        ("強制遣返北韓", "強制遣返南韓"),
    ),
    Falsification(
        "added link",
        "help-us",
        ("", " https://save-them.example/"),
        ("", " https://save-them.example/"),
        ("", " https://save-them.example/"),
    ),
    Falsification(
        "added address for mail",
        "join",
        ("", " help@save-them.example"),
        ("", " help@save-them.example"),
        ("", " help@save-them.example"),
    ),
    Falsification(
        "opposite in one word",
        "resolution",
        ("송환에 반대하는", "송환에 찬성하는"),
        ("反对此次遣返", "赞成此次遣返"),
        ("反對此次遣返", "贊成此次遣返"),
    ),
)
