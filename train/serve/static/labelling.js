// Labels of the selected sentence: given, cleared, taken over from the models; stances, notes, undo.

import { byId } from "./bench.js";
import { clock, complain, make, say, showSave } from "./common.js";
import { at, labelOf, setOf } from "./labels.js";
import { guessOf } from "./panel.js";

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
    if (labelOf(labels, column) === value) return undefined;
    if (column === "source_type" && value && labels.kind && !bench.goTogether(labels.kind, value)) {
      const type = bench.names(column, value).toLowerCase();
      return bench.tell(`${bench.names("kind", labels.kind)} cannot have the source type ${type}; change the kind first.`);
    }
    const words = value === null ? `${bench.panel.legend(column)} cleared` : bench.names(column, value).toLowerCase();
    return bench.set(setOf({ [column]: value }), words);
  };

  const stance = (target, value) => {
    if (value !== null) bench.panel.explain("stance", value);
    bench.set({ stance: { [target]: value } }, `${value ?? "no stance"} towards ${target}`);
  };

  /** A key of stances is for the target in focus, else for the first without a label. */
  const stanceByKey = (value) => {
    const groups = [...byId("stances").querySelectorAll(".stance")], targets = groups.map((group) => group.querySelector("legend").textContent);
    const inFocus = targets[groups.findIndex((group) => group.contains(document.activeElement))];
    const target = inFocus ?? targets.find((one) => at(bench.labels.stance, one) === null) ?? targets.at(-1);
    if (target) stance(target, value);
    else bench.tell("Add the target of stances first.");
  };

  const accept = () => {
    const set = acceptable(bench, bench.sentence);
    if (!Object.keys(set).length) return bench.tell("There is nothing to accept.");
    const named = ["kind", "source_type"].filter((column) => set[column]).map((column) => bench.names(column, set[column]).toLowerCase());
    return bench.set(set, `accepted: ${named.join(", ") || "the models’ view"}`);
  };

  const clear = () => {
    const there = bench.panel.choices.filter((column) => labelOf(bench.labels, column) !== null);
    if (there.length) bench.set(setOf(Object.fromEntries(there.map((column) => [column, null]))), "cleared");
  };

  const take = () => {
    const { labels, model } = bench.sentence, count = model?.attributions.length ?? 0;
    if (!byId("attribution") || !count || labels.attributions?.length) return bench.tell("There is nothing to take over.");
    bench.prose.picked = 0;
    return bench.set({ attributions: model.attributions.map((one) => own(bench, one)) }, `${count} attribution${count === 1 ? "" : "s"} taken over`);
  };

  const toggleBias = () => {
    if (bench.panel.choices.includes("bias")) label("bias", bench.labels.bias === "biased" ? "neutral" : "biased");
  };

  const addTarget = () => {
    const name = byId("target").value.trim(), aliases = byId("aliases").value.split(",").map((one) => one.trim()).filter(Boolean);
    if (!name) return byId("target").focus();
    bench.store.change(null, { targets: { ...bench.store.about.targets, [name]: aliases } }, `Stance is asked towards ${name}.`);
    [byId("target").value, byId("aliases").value, byId("new-target").open] = ["", "", false];
    return bench.focus();
  };

  /** Ask stances towards somebody no more; labels that there are go with it, if the person says so. */
  const removeTarget = (target) => {
    const labelled = bench.order.filter((n) => at(bench.store.sentence(n).labels.stance, target) !== null), count = labelled.length;
    const labels = `${count} label${count === 1 ? "" : "s"} of stances towards it`;
    if (count && !confirm(`Take “${target}” away, with ${labels} in this article? Undo brings them back, one after the other.`)) return bench.focus();
    for (const n of labelled) bench.store.change(n, { stance: { [target]: null } });
    const { [target]: _, ...rest } = bench.store.about.targets;
    bench.store.change(null, { targets: rest }, `Stance towards ${target} is not asked any more.`);
    return bench.focus();
  };

  const note = () => {
    const words = byId("note").value.trim();
    if (bench.selected !== null && words !== (bench.labels.note ?? "")) bench.set({ note: words }, words ? "note" : "note taken away");
  };

  const articleNote = () => {
    const words = byId("article-note").value.trim();
    if (words !== bench.store.about.note) bench.store.change(null, { note: words }, "Note on the article.");
  };

  const done = () => {
    const isDone = !bench.store.about.done;
    bench.store.change(null, { done: isDone }, isDone ? "This article is done." : "This article is not done.");
  };

  /** Undo, or redo. */
  const back = async (which) => {
    const isUndo = which === "undo", what = isUndo ? "Undone" : "Made again";
    let answer;
    try {
      answer = await bench.store.step(which);
    } catch (error) {
      return complain(`${isUndo ? "Undo" : "Redo"} was not made: ${error.message}`);
    }
    if (!answer) return bench.tell("That waits until the changes before it are saved.");
    if (answer.nothing) return bench.tell(`There is nothing to ${isUndo ? "undo" : "make again"}.`);
    showSave(`saved ${clock()}`);
    if (answer.key !== bench.key) return complain(`${what} in another article: `, make("a", { href: `/article/${answer.key}` }, "open it"));
    bench.changedElsewhere();
    if (answer.n !== null) bench.select(answer.n);
    return say(answer.n === null ? `${what}.` : `${what}: sentence ${answer.n + 1}.`);
  };

  return { label, stance, stanceByKey, accept, clear, take, toggleBias, addTarget, removeTarget, note, articleNote, done, undo: () => back("undo"), redo: () => back("redo") };
};
