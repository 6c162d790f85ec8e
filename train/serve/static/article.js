// The page of an article: reading it, and putting its labels right.

import { clock, complain, get, make, onChanges, poll, say, showSave } from "./common.js";
import { Text } from "./offsets.js";
import { Panel, guessOf } from "./panel.js";
import { Prose, kindOf } from "./prose.js";
import { Store } from "./store.js";
import { marked, moved, spanOf } from "./words.js";

const byId = (id) => document.getElementById(id);
const page = byId("page"), panelBox = byId("panel"), key = page.dataset.key;
const remembered = (name, otherwise) => JSON.parse(localStorage[`sayso:${name}`] ?? JSON.stringify(otherwise));

const article = await get(`/api/article/${key}`);
const text = new Text(article.text);
const inputs = [...panelBox.querySelectorAll(".choices input")];
const names = (column, label) => {
  const input = inputs.find((one) => one.name === column && one.value === label);
  return input?.dataset.name ?? label.charAt(0).toUpperCase() + label.slice(1);
};
const goTogether = (kind, type) => inputs.find((one) => one.name === "source_type" && one.value === type)?.dataset.kinds.split(" ").includes(kind) ?? true;

// What is saved, and what is not

const waitingWords = (count) => `${count} change${count === 1 ? "" : "s"} wait${count === 1 ? "s" : ""}`;

const showWaiting = (count, error) => {
  if (!error) return showSave(count ? "saving…" : "");
  const why = error.status ? error.message : "The server does not answer.";
  showSave(`not saved: ${error.status ? "the server refuses" : "the server does not answer"}; ${waitingWords(count)}`, true);
  complain(`Not saved. ${why} ${waitingWords(count)}; this browser keeps ${count === 1 ? "it" : "them"} and tries again.`);
};

const showSaved = (change) => {
  complain();
  showSave(store.waiting ? "saving…" : `saved ${clock()}`);
  if (change.words && !store.waiting) say(`${change.words} Saved.`);
  stale = true;
  refreshSoon();
  if (change.set.targets) get(`/api/article/${key}`).then((now) => { store.take(now); draw(); });  // what the models say of it
};

const showRefused = (change, error) => {
  showSave("not saved", true);
  complain(`${change.n === null ? "" : `Sentence ${change.n + 1}: `}not saved: ${error.message}`);
};

const inShort = (name, value) => {
  if (value === null || value === undefined || value === "" || value.length === 0) return "–";
  if (name === "attributions") return value.map((one) => one.cue?.text ?? one.source?.text ?? one.content?.[0]?.text).join(", ");
  if (name === "loaded") return value.map((span) => text.slice(span.start, span.end)).join(", ");
  if (typeof value === "object") return Object.entries(value).map(([of, label]) => `${of}: ${label ?? "–"}`).join(", ");
  return typeof value === "string" ? names(name, value) : String(value);
};

const askAboutConflict = (n, present, mine) => new Promise((resolve) => {
  const dialog = byId("conflict");
  byId("conflict-words").textContent = n === null ? "The article" : store.sentence(n) && text.slice(store.sentence(n).start, store.sentence(n).end);
  byId("conflict-rows").replaceChildren(...Object.entries(mine).map(([name, value]) => make("tr", {},
    make("th", { scope: "row" }, panelBox.querySelector(`[data-column="${CSS.escape(name)}"] legend`)?.textContent ?? name),
    make("td", {}, inShort(name, present[name])), make("td", {}, inShort(name, value)))));
  dialog.returnValue = "theirs";
  dialog.addEventListener("close", () => resolve(dialog.returnValue), { once: true });
  dialog.showModal();
});

const store = new Store(key, article, goTogether, {
  changed: () => draw(), waiting: showWaiting, saved: showSaved, refused: showRefused, conflict: askAboutConflict,
});
const prose = new Prose(byId("text"), store, text, names);

/** Say beside the labels why nothing came of a key. */
const tell = (words = "") => { byId("told").textContent = words; };

// Drawing

const order = prose.sentences.map((one) => one.n);
let current = order[0] ?? null;  // where the keys are, also while nothing is selected
let chosen = null;               // a span of words
let cursor = null;               // the word cursor, while it is in use
let stale = false;

