"""The lexicon of cues: its size and shape, its inflections, and what the text of a cue says."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.detection import cues
from quotes.detection.inflection import noun_forms, verb_forms
from quotes.detection.tables import group, table
from quotes.model import ACTS, MODES

ROWS = table("cues.tsv")
FRAMES = {"that", "quote", "inf", "of", "to", "noun", "as", "sure", "addressee", "whom"}


def test_every_row_is_whole():
    for lemma, kind, mode, act, frames in ROWS:
        assert lemma == lemma.strip().lower(), lemma
        assert kind in {"verb", "light", "noun", "other"}, lemma
        assert mode in MODES, lemma
        assert act in ACTS, lemma
        assert set(frames.split(",")) <= FRAMES, lemma


def test_no_row_stands_twice():
    keys = [(lemma, kind) for lemma, kind, *_ in ROWS]
    assert len(keys) == len(set(keys))


def test_there_are_more_than_three_hundred_lemmas_of_speech():
    speech = {lemma for lemma, kind, mode, *_ in ROWS if mode != "thought" and kind == "verb"}
    assert len(speech) > 300
    assert sum(" " in lemma for lemma in speech) > 50
    assert sum(kind == "noun" for _, kind, *_ in ROWS) > 100


def test_every_act_has_a_cue():
    assert {act for _, _, _, act, _ in ROWS} == set(ACTS)


@pytest.mark.parametrize(
    ("lemma", "forms"),
    [
        ("say", "say says said saying"),
        ("deny", "deny denies denied denying"),
        ("admit", "admit admits admitted admitting"),
        ("urge", "urge urges urged urging"),
        ("write", "write writes wrote written writing"),
        ("learn", "learn learns learned learnt learning"),
        ("label", "label labels labeled labelled labeling labelling"),
        ("lie", "lie lies lied lying"),
        ("agree", "agree agrees agreed agreeing"),
        ("veto", "veto vetoes vetoed vetoing"),
        ("appeal", "appeal appeals appealed appealing"),
        ("reveal", "reveal reveals revealed revealing"),
        ("quiz", "quiz quizzes quizzed quizzing"),
        ("panic", "panic panics panicked panicking"),
        ("withhold", "withhold withholds withheld withholding"),
    ],
)
def test_verb_forms(lemma, forms):
    assert set(verb_forms(lemma)) == set(forms.split())


def test_phrases_inflect_at_their_verb_or_noun():
    assert "pointed out" in verb_forms("point out")
    assert "was critical of" in verb_forms("be critical of")
    assert set(noun_forms("view of")) == {"view of", "views of"}
    assert set(noun_forms("inquiry")) == {"inquiry", "inquiries"}


def test_every_form_reads_back_as_a_known_cue():
    for lemma, kind, *_ in ROWS:
        forms = verb_forms(lemma) if kind in ("verb", "light") else noun_forms(lemma) if kind == "noun" else (lemma,)
        for form in forms:
            assert cues.read(form).known, form


@pytest.mark.parametrize(
    ("text", "lemma", "mode", "act"),
    [
        ("said", "say", "speech", "state"),
        ("has already warned", "warn", "speech", "warn"),
        ("has urged", "urge", "speech", "urge"),
        ("have repeatedly said", "say", "speech", "state"),
        ("’s saying", "say", "speech", "state"),
        ("According to", "according to", "speech", "state"),
        (":", ":", "speech", "state"),
        ("was quoted as saying", "quote as saying", "speech", "state"),
        ("said in a statement", "say", "speech", "state"),
        ("went on to say", "go on to say", "speech", "state"),
        ("called on", "call on", "speech", "urge"),
        ("has again called for", "call for", "speech", "demand"),
        ("lashed out at", "lash out at", "speech", "criticise"),
        ("pointed out", "point out", "speech", "state"),
        ("has made it clear", "make it clear", "speech", "state"),
        ("accused", "accuse", "speech", "accuse"),
        ("thanked", "thank", "speech", "thank"),
        ("wrote on Monday", "write", "writing", "state"),
        ("tweeted", "tweet", "writing", "state"),
        ("the warning", "warning", "speech", "warn"),
        ("believes", "believe", "thought", "believe"),
        ("hopes", "hope", "thought", "hope"),
        ("plans", "plan", "thought", "intend"),
        ("is expected", "be expected", "thought", "predict"),
        ("fears", "fear", "thought", "worry"),
        ("knew", "know", "thought", "know"),
        ("discussed", "discuss", "thought", "state"),
        ("gave an assurance", "assurance", "speech", "promise"),
    ],
)
def test_reading(text, lemma, mode, act):
    reading = cues.read(text)
    if lemma == "warning":
        assert reading.lemma in {"warn", "warning"}
    else:
        assert reading.lemma == lemma
    assert (reading.mode, reading.act) == (mode, act)
    assert reading.known
    assert not reading.withheld
    assert not reading.unreal


@pytest.mark.parametrize(
    "text",
    ["did not specify", "didn’t say", "has not said", "declined to comment", "refused to say", "never mentioned",
     "would not say", "cannot confirm", "failed to explain"],
)  # fmt: skip
def test_withheld(text):
    assert cues.read(text).withheld


@pytest.mark.parametrize("text", ["would say", "will announce", "might suggest", "to discuss", "could warn"])
def test_unreal(text):
    assert cues.read(text).unreal


def test_not_only_is_no_negation():
    assert not cues.read("not only said").withheld


@pytest.mark.parametrize(
    ("text", "lemma"),
    [("has frobnicated", "frobnicate"), ("blagged", "blag"), ("was quzzing", "quzz"), ("zorks", "zork"), ("%", "%")],
)
def test_unknown_cue_has_a_guessed_lemma(text, lemma):
    reading = cues.read(text)
    assert not reading.known
    assert reading.lemma == lemma


@given(st.text(max_size=60))
def test_reading_never_fails(text):
    reading = cues.read(text)
    assert reading.mode in MODES
    assert reading.act in ACTS


def test_function_words_are_lower_case():
    for kind, members in table("function_words.tsv"):
        assert group(kind)
        assert members == members.lower()
