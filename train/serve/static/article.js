// The page of an article: reading it, and putting its labels right.

import { Bench, byId, remembered } from "./bench.js";
import { get, poll, storage } from "./common.js";
import { savedSoon } from "./fields.js";
import { listenToKeys } from "./keys.js";
import { acceptable, labelling } from "./labelling.js";
import { marking } from "./marking.js";

const { key } = byId("page").dataset;
const bench = new Bench(key, await get(`/api/article/${key}`));
const labels = labelling(bench), marks = marking(bench, labels.toggleBias);

const fold = () => {
  const isFolded = byId("beside").classList.toggle("folded");
  byId("fold").setAttribute("aria-expanded", String(!isFolded));
  byId("fold").textContent = isFolded ? "▴" : "▾";
  bench.uncover();
};

const onClick = {
  accept: labels.accept, take: labels.take, another: marks.another, undo: labels.undo, redo: labels.redo, done: labels.done,
  back: () => bench.step(-1), on: () => bench.step(1), "next-open": () => bench.nextOpen(), leave: () => bench.select(null),
  help: () => byId("keys").showModal(), fold, renew: () => location.reload(), "add-target": labels.addTarget,
};
for (const [id, action] of Object.entries(onClick)) byId(id)?.addEventListener("click", action);

bench.settle = savedSoon({
  "#note": labels.note, "#article-note": labels.articleNote, "#panel [data-free]": labels.freeText, "#panel .speaker-name": labels.speaker,
});

for (const [id, otherwise] of [["go-on", false], ["one-key", true]]) {
  byId(id).checked = remembered(id, otherwise);
  byId(id).addEventListener("change", () => {
    storage[`sayso:${id}`] = JSON.stringify(byId(id).checked);
    if (id === "go-on") bench.focus();  // the keys are the sentence's again
  });
}

// The columns of the strip lead to their sentences.
byId("summary").addEventListener("click", (event) => {
  const column = event.target.closest(".strip rect");
  const columns = column ? [...column.parentElement.children] : [];
  if (column) bench.select(bench.order.slice(-columns.length)[columns.indexOf(column)]);  // the headline has no column
});

// After a click on a label the keys are the sentence's again; arrow keys would give other labels there.
byId("panel").addEventListener("pointerup", (event) => { if (event.target.closest(".choice")) setTimeout(() => bench.focus()); });

for (const id of ["keys", "conflict"]) {
  byId(id).addEventListener("close", () => {
    document.activeElement?.blur();
    bench.focus();
  });
}

addEventListener("beforeunload", (event) => {
  bench.settle();
  if (bench.store.waiting) event.preventDefault();
});

// What is wrong stands in the one place that says what happened.
byId("told").before(byId("trouble"));

byId("more").addEventListener("click", () => bench.panel.scrollOn());

marks.listen();
listenToKeys(bench, labels, marks);
for (const hidden of document.querySelectorAll(".js-only")) hidden.hidden = false;
bench.begin({
  label: labels.label, stance: labels.stance, untarget: labels.removeTarget, attributions: marks.attributions, unload: marks.markLoaded,
  acceptable: (sentence) => Object.keys(acceptable(bench, sentence)).length > 0,
  pick: (i) => { bench.prose.picked = i; bench.draw(); },
  reach: (isOn) => { bench.prose.reaches = isOn; },
});
document.documentElement.classList.add("ready");
labels.backAsAsked();
poll();