const draw = () => {
  prose.draw();
  showProgress();
  if (prose.selected === null) return;
  panel.show(store.sentence(prose.selected), store.about, prose.picked, order.length);
  if (document.activeElement === document.body) prose.letter(prose.selected).focus({ preventScroll: true });
  const { labels, model } = store.sentence(prose.selected);
  byId("accept").hidden = !model;
  byId("accept").disabled = !Object.keys(acceptable({ labels, model })).length;
};

const required = (() => {
  const asked = [...panelBox.querySelectorAll(".choices")].map((one) => one.dataset.column);
  const first = asked.filter((column) => column !== "bias");
  return first.length ? first : asked;
})();
const labelOf = (labels, column) => (column in labels ? labels[column] : labels.own?.[column]) ?? null;
const isOpen = (n) => required.some((column) => labelOf(store.sentence(n).labels, column) === null);

const showProgress = () => {
  const n = order.filter((one) => !isOpen(one)).length, { done } = store.about;
  for (const shown of document.querySelectorAll(".progress")) shown.textContent = `${n} of ${order.length} labelled${done ? ", done" : ""}`;
  byId("done").setAttribute("aria-pressed", String(done));
  byId("next-open").disabled = n === order.length;
  if (byId("article-note") !== document.activeElement) byId("article-note").value = store.about.note;
};

/** Bring what is summed up on the server up to date, where somebody looks at it. */
const refresh = async () => {
  if (!stale || store.waiting) return;
  stale = false;
  const answer = await fetch(location.pathname, { headers: { "X-Sayso": "1" } }).catch(() => null);
  if (!answer?.ok) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const id of ["summary", "figures", "speakers"]) byId(id).replaceChildren(...fresh.getElementById(id).childNodes);
  prose.findStrip();
};
let timer = 0;
const refreshSoon = () => {
  clearTimeout(timer);
  timer = setTimeout(refresh, 800);
};

// Moving

const select = (n, { focus = true, scroll = true } = {}) => {
  const moves = n !== prose.selected;
  if (moves) {
    [prose.selected, prose.picked, prose.reaches, cursor] = [n, -1, false, null];
    getSelection().removeAllRanges();
    choose(null);
    tell();
  }
  [panelBox.hidden, byId("rest").hidden, byId("guide").hidden] = [n === null, n !== null, n === null];
  document.body.classList.toggle("at-work", n !== null);
  rememberPlace();
  if (n === null) return void (prose.draw(), prose.letter(current).focus());
  for (const one of new Set([current, n])) prose.letter(one).tabIndex = one === n ? 0 : -1;
  current = n;
  draw();
  if (moves) explainFirst(n);
  if (focus) prose.letter(n).focus({ preventScroll: true });
  if (scroll) show(prose.element(n));
};

/** Keep the sentence in the address, so that a reload comes back to it; not at every step, which browsers refuse. */
const rememberPlace = () => {
  clearTimeout(placing);
  placing = setTimeout(() => history.replaceState(null, "", prose.selected === null ? location.pathname : `#s${prose.selected}`), 400);
};
let placing = 0;

/** Scroll so that a sentence stands clear of the panel. */
const show = (element) => {
  const box = element.getBoundingClientRect(), beside = byId("beside");
  const bottom = getComputedStyle(beside).position === "fixed" ? beside.getBoundingClientRect().top : innerHeight;
  const room = Math.min(80, bottom / 5);
  if (box.top >= room && box.bottom <= bottom - room) return;
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  scrollBy({ top: box.top - Math.min(bottom / 3, Math.max(bottom - room - box.height, room)), behavior: calm ? "instant" : "auto" });
};

const explainFirst = (n) => {
  const { labels, model } = store.sentence(n), column = panel.choices[0];
  const label = column && (labelOf(labels, column) ?? guessOf(model, column));
  if (label) panel.explain(column, label);
};

const step = (by) => {
  const at = order.indexOf(current);
  const to = prose.selected === null ? at : Math.min(Math.max(at + by, 0), order.length - 1);
  if (order.length) select(order[to]);
};

const nextOpen = () => {
  const at = order.indexOf(current);
  const found = [...order.slice(at + 1), ...order.slice(0, at + 1)].find(isOpen);
  if (found === undefined) tellDone();
  else select(found);
};

const tellDone = () => {
  tell("Every sentence is labelled.");
  if (prose.selected === null) say("Every sentence is labelled.");
};

// Labelling

const said = (n, words) => `Sentence ${n + 1}: ${words}.`;
const setLabels = (set, words) => {
  const n = prose.selected, wasOpen = isOpen(n);
  store.change(n, set, said(n, words));
  if (remembered("go-on", false) && wasOpen && !isOpen(n)) nextOpen();
};

