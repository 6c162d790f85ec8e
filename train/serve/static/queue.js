// The queue: sentences labelled one after the other, each on disk before it says "saved".

import { complain, onChanges, post, showSave, clock, tellOthers } from "./common.js";
import { answering, inTurn, sayAt } from "./answering.js";

const list = document.getElementById("queue");
const { column } = list.dataset, isOwn = list.dataset.own === "yes";

const valueOf = (label) => isOwn ? { own: { [column]: label } } : { [column]: label };
const labelIn = ({ labels }) => (isOwn ? labels.own[column] : labels[column]) ?? "";

/** Show which label an item has. */
const show = (item, label) => {
  item.dataset.label = label;
  for (const button of item.querySelectorAll("button[data-answer]")) button.setAttribute("aria-pressed", String(button.dataset.answer === label));
  const n = list.querySelectorAll('li.item:not([data-label=""])').length;
  document.getElementById("answered").textContent = `${n} of ${list.children.length} labelled`;
  document.getElementById("more").classList.toggle("main", n === list.children.length);
};

const take = (item, change, sentence) => {
  item.dataset.change = change;
  item.dataset.note = sentence.labels.note;
  item.querySelector(".has-note").hidden = !sentence.labels.note;
  show(item, labelIn(sentence));
};

const itemOf = (key, n) => list.querySelector(`li.item[data-key="${CSS.escape(key)}"][data-n="${Number(n)}"]`);

const save = async (item, set, words) => {
  const { key, n, change } = item.dataset;
  try {
    const saved = await post("/api/change", { key, n: Number(n), set, base: Number(change) });
    take(item, saved.change, saved.sentence);
    sayAt(item, `${words}: saved`);
    showSave(`saved ${clock()}`);
    complain();
    tellOthers();
  } catch (error) {
    if (error.status === 409 && error.body.sentence) {
      take(item, error.body.sentence.change, error.body.sentence);
      sayAt(item, "Not saved: it was changed in another tab. This is its current label; press a key again to change it.", true);
    } else {
      show(item, item.dataset.before ?? "");
      sayAt(item, `Not saved: ${error.message}`, true);
    }
    complain("Something was not saved; see the sentence.");
  }
};

const dialog = document.getElementById("note"), field = dialog.querySelector("textarea");

/** Ask for a note on a sentence. */
const askNote = (item) => {
  document.getElementById("note-about").textContent = item.querySelector(".asked").textContent;
  field.value = item.dataset.note;
  dialog.returnValue = "cancel";
  dialog.onclose = () => {
    hand.go(item);
    if (dialog.returnValue !== "save" || field.value.trim() === item.dataset.note) return;
    item.dataset.before = item.dataset.label;
    inTurn(item, () => save(item, { note: field.value }, field.value.trim() ? "note" : "no note"));
  };
  dialog.showModal();
};

field.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) dialog.close("save");
});
list.addEventListener("click", (event) => { if (event.target.closest(".note-on")) askNote(event.target.closest("li.item")); });

const answer = (item, button, isClick) => {
  const isThere = button.getAttribute("aria-pressed") === "true";
  if (isThere && !isClick) return void hand.next(item);
  const label = isThere ? "" : button.dataset.answer;
  item.dataset.before = item.dataset.label;
  show(item, label);
  sayAt(item, "saving …");
  inTurn(item, () => save(item, valueOf(label || null), label ? button.lastChild.textContent.trim() : "no label"));
  if (label) hand.next(item);
};

/** Take the last change back, wherever it was made, or make it again. */
const back = async (which) => {
  try {
    await Promise.all([...list.children].map((item) => item.turn));
    const { nothing, key, n, change, sentence } = await post(`/api/${which}`);
    const item = nothing ? null : itemOf(key, n);
    if (item) {
      take(item, change, sentence);
      sayAt(item, which === "undo" ? "undone: saved" : "redone: saved");
      hand.go(item);
    }
    showSave(nothing ? `nothing to ${which}` : item ? `saved ${clock()}` : `${which === "undo" ? "undone" : "redone"} in another sentence`);
    tellOthers();
  } catch (error) {
    complain(error.message);
  }
};

const hand = answering(list, {
  answer,
  isOpen: (item) => !item.dataset.label,
  others: { u: () => back("undo"), U: () => back("redo"), g: () => hand.next(hand.now()), m: () => hand.now() && askNote(hand.now()) },
});

onChanges(({ changes }) => {
  for (const { key, n, change, sentence } of changes) {
    const item = sentence && itemOf(key, n);
    if (item && Number(item.dataset.change) < change) take(item, change, sentence);
  }
});
