#!/usr/bin/env bash
# label-studio-sdk 2.1.2: the spans of `generate_sample_prediction` are any numbers up to some thousands, for a sample text of 47 characters: half of
# them end before they begin, and some have no label. `validate_prediction` finds nothing wrong with them, nor with two choices where only one
# may be made; it does refuse a label that does not exist. `validate_task` passes a task that lacks the title that a Header shows.
# So who sends predictions to Label Studio checks spans and choices first. Exit 0: as described. Exit 1: something has changed.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv env
env/bin/pip install -q --disable-pip-version-check label-studio-sdk==2.1.2
env/bin/python - <<'PY'
import sys

from label_studio_sdk.label_interface import LabelInterface

view = LabelInterface(
    '<View><Header value="$title"/><Text name="text" value="$text"/><Labels name="role" toName="text"><Label value="source"/><Label value="cue"/></Labels>'
    '<Choices name="kind" toName="text" choice="single"><Choice value="quotation"/><Choice value="report"/></Choices></View>'
)
view.validate()
text = view.generate_sample_task()["text"]
samples = [view.generate_sample_prediction() for _ in range(50)]
spans = [region["value"] for sample in samples for region in sample["result"] if region["type"] == "labels"]
counts = {
    "spans": len(spans),
    "that end before they begin": sum(span["end"] < span["start"] for span in spans),
    "that end after the text": sum(span["end"] > len(text) for span in spans),
    "without a label": sum(not span["labels"] for span in spans),
}
refused = sum(not view.validate_prediction(sample) for sample in samples)
print(f"{len(samples)} sample predictions for a text of {len(text)} characters:", counts, "- refused:", refused)
both = {"from_name": "kind", "to_name": "text", "type": "choices", "value": {"choices": ["quotation", "report"]}}
other = both | {"value": {"choices": ["rumour"]}}
errors = [view.validate_prediction({"model_version": "m", "result": [region]}, return_errors=True) for region in (both, other)]
print("two choices of a single one:", errors[0], "- a choice that there is not:", errors[1])
untitled = view.validate_task({"data": {"text": "Rain fell."}})
print("a task without the title that the Header shows is valid:", untitled)
holds = all(counts.values()) and refused == 0 and errors[0] == [] and len(errors[1]) == 1 and untitled
sys.exit(0 if holds else 1)
PY