const setLabel = (column, label) => {
  const { labels } = store.sentence(prose.selected);
  if (label !== null) panel.explain(column, label);
  if (labelOf(labels, column) === label) return;
  if (column === "source_type" && label && labels.kind && !goTogether(labels.kind, label)) {
    return tell(`${names("kind", labels.kind)} cannot have the source type ${names(column, label).toLowerCase()}; change the kind first.`);
  }
  const legend = panelBox.querySelector(`[data-column="${CSS.escape(column)}"] legend`)?.textContent ?? column;
  const words = label === null ? `${legend} cleared` : names(column, label).toLowerCase();
  setLabels(column in labels ? { [column]: label } : { own: { [column]: label } }, words);
};

const setStance = (target, label) => {
  if (label !== null) panel.explain("stance", label);
  setLabels({ stance: { [target]: label } }, `${label ?? "no stance"} towards ${target}`);
};

/** The models' view of what is not labelled yet, as far as it can stand beside what is. */
const acceptable = ({ labels, model }) => {
  const set = {};
  if (!model) return set;
  for (const column of panel.choices) {
    const guess = guessOf(model, column);
    if (guess === null || labelOf(labels, column) !== null) continue;
    if (column in labels) set[column] = guess;
    else set.own = { ...set.own, [column]: guess };
  }
  const kind = set.kind ?? labels.kind, type = set.source_type ?? labels.source_type;
  if (kind && type && !goTogether(kind, type)) delete set[set.kind ? "kind" : "source_type"];
  if (byId("stance")) {
    const views = Object.entries(model.stance ?? {}).filter(([target, view]) => !view.abstain && !labels.stance[target]);
    if (views.length) set.stance = Object.fromEntries(views.map(([target, view]) => [target, view.label]));
  }
  if (byId("attribution") && !labels.attributions?.length && model.attributions.length && (type ?? "none") !== "none") set.attributions = model.attributions.map(own);
  if (set.bias === "biased" && !labels.loaded?.length && model.bias.words.length) set.loaded = model.bias.words;
  return set;
};

/** Give an attribution of the models as one of a person. */
const own = ({ source, cue, content, speaker, source_type }) => ({
  source: source && bareSpan(source), cue: cue && bareSpan(cue), content: content.map(bareSpan), speaker, source_type,
});
const bareSpan = ({ start, end }) => ({ start, end, text: text.slice(start, end) });

const accept = () => {
  const set = acceptable(store.sentence(prose.selected));
  if (!Object.keys(set).length) return tell("There is nothing to accept.");
  setLabels(set, `accepted: ${["kind", "source_type"].filter((column) => set[column]).map((column) => names(column, set[column]).toLowerCase()).join(", ") || "the models’ view"}`);
};

const clear = () => {
  const { labels } = store.sentence(prose.selected), set = {};
  for (const column of panel.choices) {
    if (labelOf(labels, column) === null) continue;
    if (column in labels) set[column] = null;
    else set.own = { ...set.own, [column]: null };
  }
  if (Object.keys(set).length) setLabels(set, "cleared");
};

const setAttributions = (change, words) => {
  const { labels } = store.sentence(prose.selected);
  setLabels({ attributions: change(labels.attributions ?? []) }, words);
};

const take = () => {
  const { labels, model } = store.sentence(prose.selected);
  if (!byId("attribution") || !model?.attributions.length || labels.attributions?.length) return tell("There is nothing to take over.");
  prose.picked = 0;
  setLabels({ attributions: model.attributions.map(own) }, `${model.attributions.length} attribution${model.attributions.length === 1 ? "" : "s"} taken over`);
};

// Words

const choose = (span, isSeen = true) => {
  chosen = span;
  byId("words").hidden = !span;
  if (!span) return;
  byId("chosen").replaceChildren("Chosen: ", make("bdi", {}, `“${text.slice(span.start, span.end)}”`));
  if (isSeen) prose.choose(span);
};

const enterWords = () => {
  const sentence = store.sentence(prose.selected), all = prose.sentences.flatMap((one) => text.words(one.start, one.end));
  const at = all.findIndex((word) => word.isWord && word.start >= (chosen?.start ?? sentence.start));
  if (at < 0) return;
  cursor = { anchor: at, head: at, all };
  choose(spanOf(all, cursor));
  say(`Words: ${text.slice(chosen.start, chosen.end)}. Arrow keys move, Shift extends, S source, C cue, X content, B loaded.`);
};

