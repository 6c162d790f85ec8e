// Labels of the selected sentence: given, cleared, taken over from the models; stances, notes, undo.

import { byId } from "./bench.js";
import { make, say } from "./common.js";
import { OURS, at, called, labelOf, setOf } from "./labels.js";
import { guessOf, shortened } from "./panel.js";
import { inShort, showAllSaved } from "./saving.js";

const THEN = "sayso:then";  // what is to be done in the article that is opened next: undo or redo

const bare = (bench, { start, end }) => ({ start, end, text: bench.words({ start, end }) });

/** Give an attribution of the models as one of a person. */
const own = (bench, { source, cue, content, speaker, source_type }) => ({
  source: source && bare(bench, source), cue: cue && bare(bench, cue), content: content.map((span) => bare(bench, span)), speaker, source_type,
});

/** Give the models' view of what is not labelled yet, as far as it can stand beside what is, as what a change sets. */
export const acceptable = (bench, { labels, model }) => {
  if (!model) return {};
  const open = bench.panel.choices.filter((column) => labelOf(labels, column) === null && guessOf(model, column) !== null);
  const set = setOf(Object.fromEntries(open.map((column) => [column, guessOf(model, column)])));
  const kind = set.kind ?? labels.kind, type = set.source_type ?? labels.source_type;
  if (kind && type && !bench.goTogether(kind, type)) delete set[set.kind ? "kind" : "source_type"];
  if (set.bias === "biased" && !labels.loaded?.length && model.bias.words.length) set.loaded = model.bias.words;
  const views = Object.entries(model.stance ?? {}).filter(([target, view]) => !view.abstain && at(labels.stance, target) === null);
  if (byId("stance") && views.length) set.stance = Object.fromEntries(views.map(([target, view]) => [target, view.label]));
  const isAttributed = (type ?? "none") !== "none" && model.attributions.length;
  if (byId("attribution") && isAttributed && !labels.attributions?.length) set.attributions = model.attributions.map((one) => own(bench, one));
  return set;
};

