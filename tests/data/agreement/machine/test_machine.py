import json

import numpy as np
import pytest
from builders import run_sayso, write_rows

from sayso.data.agreement.annotators import annotator_of, match_units
from sayso.data.agreement.coefficients import Figure
from sayso.data.agreement.machine.agreement import (
    Coefficient,
    accuracy,
    alternative_test,
    coefficients,
    label_quality,
    reject,
)
from sayso.data.agreement.machine.bias import Bias, biases, groups_of, holm
from sayso.data.agreement.machine.judged import judge_columns, settled_label
from sayso.data.agreement.machine.measure import Asked, measure_machines
from sayso.data.agreement.machine.precision import rounded_up
from sayso.data.agreement.machine.verdict import AS_IS, CORRECTED, NOT, TOO_FEW, Evidence, bias_in_words, judge
from sayso.data.rows.labelled_rows import articles_of
from sayso.errors import SaysoError

SIZE = 4
"""Sentences of an article."""


def annotators(outlets=None, **labels_of):
    """Make annotators of strings, a letter a sentence; a point is no label."""
    made = []
    for name, letters in labels_of.items():
        rows = []
        for i, letter in enumerate(letters):
            row = {"article": f"a{i // SIZE}", "n": i % SIZE, "text": f"Gull {i} left."}
            row |= {"topic": letter} if letter != "." else {}
            row |= {"outlet": outlets[i // SIZE]} if outlets else {}
            rows.append((f"x:{i}", row))
        made.append(annotator_of(name, articles_of(rows)))
    return made


def judged(machines=("llm",), outlets=None, **labels_of):
    made = annotators(outlets, **labels_of)
    (found,) = judge_columns(made, match_units(made), machines[0], machines)
    return found


def test_the_label_with_most_votes_is_settled_and_a_tie_is_not():
    codes = np.array([[0, 0, 1], [0, 1, -1], [1, -1, -1], [-1, -1, -1]])
    assert settled_label(codes, 2).tolist() == [0, -1, 1, -1]


def test_the_machine_is_set_beside_people_who_labelled_the_same():
    of = judged(llm="abab", anna="abb.", ben="bb..", cora="....")
    assert of.people == ("anna", "ben")
    assert of.ratings.codes.tolist() == [[0, 0, 1], [1, 1, 1], [0, 1, -1]]
    assert of.settled.tolist() == [-1, 1, 1]


def test_agreement_with_people_stands_beside_that_of_people():
    of = judged(llm="aabb" * 10, anna="aabb" * 10, ben="abbb" * 10)
    same = next(row for row in coefficients(of) if row.name == "same")
    # The machine agrees with anna always, with ben in three of four; anna and ben in three of four.
    assert (same.machine.value, same.people.value, same.difference.value) == pytest.approx((0.875, 0.75, 0.125))
    assert same.difference.low == pytest.approx(0.125)
    assert accuracy(of).value == 1  # of the thirty of which people settled on a label
    assert accuracy(of).n == 30


def test_of_one_person_nothing_is_known_about_people():
    alone = coefficients(judged(llm="aabb", anna="aabb"))
    assert all(row.people == Figure(None, None, None) for row in alone)
    assert all(row.machine.value == 1 for row in alone)


def test_precision_recall_and_f1_of_a_label():
    of = judged(llm="aaab" * 6, anna="aabb" * 6)
    quality = {label.label: label for label in label_quality(of)}
    a, b = quality["a"], quality["b"]
    assert (a.n_people, a.n_machine) == (12, 18)
    assert (a.precision.value, a.recall.value, a.f1.value) == pytest.approx((2 / 3, 1, 0.8))
    assert (b.precision.value, b.recall.value, b.f1.value) == pytest.approx((1, 0.5, 2 / 3))
    assert 0 < a.recall.low < 1  # nothing was missed, which is no certainty


def test_each_person_is_left_out_in_turn():
    # The machine says what most people say; each person differs from the two others in one of ten sentences.
    same = "ab" * 20
    people = {
        name: "".join("c" if i % 10 == k else x for i, x in enumerate(same))
        for k, name in enumerate(("anna", "ben", "cora"))
    }
    found = alternative_test(judged(llm=same, **people))
    anna = found.people[0]
    # Beside ben and cora the machine agrees at least as well everywhere, anna not where she differs.
    assert (anna.sentences, anna.machine, anna.person_wins) == (40, 1, 0.9)
    assert anna.p < 0.001
    assert (found.winning_rate, found.advantage, found.passed) == (1, 1, True)


def test_a_machine_behind_people_does_not_pass():
    same = "ab" * 20
    found = alternative_test(judged(llm="a" * 40, anna=same, ben=same, cora=same))
    assert [person.machine for person in found.people] == [0.5] * 3
    assert [person.person_wins for person in found.people] == [1.0] * 3
    assert (found.winning_rate, found.passed) == (0, False)


def test_the_test_needs_three_people_and_thirty_sentences():
    same = "ab" * 20
    assert alternative_test(judged(llm=same, anna=same, ben=same)) is None
    short = same[:28]
    assert alternative_test(judged(llm=short, anna=short, ben=short, cora=short)) is None
    mixed = alternative_test(judged(llm=same, anna=same, ben=same, cora=short + "." * 12))
    assert [person.p is None for person in mixed.people] == [False, False, True]
    assert mixed.winning_rate == 1


def test_false_discoveries_are_held_down():
    # Of three, limits 0.05 / (3 * 11 / 6) = 0.00909, 0.01818, 0.02727.
    assert reject([0.026, 0.02, 0.001]) == [True, True, True]
    assert reject([0.028, 0.02, 0.001]) == [False, False, True]
    assert reject([None, 0.04]) == [False, True]


def test_holm():
    assert holm([0.01, 0.04, 0.03]) == pytest.approx([0.03, 0.06, 0.06])
    assert holm([0.9, 0.8]) == [1, 1]


def outlets_of(n):
    return ["Post" if i % 2 else "Herald" for i in range(n)]


def test_a_bias_of_one_outlet_is_found_and_no_other():
    # Twenty articles of each outlet; in those of the Post the machine's label is a in place of half of the b.
    people = "aabb" * 40
    machine = "".join("aaab" if i % 2 else "aabb" for i in range(40))
    made = annotators(outlets_of(40), llm=machine, anna=people)
    (of,) = judge_columns(made, match_units(made), "llm", ("llm",))
    groups = groups_of(of, made, (), ("topic",))
    assert list(groups) == ["outlet", "length"]
    found = biases(of, groups)
    settled = [(bias.column, bias.value, bias.label, bias.inside, bias.outside) for bias in found if bias.is_settled]
    assert ("outlet", "Post", None, 0.25, 0.0) in settled
    assert ("outlet", "Herald", "b", 0.0, -0.25) in settled
    of_all = next(bias for bias in found if not bias.column)
    assert (of_all.label, of_all.inside, of_all.n) == ("b", -0.125, 160)
    assert {bias.column for bias in found} == {"", "outlet"}  # all sentences are of one length


def test_no_bias_is_told_where_errors_fall_anywhere():
    rng = np.random.default_rng(3)
    people = "".join(rng.choice(list("abc"), 400))
    machine = "".join(rng.choice(list("abc")) if rng.random() < 0.2 else letter for letter in people)
    made = annotators(outlets_of(100), llm=machine, anna=people)
    (of,) = judge_columns(made, match_units(made), "llm", ("llm",))
    found = biases(of, groups_of(of, made, (), ("topic",)))
    assert len(found) == 3 + 2 * 4
    assert not any(bias.is_settled for bias in found)


def test_a_group_that_nobody_knows_is_refused():
    made = annotators(outlets_of(2), llm="abababab", anna="abababab")
    (of,) = judge_columns(made, match_units(made), "llm", ("llm",))
    with pytest.raises(
        SaysoError, match=r"^--by side: no sentence has a value in this column; available columns: outlet\.$"
    ):
        groups_of(of, made, ("side",), ("topic",))


def test_columns_that_all_fill_in_alike_are_groups_and_no_labels():
    rows = [{"article": f"a{i // 4}", "n": i % 4, "text": f"Gull {i} left.", "topic": "a", "side": "left"} for i in range(8)]
    others = [{**row, "topic": "b" if row["n"] else "a"} for row in rows]
    made = [
        annotator_of(name, articles_of((f"x:{i}", row) for i, row in enumerate(of)))
        for name, of in (("llm", rows), ("anna", others))
    ]
    reports = measure_machines(made, match_units(made), Asked(["llm"]))
    assert [report.column for report in reports] == ["topic"]


@pytest.mark.parametrize(("machines", "message"), [
    (["gpt"], r"^--as-machine gpt: no annotator has this name; the annotators are llm, anna\.$"),
    (["llm", "anna"], r"^all annotators are given as machines \(--as-machine\); at least one must be a person\.$"),
])  # fmt: skip
def test_machines_are_annotators_and_somebody_is_a_person(machines, message):
    made = annotators(llm="abab", anna="abab")
    with pytest.raises(SaysoError, match=message):
        measure_machines(made, match_units(made), Asked(machines))


def test_without_a_common_column_what_each_has_is_said():
    rows = [{"article": "a", "n": 0, "text": "Rain fell.", "topic": "sea"}]
    others = [{"article": "a", "n": 0, "text": "Rain fell.", "tone": "dry"}]
    made = [
        annotator_of(name, articles_of((f"x:{i}", row) for i, row in enumerate(of)))
        for name, of in (("llm", rows), ("anna", others))
    ]
    with pytest.raises(
        SaysoError, match=r"^llm: no sentence has any label column from this annotator and from people; llm has topic;"
    ):
        judge_columns(made, match_units(made), "llm", ("llm",))


def evidence(n=200, n_people=2, alpha=(0.8, 0.75, 0.85), difference=(0.0, -0.03, 0.03), biases=()):
    nothing = Figure(None, None, None)
    of_pairs = (
        Coefficient("same", Figure(0.9, 0.85, 0.95), nothing, Figure(*difference)),
        Coefficient("alpha", Figure(*alpha), nothing, nothing),
    )
    return Evidence(n, n_people, of_pairs, (), None, biases)


BIAS = Bias("", "", "quote", 200, 0, 0.061, 0.0, 0.061, 0.032, 0.09, 0.0001, 0.002)


@pytest.mark.parametrize(("given", "words", "reason"), [
    ({"n": 49}, TOO_FEW, "People agree on a label for 49 sentences."),
    ({}, AS_IS, "It agrees with people as well as people agree among themselves: difference in agreement "
     "0.000 (-0.030 to 0.030)"),
    ({"n": 80}, CORRECTED, "People agree on 80 sentences; using the labels as they are requires 100."),
    ({"difference": (-0.04, -0.09, 0.01)}, CORRECTED, "It may agree with people less well than people "
     "agree among themselves"),
    ({"biases": (BIAS,)}, CORRECTED, "It gives 'quote' too often: +6.1 points (+3.2 to +9.0)."),
    ({"alpha": (0.1, -0.02, 0.2)}, NOT, "Its agreement with people is not clearly better than chance"),
    ({"alpha": (0.2, 0.12, 0.29)}, NOT, "Its agreement with people is little better than chance"),
    ({"alpha": (None, None, None)}, NOT, "Everybody gave the same label"),
    ({"n_people": 1}, CORRECTED, "alpha with people must be 0.8 or more; it is 0.800 (0.750 to 0.850), "
     "not clearly above that limit."),
    ({"difference": (None, None, None)}, CORRECTED, "is unknown: no two people labelled the same sentence."),
    ({"n_people": 1, "alpha": (0.9, 0.85, 0.95)}, AS_IS, "How well people agree among themselves is unknown"),
])  # fmt: skip
def test_verdicts(given, words, reason):
    verdict = judge(evidence(**given))
    assert verdict.words == words
    assert any(reason in line for line in verdict.reasons)


@pytest.mark.parametrize(("bias", "words"), [
    (BIAS, "It gives 'quote' too often: +6.1 points (+3.2 to +9.0)."),
    (Bias("outlet", "Post", None, 80, 120, 0.25, 0.1, 0.15, 0.08, 0.22, 0.0001),
     "Where outlet is 'Post' it errs more often: in 25.0% of labels, elsewhere in 10.0% (+8.0 to +22.0 points)."),
    (Bias("outlet", "Post", "quote", 80, 120, -0.05, 0.02, -0.07, -0.1, -0.04, 0.0001),
     "Where outlet is 'Post' it lowers the share of 'quote' compared with elsewhere: -5.0 points, elsewhere +2.0 "
     "(difference -10.0 to -4.0)."),
])  # fmt: skip
def test_biases_in_words(bias, words):
    assert bias_in_words(bias) == words


def test_numbers_of_sentences_are_rounded_up():
    assert [rounded_up(x) for x in (0, 7.2, 88.1, 101, 1234.5, 99.5)] == [0, 8, 89, 110, 1300, 100]


def rows_of(name, letters, **more):
    return [
        {"article": f"a{i // 4}", "text": f"Gull {i} left.", "topic": letter, **more} for i, letter in enumerate(letters)
    ]  # fmt: skip


def test_the_command_says_what_may_be_done(tmp_path):
    people = "aabb" * 20
    gold = write_rows(tmp_path / "gold.jsonl", rows_of("gold", people)[10:])
    machine = write_rows(tmp_path / "llm.jsonl", rows_of("llm", people))
    done = run_sayso("data", "agree", gold, machine, "--as-machine", "llm")
    assert done.exit_code == 0
    assert "topic: llm (machine) compared with gold; 70 sentences in 18 articles" in done.stdout
    assert "people among themselves (95 %)" in done.stdout
    assert "llm, topic: USE WITH A CORRECTION." in done.stdout
    assert "People agree on 70 sentences; using the labels as they are requires 100." in done.stdout
    found = json.loads(run_sayso("data", "agree", gold, machine, "--as-machine", "llm", "--json").stdout)
    (of,) = found["machines"]
    assert (of["machine"], of["people"], of["settled"], of["accuracy"]["value"]) == ("llm", ["gold"], 70, 1)
    assert of["precision"][0]["figure"] == "accuracy"
    assert set(of["precision"][0]["needed"]) == {"0.05", "0.03", "0.02"}
    assert of["verdict"]["words"] == CORRECTED
    refused = run_sayso("data", "agree", gold, machine, "--by", "outlet")
    assert refused.exit_code == 2
    assert "--by and --epsilon work only with --as-machine NAME" in " ".join(refused.stderr.split())