const moveWords = (event) => {
  const { all } = cursor, sentence = store.sentence(prose.selected);
  if (event.key === "Home" || event.key === "End") {
    const inside = all.map((word, i) => [word, i]).filter(([word]) => word.start >= sentence.start && word.end <= sentence.end);
    const to = inside[event.key === "Home" ? 0 : inside.length - 1][1];
    Object.assign(cursor, { head: to, anchor: event.shiftKey ? cursor.anchor : to });
  } else Object.assign(cursor, moved(all, cursor, event.key, event.shiftKey));
  choose(spanOf(all, cursor));
  say(text.slice(chosen.start, chosen.end));
};

const leaveWords = () => {
  cursor = null;
  getSelection().removeAllRanges();
  choose(null);
};

const mark = (part) => {
  if (!chosen) return part === "loaded" ? toggleBias() : tell("Choose words first: with the mouse, or press E.");
  const span = bareSpan(chosen), { labels } = store.sentence(prose.selected);
  if (part === "loaded") return markLoaded(span, labels);
  if (!byId("attribution")) return undefined;
  panel.explain("attribution", part);
  const all = labels.attributions ?? [], at = all.length ? Math.min(Math.max(prose.picked < 0 ? all.length - 1 : prose.picked, 0), all.length) : 0;
  const one = marked(all[at] ?? { source: null, cue: null, content: [], speaker: null, source_type: null }, part, span);
  const isEmpty = !one.source && !one.cue && !one.content.length;
  prose.picked = at;
  setAttributions((list) => (isEmpty ? list.filter((_, i) => i !== at) : at < list.length ? list.map((other, i) => (i === at ? one : other)) : [...list, one]),
    `${part}: ${span.text}`);
  return prose.choose(chosen);
};

const markLoaded = (span, labels) => {
  const { start, end } = store.sentence(prose.selected);
  if (span.start < start || span.end > end) return tell("Loaded words stand in the sentence itself.");
  const isThere = (labels.loaded ?? []).some((other) => other.start === span.start && other.end === span.end);
  const rest = (labels.loaded ?? []).filter((other) => other.end <= span.start || other.start >= span.end);
  const loaded = isThere ? rest : [...rest, span].sort((a, b) => a.start - b.start);
  setLabels(loaded.length ? { loaded, bias: "biased" } : { loaded }, `${isThere ? "no longer loaded" : "loaded"}: ${span.text}`);
  return prose.choose(span);
};

const toggleBias = () => {
  if (!panel.choices.includes("bias")) return;
  setLabel("bias", store.sentence(prose.selected).labels.bias === "biased" ? "neutral" : "biased");
};

const another = () => {
  const { labels } = store.sentence(prose.selected);
  prose.picked = labels.attributions?.length ?? 0;
  draw();
  say("One more attribution: choose words, then S, C or X.");
  if (!chosen) enterWords();
};

const toSpeaker = () => {
  const { labels } = store.sentence(prose.selected), count = labels.attributions?.length ?? 0;
  if (!count) return tell("Mark a source, a cue or what is said first.");
  if (prose.picked < 0 || prose.picked >= count) prose.picked = count - 1;
  draw();
  panelBox.querySelector(".speaker-name")?.focus();
  return panelBox.querySelector(".speaker-name")?.select();
};

const listNames = () => {
  const list = byId("names");
  if (!list) return;
  const found = order.map((n) => store.sentence(n)).flatMap(({ labels, model }) => [...(labels.attributions ?? []), ...(model?.attributions ?? [])]);
  const all = new Set(found.flatMap((one) => [one.speaker, one.source?.text]).filter(Boolean));
  list.replaceChildren(...[...all].sort((a, b) => a.localeCompare(b)).map((name) => make("option", { value: name })));
};

// Undo, notes, done

const back = async (which) => {
  let answer;
  try {
    answer = await store.step(which);
  } catch (error) {
    return complain(`${which === "undo" ? "Undo" : "Redo"} was not made: ${error.message}`);
  }
  if (!answer) return say("Undo waits until the changes before it are saved.");
  const what = which === "undo" ? "Undone" : "Made again";
  if (answer.nothing) return say(which === "undo" ? "There is nothing to undo." : "There is nothing to make again.");
  showSave(`saved ${clock()}`);
  if (answer.key !== key) return complain(`${what} in another article: `, make("a", { href: `/article/${answer.key}` }, "open it"));
  stale = true;
  refreshSoon();
  if (answer.n !== null) select(answer.n);
  return say(answer.n === null ? `${what}.` : `${what}: sentence ${answer.n + 1}.`);
};

