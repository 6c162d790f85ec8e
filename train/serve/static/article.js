// The page of an article: reading it, and putting its labels right.

import { Bench, byId, remembered } from "./bench.js";
import { get, poll, storage } from "./common.js";
import { listenToKeys } from "./keys.js";
import { acceptable, labelling } from "./labelling.js";
import { marking } from "./marking.js";

const SOON = 1000;  // milliseconds after the last letter until a note is saved

const { key } = byId("page").dataset;
const bench = new Bench(key, await get(`/api/article/${key}`));
const labels = labelling(bench), marks = marking(bench, labels.toggleBias);

const fold = () => {
  const isFolded = byId("beside").classList.toggle("folded");
  byId("fold").setAttribute("aria-expanded", String(!isFolded));
  byId("fold").textContent = isFolded ? "▴" : "▾";
};

const onClick = {
  accept: labels.accept, take: labels.take, another: marks.another, undo: labels.undo, redo: labels.redo, done: labels.done,
  back: () => bench.step(-1), on: () => bench.step(1), "next-open": () => bench.nextOpen(), leave: () => bench.select(null),
  help: () => byId("keys").showModal(), fold, renew: () => location.reload(), "add-target": labels.addTarget,
};
for (const [id, action] of Object.entries(onClick)) byId(id)?.addEventListener("click", action);

for (const [id, save] of [["note", labels.note], ["article-note", labels.articleNote]]) {
  let pause = 0;
  byId(id).addEventListener("change", save);
  byId(id).addEventListener("input", () => {  // also of somebody who never leaves the field
    clearTimeout(pause);
    pause = setTimeout(save, SOON);
  });
}

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
  if (column) bench.select(bench.order[[...column.parentElement.children].indexOf(column)]);
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
  document.activeElement?.blur();  // what is being written becomes a change
  if (bench.store.waiting) event.preventDefault();
});

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
poll();
