"""Sentences of both languages are pairs: the same numbers, the same shares, the same directions."""

import re

import pytest

from reports import catalogue

EN, JA = catalogue.load("en").texts, catalogue.load("ja").texts

NUMBER_WORDS = (
    "zero one two three four five six seven eight nine ten",
    "- January February March April May June July August September October November December",
    "- Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec",
)
IN_WORDS = {word: number for words in NUMBER_WORDS for number, word in enumerate(words.split()) if word != "-"}
OTHER_NUMBERS = {
    "target.express-7-days.name": "a week is 7 days",
    "actuals.refused.as_of": "an example of a date in each language's own form",
    "actuals.month.what": "examples of months in each language's own form",
    "actuals.month.where": "fiscal years of the western and the Japanese calendar",
    "lead_file.due": "fiscal years of the western and the Japanese calendar",
}
"""Texts that hold other numbers in the two languages, with the reason."""


def numbers(text):
    bare = re.sub(r"\{[^{}]*\}", "", text).replace("16万", "160,000").replace("480万", "4.8 million")
    return set(re.findall(r"\d[\d,.]*\d|\d", bare))


def in_words(english):
    return {str(IN_WORDS[word]) for word in re.findall(r"[A-Za-z]+", english) if word in IN_WORDS}


def other_numbers(english, japanese):
    """Numbers of one text that the other lacks; ``one`` is often said in only one of them."""
    own = numbers(re.sub(r"\([^)]*[ぁ-ん一-龠].*?\)", "", english))
    return own - numbers(japanese) | numbers(japanese) - {"1"} - numbers(english) - in_words(english)


def test_both_languages_say_the_same_numbers():
    assert {key for key, text in EN.items() if other_numbers(text, JA[key])} == set(OTHER_NUMBERS)


def test_both_languages_speak_of_shares_alike():
    assert not [key for key, text in EN.items() if ("%" in text) != ("%" in JA[key])]


DIRECTIONS = {
    r"\bat least\b|\b(or|and) more\b": "以上|最小|少なくとも",
    r"\bat most\b|\bor less\b|\bor better\b": "以下|最大|以内|上限",
    r"\bmore than\b|\bover \{|\babove (?!all)\b": "超|上回|以上|多い|高|増|差",
    r"\bless than\b|\bfewer than\b|\bunder \{|\bbelow (?!it)\b": "未満|下回|少な|以下|下の|小さい|弱い|減",
    r"\bfirst\b": "最初|初め|初回|初日|試算開始日|新規|適用開始|一次",
    r"\bearliest\b": "最も早",
    r"\b(larg|bigg|high|long)est\b": "最大|最も|最長|大きい順",
    r"\bleast\b|\bsmallest\b|\blowest\b|\bfewest\b": "最小|最も|以上",
    r"\bmost\b": "最も|最多|最大|大半|ほとんど|多く|大きい|上限|以下",
    r"\bworst\b": "最も厳しい",
    r"\bbest\b": "最も|最善",
    r"\bbetter\b": "良|以内",
    r"\bworse\b": "悪",
    r"\bbefore\b": "前|先|まで|まだ",
    r"\bwithin\b": "内|中|範囲",
    r"\bevery\b": "すべて|全|各|毎|どの|ごと|とも|増やした分|別|内訳",
}
"""What English says, and words of which Japanese needs one where it does."""

BACKWARDS = {
    "以上": r"at least|or more|and more",
    "以下|以内": r"at most|or less|or better|no more|within|up to|in \d+ days",
    "未満": r"under|fewer than|less than|below|cut to",
    "超え|超過|超$|超の|倍超": r"over|more|above|past|longer|later|too full|beyond|exceed|miss|until|spell",
    "上回": r"above|more than",
    "下回": r"below|less|miss|break|breach|shows",
    "最初": r"first|start|initial",
    "最も早|最早": r"earliest|quickest|first",
    "最大|最多|最長": r"most|largest|longest|biggest|highest|peak|furthest|up to|worst",
    "最小": r"least|smallest|from|lowest",
    "最も厳しい": r"worst",
    "最も良|最善": r"best",
    "危う|危ぶ|おそれ": r"danger|doubt",
}
"""The same from Japanese to English."""

OTHER_WORDS = {
    "new.changes": "'and more that could be changed' is no bound",
    "actuals.guide": "'the rows above its headings' is a place",
    "sizing.answer.not_shown": "'more replications or more capacity' is no bound",
    "sizing.rule.theory": "'no more than a start' is 出発点にすぎない",
    "sizing.again.note": "'options of the first command' are those given before",
    "actuals.dispatched_so_far.what": "'those above' is a place",
    "clock.wires.none": "'see below' is a place",
    "sweep.chart.curves_reading": "'below' is a place",
}
"""Texts whose words look like a direction and are none, with the reason."""


def without_values(text):
    return re.sub(r"\{[^{}]*\}", "{}", text)


def other_directions(english, japanese):
    """Direction words of one text that the other lacks."""
    english, japanese = without_values(english).lower(), without_values(japanese)
    there = [say for say, need in DIRECTIONS.items() if re.search(say, english) and not re.search(need, japanese)]
    return there + [say for say, need in BACKWARDS.items() if re.search(say, japanese) and not re.search(need, english)]


def test_both_languages_point_the_same_way():
    found = {key: words for key, text in EN.items() if (words := other_directions(text, JA[key]))}
    assert set(found) - set(OTHER_WORDS) == set(), found


def test_what_is_first_in_danger_is_what_breaks_earliest_in_both():
    assert "Earliest" in EN["answer.endangered"] and "最も早く未達となる" in JA["answer.endangered"]
    assert "First" in EN["answer.breaks"] and "最初に未達となる" in JA["answer.breaks"]
    assert not [key for key, text in JA.items() if "最も危うい" in text]


STATISTICIANS = r"Wilson|Holm|Morris|Sobol|Clopper|Newcombe|ウィルソン|ホルム|モリス|ソボル"
NOTES = (".note", "_note", "reading", ".rule.", "sweep.rule", "sweep.words")


@pytest.mark.parametrize("texts", [EN, JA], ids=["en", "ja"])
def test_names_of_statistics_stand_in_notes_alone(texts):
    named = [key for key, text in texts.items() if re.search(STATISTICIANS, text)]
    assert [key for key in named if not any(note in key for note in NOTES)] == []


OFFICIAL = {
    "警戒線": "早期警戒指標", "兆し": "早期警戒指標", "意思決定の時計": "判断期限の試算", "次の一手": "次に行う試算",
    "窓口の取引": "窓口の手続", "助走": "試算開始日", "24時に": "各日終了時点", "夜間": "各日終了時点",
    "更新に動": "更新を希望した人", "前提の不確かさ": "不確実な前提", "崩れ": "未達となる", "又は": "または",
    "取り置": "検証用", "シミュレーション値": "試算値", "かけ直し": "掛け直し",
}  # fmt: skip
"""Words that gave way to the official one."""


@pytest.mark.parametrize(("gone", "official"), OFFICIAL.items())
def test_one_word_for_one_thing(gone, official):
    allowed = {"library.overtime.why"} if gone == "24時に" else set()
    assert {key for key, text in JA.items() if gone in text} - allowed == set()


def test_loan_words_end_alike():
    assert not [key for key, text in JA.items() if re.search(r"(オペレータ|パラメータ|フォルダ|センタ)(?!ー)", text)]