const setDone = () => {
  const done = !store.about.done;
  store.change(null, { done }, done ? "This article is done." : "This article is not done.");
};

const saveNote = () => {
  const note = byId("note").value.trim();
  if (prose.selected === null || note === (store.sentence(prose.selected).labels.note ?? "")) return;
  setLabels({ note }, note ? "note" : "note taken away");
};
const saveArticleNote = () => {
  const note = byId("article-note").value.trim();
  if (note !== store.about.note) store.change(null, { note }, "Note on the article.");
};

// Keys

const dialogIsOpen = () => Boolean(document.querySelector("dialog[open]"));
const labelKeys = new Map(inputs.filter((one) => one.dataset.key).map((one) => [one.dataset.key, () => setLabel(one.name, one.value)]));
for (const [i, one] of (byId("stances")?.dataset.labels.split(",") ?? []).entries()) {
  const [label, labelKey] = one.trim().split(" ");
  if (labelKey && i >= 0) labelKeys.set(labelKey, () => stanceByKey(label));
}

/** A key of stances is for the target in focus, else for the first without a label. */
const stanceByKey = (label) => {
  const { labels } = store.sentence(prose.selected), groups = [...byId("stances").querySelectorAll(".stance")];
  const targets = groups.map((group) => group.querySelector("legend").textContent);
  const at = groups.findIndex((group) => group.contains(document.activeElement));
  const target = targets[at] ?? targets.find((one) => !labels.stance[one]) ?? targets.at(-1);
  if (target) setStance(target, label);
  else tell("Add the target of stances first.");
};

const always = {
  ArrowDown: () => step(1), ArrowUp: () => step(-1), j: () => step(1), k: () => step(-1), g: nextOpen, u: () => back("undo"), U: () => back("redo"),
  d: setDone, "?": () => byId("keys").showModal(),
};
const onSentence = {
  Enter: accept, Backspace: clear, e: enterWords, F2: enterWords, s: () => mark("source"), c: () => mark("cue"), x: () => mark("content"), b: () => mark("loaded"),
  "+": another, p: toSpeaker, m: () => byId("note").focus(), Escape: () => select(null),
};

const isWriting = (element) => element.matches("textarea, select, input:not([type=radio], [type=checkbox])");
const isPressable = (element) => element.matches("button, summary, a[href]:not(.letter)");

const actionOf = (event) => {
  const { key: name, target } = event;
  if ((event.ctrlKey || event.metaKey) && name.toLowerCase() === "z") return event.shiftKey ? always.U : always.u;
  if (event.ctrlKey || event.metaKey || event.altKey) return null;
  if (cursor && ["ArrowLeft", "ArrowRight", "Home", "End"].includes(name)) return () => moveWords(event);
  if (chosen && name === "Escape") return leaveWords;
  if (name.startsWith("Arrow") && target.matches("input, summary")) return null;
  if ((name === "Enter" || name === " ") && isPressable(target)) return null;
  if (name.length === 1 && !byId("one-key").checked && name !== "?") return null;
  if (prose.selected === null) return name === "Enter" && target.matches(".letter") ? () => select(prose.numberAt(target)) : always[name];
  if (name === "Enter" && event.shiftKey) return take;
  return labelKeys.get(name) ?? onSentence[name] ?? always[name];
};

document.addEventListener("keydown", (event) => {
  if (dialogIsOpen() || event.isComposing) return;
  if (isWriting(event.target)) return void leaveField(event);
  const action = actionOf(event);
  if (!action) return;
  event.preventDefault();
  tell();
  action();
});

/** In a field, keys write; Escape, and Enter in a line, go back to the sentence. */
const leaveField = (event) => {
  const isDone = event.key === "Escape" || (event.key === "Enter" && (event.ctrlKey || event.target.matches("#panel input")));
  if (!isDone || prose.selected === null || !panelBox.contains(event.target) || event.target.closest("#new-target")) return;
  event.preventDefault();
  prose.letter(prose.selected).focus({ preventScroll: true });
};

// Mouse and touch

byId("text").addEventListener("click", (event) => {
  const n = prose.numberAt(event.target);
  if (n === null) return;
  event.preventDefault();
  if (getSelection().isCollapsed) select(n, { scroll: false });
});

