import pytest
from said import find, seen

from sayso.classify.annotation.attributions import tone_of


@pytest.mark.parametrize(
    ("text", "cue", "tone"),
    [
        ("The mayor erroneously said that the dam was full.", "said", "distancing"),
        ("The mayor has repeatedly and falsely said the dam was full.", "said", "distancing"),
        ("The mayor falsely told reporters that the dam was full.", "falsely told", "distancing"),
        ("The mayor said, wrongly, that the dam was full.", "said", "distancing"),
        ("The mayor said falsely that the dam was full.", "said", "distancing"),
        ("“The dam was full,” the mayor said baselessly on Monday.", "said", "distancing"),
        ("The mayor said without evidence that the dam was full.", "said", "distancing"),
        ("The mayor said on Monday, without offering any proof, that the dam was full.", "said", "distancing"),
        ("Without offering evidence, the mayor said that the dam was full.", "said", "distancing"),
        ("The mayor, citing no evidence, said the dam was full.", "said", "distancing"),
        ("The mayor correctly predicted that the dam would hold.", "predicted", "endorsing"),
        ("Wrongly, the mayor told parents that the dam was safe.", "told", "distancing"),
        ("Rightly, the mayor warned that the dam was full.", "warned", "endorsing"),
        ("Wrongly, he claimed that the mayor said so.", "said", "neutral"),
        ("The mayor did not falsely say that the dam was full.", "say", "neutral"),
        ("The mayor said the dam had been falsely listed as full.", "said", "neutral"),
        ("The mayor said the police acted without evidence.", "said", "neutral"),
        ("The mayor said the firm, without any proof, had blamed the union.", "said", "neutral"),
        ("The mayor denied that he had falsely said so.", "denied", "neutral"),
        ("The mayor said the dam was full.", "said", "neutral"),
        ("The mayor claimed the dam was full.", "claimed", "distancing"),
    ],
)
def test_words_beside_a_cue_tell_its_tone(text, cue, tone):
    viewed = seen(text)
    at = find(viewed, cue)
    assert tone_of(viewed, at, at[1] - 1) == tone