export const labelling = (bench) => {
  const label = (column, value) => {
    const { labels } = bench;
    if (value !== null) bench.panel.explain(column, value);
    if (labelOf(labels, column) === value) {
      if (value !== null) bench.tellDone(`${inWords(bench.names, setOf({ [column]: value }))}, as before`, true);
      return bench.panel.reveal(column);
    }
    if (column === "source_type" && value && labels.kind && !bench.goTogether(labels.kind, value)) {
      const type = bench.names(column, value).toLowerCase();
      return bench.tell(`${bench.names("kind", labels.kind)} cannot have the source type ${type}; change the kind first.`);
    }
    bench.set(setOf({ [column]: value }), inWords(bench.names, setOf({ [column]: value })));
    return bench.panel.reveal(column);
  };

  const stance = (target, value) => {
    if (value !== null) bench.panel.explain("stance", value);
    const set = { stance: { [target]: value } }, words = inWords(bench.names, set);
    if (at(bench.labels.stance, target) === value) bench.tellDone(`${words}, as before`, true);
    else bench.set(set, words);
    bench.panel.reveal("stance", target);
  };

  /** A key of stances is for the target in focus, else for the one that the panel shows. */
  const stanceByKey = (value) => {
    const groups = [...byId("stances").querySelectorAll(".stance")], targets = groups.map((group) => group.querySelector("legend").textContent);
    const inFocus = targets[groups.findIndex((group) => group.contains(document.activeElement))];
    const target = inFocus ?? bench.panel.target(bench.labels);
    if (target) stance(target, value);
    else bench.tell("Add a stance target first.");
  };

  const nextTarget = () => {
    if (!byId("stances")?.children.length) return bench.tell("There is no stance target here.");
    const target = bench.panel.nextTarget(bench.labels), now = at(bench.labels.stance, target);
    bench.draw();
    bench.focus();
    bench.panel.reveal("stance", target);
    return bench.tellDone(`The next key is for the stance towards ${target}${now ? `, which is ${now} now` : ""}.`, true);
  };

  const accept = () => {
    const set = acceptable(bench, bench.sentence);
    if (!Object.keys(set).length) return bench.tell("There is nothing to accept.");
    return bench.set(set, `accepted: ${inWords(bench.names, set)}`, true);
  };

  const clear = () => {
    const there = bench.panel.choices.filter((column) => labelOf(bench.labels, column) !== null);
    if (there.length) bench.set(setOf(Object.fromEntries(there.map((column) => [column, null]))), "labels cleared");
  };

  const take = () => {
    const { labels, model } = bench.sentence, count = model?.attributions.length ?? 0;
    if (!byId("attribution") || !count || labels.attributions?.length) return bench.tell("The models predict no attribution here, or you have marked one already.");
    bench.prose.picked = 0;
    return bench.set({ attributions: model.attributions.map((one) => own(bench, one)) }, `${count === 1 ? "the models’ attribution" : `${count} attributions of the models`} used`, true);
  };

  const toggleBias = () => {
    if (bench.panel.choices.includes("bias")) label("bias", bench.labels.bias === "biased" ? "neutral" : "biased");
  };

  const addTarget = () => {
    const name = byId("target").value.trim(), aliases = byId("aliases").value.split(",").map((one) => one.trim()).filter(Boolean);
    if (!name) return byId("target").focus();
    bench.store.change(null, { targets: { ...bench.store.about.targets, [name]: aliases } }, `Added the stance target ${name}.`);
    bench.tellDone(`Added the stance target ${name}.`);
    [byId("target").value, byId("aliases").value, byId("new-target").open] = ["", "", false];
    return bench.focus();
  };

  /** Ask stances towards somebody no more; labels that there are go with it, if the person says so. */
  const removeTarget = (target) => {
    const labelled = bench.order.filter((n) => at(bench.store.sentence(n).labels.stance, target) !== null), count = labelled.length;
    const labels = `${count} label${count === 1 ? "" : "s"} of stances towards it`;
    if (count && !confirm(`Remove “${target}” and ${labels} in this article? Undo brings them back, one after the other.`)) return bench.focus();
    for (const n of labelled) bench.store.change(n, { stance: { [target]: null } });
    const { [target]: _, ...rest } = bench.store.about.targets;
    bench.store.change(null, { targets: rest }, `Removed the stance target ${target}.`);
    bench.tellDone(`Removed the stance target ${target}.`);
    return bench.focus();
  };

  const note = () => {
    const words = byId("note").value.trim();
    if (bench.selected !== null && words !== (bench.labels.note ?? "")) bench.set({ note: words }, words ? "note" : "note removed");
  };

  const freeText = ({ name, value }) => {
    const words = value.trim() || null;
    if (bench.selected !== null && words !== labelOf(bench.labels, name)) label(name, words);
  };

  const speaker = ({ dataset, value }) => {
    const name = value.trim() || null, i = Number(dataset.of), all = bench.labels.attributions ?? [];
    if (!all[i] || (all[i].speaker ?? null) === name) return;
    bench.set({ attributions: all.map((one, k) => (k === i ? { ...one, speaker: name } : one)) }, name ? `speaker: ${name}` : "speaker removed");
  };

  const articleNote = () => {
    const words = byId("article-note").value.trim();
    if (words !== bench.store.about.note) bench.store.change(null, { note: words }, "Note on the article.");
  };

  const done = () => {
    const isDone = !bench.store.about.done, words = isDone ? `Done${bench.though()}.` : "No longer done.";
    bench.store.change(null, { done: isDone }, words);
    bench.tellDone(isDone ? `${words} Press d again to take that back.` : words);
  };

  /** Undo, or redo; a change of another article is left to where one sees what becomes of it. */
  const back = async (which) => {
    const [what, other] = which === "undo" ? ["was", "set"] : ["set", "was"];
    let answer;
    try {
      answer = await bench.store.step(which);
    } catch (error) {
      return bench.tell(`The ${which} failed: ${error.message}`);
    }
    if (!answer) return bench.tell("Wait until the earlier changes are saved.");
    if (answer.nothing) return bench.tell(`Nothing to ${which}.`);
    if (answer.elsewhere) return offer(which, answer.elsewhere, inWords(bench.names, answer.elsewhere[other], answer.elsewhere[what]));
    showAllSaved();
    bench.changedElsewhere();
    if (answer.n !== null) bench.select(answer.n);
    const where = answer.n === null ? "" : ` (sentence ${answer.n + 1})`, [column, target] = placeOf(answer.set);
    if (column) bench.panel.reveal(column, target);
    return bench.tellDone(`${which === "undo" ? "Undone" : "Redone"}: ${inWords(bench.names, answer[what], answer[other])}${where}`, true);
  };

  const offer = (which, { key, n, title }, words) => {
    const there = make("button", { type: "button", class: "plain" }, which === "undo" ? "Undo it there" : "Redo it there");
    there.addEventListener("click", () => {
      try {
        sessionStorage[THEN] = which;
      } catch {  // without it the article is opened, and nothing is done there
      }
      location.assign(`/article/${key}${n === null ? "" : `#s${n}`}`);
    });
    bench.tell(`The last change was made in another article, “${title}”${n === null ? "" : `, sentence ${n + 1}`}: ${words}. `, there);
  };

  /** Undo or redo what somebody asked for in another article. */
  const backAsAsked = () => {
    try {
      const which = sessionStorage[THEN];
      delete sessionStorage[THEN];
      if (which) back(which);
    } catch {  // this browser keeps nothing
    }
  };

  return {
    label, stance, stanceByKey, nextTarget, accept, clear, take, toggleBias, addTarget, removeTarget, note, articleNote, freeText, speaker, done, backAsAsked,
    undo: () => back("undo"), redo: () => back("redo"),
  };
};

/** Give the column of the panel that shows what was set, and its stance target if there is one. */
const placeOf = (set) => {
  const [name] = Object.keys(set), of = name === "own" || name === "stance" ? Object.keys(set[name])[0] : undefined;
  return { attributions: ["attribution"], loaded: ["bias"], own: [of], stance: ["stance", of] }[name] ?? [name];
};

/** Say what a change sets; `was` is what stood there before. */
const inWords = (names, set, was = {}) => {
  const one = (name, value, what = called(name)) => {
    const isOurs = OURS.includes(name), short = inShort(name, value, isOurs ? names : (_, label) => label);
    return short === "–" ? `${what} cleared` : `${what}: ${shortened(isOurs ? short.toLowerCase() : short)}`;
  };
  const each = {
    own: (own) => Object.entries(own).map(([column, label]) => one(column, label)),
    stance: (stance) => Object.entries(stance).map(([target, label]) => one("", label, `stance towards ${target}`)),
    loaded: (spans) => [one("loaded", spans, "loaded words")],
    attributions: (all) => [one("attributions", all, "attribution")],
    done: (is) => [is ? "marked done" : "marked not done"],
    targets: (targets) => {
      const of = (these, those) => Object.keys(these ?? {}).filter((name) => !at(those, name)).join(", ");
      const more = of(targets, was.targets), fewer = of(was.targets, targets);
      return [more && `added stance target ${more}`, fewer && `removed stance target ${fewer}`].filter(Boolean);
    },
  };
  return Object.entries(set).flatMap(([name, value]) => each[name]?.(value) ?? [one(name, value)]).join(", ");
};