document.addEventListener("selectionchange", () => {
  if (cursor) return;
  const span = prose.selection();
  if (!span) return void (getSelection().isCollapsed && getSelection().anchorNode && byId("text").contains(getSelection().anchorNode) && choose(null));
  choose(span, false);
});

/** Once words are chosen by mouse, select their sentence, and show whole words. */
const settle = () => {
  const span = !cursor && prose.selection();
  if (!span) return;
  const at = prose.sentences.find((one) => one.end > span.start);
  if (at && at.n !== prose.selected && !prose.reaches) select(at.n, { scroll: false });
  choose(span);
};
let isDown = false, settling = 0;
document.addEventListener("pointerdown", () => { isDown = true; });
for (const event of ["pointerup", "pointercancel"]) {
  document.addEventListener(event, () => {
    isDown = false;
    setTimeout(settle);
  });
}
/** By touch, words are chosen without the pointer: wait until the handles stand still. */
document.addEventListener("selectionchange", () => {
  clearTimeout(settling);
  if (!isDown && !cursor) settling = setTimeout(settle, 600);
});
// After a click on a label the keys are the sentence's again; arrow keys would give other labels there.
panelBox.addEventListener("pointerup", (event) => {
  if (event.target.closest(".choice")) setTimeout(() => prose.selected !== null && prose.letter(prose.selected).focus({ preventScroll: true }));
});

for (const button of panelBox.querySelectorAll("[data-mark]")) {
  button.addEventListener("pointerdown", (event) => event.preventDefault());
  button.addEventListener("click", () => mark(button.dataset.mark));
}

const onClick = {
  accept, take, another, undo: () => back("undo"), redo: () => back("redo"), back: () => step(-1), on: () => step(1), help: always["?"], leave: () => select(null),
  done: setDone, "next-open": nextOpen,
  fold: () => {
    const isFolded = byId("beside").classList.toggle("folded");
    byId("fold").setAttribute("aria-expanded", String(!isFolded));
    byId("fold").textContent = isFolded ? "▴" : "▾";
  },
  "add-target": () => {
    const name = byId("target").value.trim(), aliases = byId("aliases").value.split(",").map((one) => one.trim()).filter(Boolean);
    if (!name) return byId("target").focus();
    store.change(null, { targets: { ...store.about.targets, [name]: aliases } }, `Stance is asked towards ${name}.`);
    [byId("target").value, byId("aliases").value, byId("new-target").open] = ["", "", false];
    return undefined;
  },
};
for (const [id, action] of Object.entries(onClick)) byId(id)?.addEventListener("click", action);

for (const [id, save] of [["note", saveNote], ["article-note", saveArticleNote]]) {
  let pause = 0;
  byId(id).addEventListener("change", save);
  byId(id).addEventListener("input", () => {  // also of somebody who never leaves the field
    clearTimeout(pause);
    pause = setTimeout(save, 1000);
  });
}
for (const [id, otherwise] of [["go-on", false], ["one-key", true]]) {
  byId(id).checked = remembered(id, otherwise);
  byId(id).addEventListener("change", () => { localStorage[`sayso:${id}`] = JSON.stringify(byId(id).checked); });
}
panelBox.addEventListener("focusin", (event) => { if (event.target.matches(".speaker-name")) listNames(); });
addEventListener("beforeunload", (event) => {
  document.activeElement?.blur();  // what is being written becomes a change
  if (store.waiting) event.preventDefault();
});

// Off we go

const panel = new Panel({
  label: setLabel, stance: setStance, attributions: setAttributions,
  pick: (i) => { prose.picked = i; draw(); },
  reach: (isOn) => { prose.reaches = isOn; },
  unload: (span) => markLoaded(span, store.sentence(prose.selected).labels),
}, names);

onChanges(({ changes }) => {
  const here = changes.filter((change) => change.key === key);
  const heard = here.filter((change) => store.hear(change));
  if (!heard.length) return;
  stale = true;
  refreshSoon();
  draw();
});

for (const hidden of document.querySelectorAll(".js-only")) hidden.hidden = false;
for (const n of order) prose.letter(n).tabIndex = n === current ? 0 : -1;
draw();
if (store.waiting) store.send();
const asked = /^#s(\d+)$/.exec(location.hash);
if (asked && order.includes(Number(asked[1]))) select(Number(asked[1]));
document.documentElement.classList.add("ready");
poll();
