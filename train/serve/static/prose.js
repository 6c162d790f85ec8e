// The article: sentences with their letters and marks, and the words that are chosen in it.

import { make } from "./common.js";
import { length, snapped } from "./offsets.js";

const LETTERS = { quote: "Q", official_claim: "O", independent_assessment: "I", narrative: "N" };
const HEIGHTS = { quote: 40, official_claim: 30, independent_assessment: 20, narrative: 7, "": 3 };

/** Give the kind that a sentence is shown with, and whose it is: own, guess or open. */
export const kindOf = ({ labels, model }) => {
  if (labels.kind) return { kind: labels.kind, state: "own", unsure: false };
  if (model) return { kind: model.kind, state: "guess", unsure: model.abstain };
  return { kind: "", state: "open", unsure: false };
};

/** Give the attributions in force: a person's, or else the models'. */
export const attributionsOf = ({ labels, model }) => {
  if (labels.attributions?.length) return labels.attributions;
  return model && (labels.source_type ?? model.source_type) !== "none" ? model.attributions : [];
};

export class Prose {
  #root; #store; #text; #names; #parts; #drawn = new Map(); #starts; #strip;
  selected = null;
  picked = -1;       // the attribution that words are marked for
  reaches = false;   // words of other sentences are marked for the selected one

  constructor(root, store, text, names) {
    [this.#root, this.#store, this.#text, this.#names] = [root, store, text, names];
    this.#parts = new Map(store.numbers.map((n) => [n, document.getElementById(`s${n}`)]));
    this.#starts = store.numbers.map((n) => ({ n, start: store.sentence(n).start, end: store.sentence(n).end }));
    this.findStrip();
  }

  /** Find the columns of the strip, which may be new ones; the headline has none. */
  findStrip() {
    const columns = [...document.querySelectorAll("#summary .strip rect")];
    this.#strip = [...Array(Math.max(this.#starts.length - columns.length, 0)), ...columns];
  }

  get sentences() { return this.#starts; }
  element(n) { return this.#parts.get(n); }
  letter(n) { return this.#parts.get(n).firstChild; }

  /** Draw every sentence that looks otherwise than before. */
  draw() {
    const marks = this.#marks();
    this.#starts.forEach(({ n, start, end }, i) => {
      const sentence = this.#store.sentence(n), chip = kindOf(sentence);
      const pieces = this.#pieces(start, end, marks.get(n) ?? []);
      const look = JSON.stringify([chip, pieces, n === this.selected]);
      if (this.#drawn.get(n) === look) return;
      this.#drawn.set(n, look);
      this.#drawOne(n, chip, pieces);
      this.#strip[i]?.setAttribute("class", chip.kind);
      this.#strip[i]?.setAttribute("height", HEIGHTS[chip.kind]);
      this.#strip[i]?.setAttribute("y", 40 - HEIGHTS[chip.kind]);
    });
  }

  #drawOne(n, { kind, state, unsure }, pieces) {
    const part = this.#parts.get(n), letter = part.firstChild, on = n === this.selected;
    part.className = ["s", kind, unsure && "unsure", on && "on"].filter(Boolean).join(" ");
    letter.className = `letter ${state}`;
    letter.textContent = (LETTERS[kind] ?? "·") + (unsure ? "?" : "");
    const whose = { own: "your label", guess: "the models’ guess", open: "" }[state];
    const words = [kind ? this.#names("kind", kind).toLowerCase() : "not labelled", unsure && "uncertain", whose].filter(Boolean);
    letter.setAttribute("aria-label", `Sentence ${n + 1}: ${words.join(", ")}`);
    for (const [name, value] of [["aria-current", "true"], ["aria-describedby", part.id]]) {
      if (on) letter.setAttribute(name, value);
      else letter.removeAttribute(name);
    }
    while (letter.nextSibling) letter.nextSibling.remove();
    part.append(...pieces.map(([words, classes]) => (classes ? make("span", { class: classes }, words) : words)));
  }

  /** Sort the marks of all attributions by the sentences that they stand in. */
  #marks() {
    const marks = new Map();
    const add = (span, classes) => {
      if (!span) return;
      for (let i = this.#firstAt(span.start); i < this.#starts.length && this.#starts[i].start < span.end; i += 1) {
        const { n } = this.#starts[i];
        if (!marks.has(n)) marks.set(n, []);
        marks.get(n).push([span.start, span.end, classes]);
      }
    };
    for (const { n } of this.#starts) {
      const sentence = this.#store.sentence(n), { labels, model } = sentence;
      attributionsOf(sentence).forEach((one, i) => {
        const picked = n === this.selected && (i === this.picked || attributionsOf(sentence).length === 1);
        add(one.source, "source");
        add(one.cue, `cue ${one.cue?.tone ?? toneOf(model, one.cue)}`);
        if (picked) for (const span of one.content ?? []) add(span, "content");
      });
      for (const span of loadedOf(sentence)) add(span, "loaded");
    }
    return marks;
  }

  #firstAt(start) {
    let low = 0, high = this.#starts.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#starts[middle].end <= start) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #pieces(start, end, marks) {
    const inside = marks.map(([a, b, classes]) => [Math.max(a, start), Math.min(b, end), classes]);
    const cuts = [...new Set([start, end, ...inside.flatMap(([a, b]) => [a, b])])].sort((a, b) => a - b);
    return cuts.slice(1).map((to, i) => {
      const here = inside.filter(([a, b]) => a <= cuts[i] && to <= b).map(([, , classes]) => classes);
      return [this.#text.slice(cuts[i], to), [...new Set(here)].join(" ")];
    });
  }

  /** The sentence that a place in the page belongs to. */
  numberAt(node) {
    const part = (node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement)?.closest(".s");
    return part && this.#root.contains(part) ? Number(part.id.slice(1)) : null;
  }

  /** The words that are selected in the article, widened to whole ones; null without any. */
  selection() {
    const selection = getSelection();
    if (!selection.rangeCount || selection.isCollapsed) return null;
    const range = selection.getRangeAt(0);
    if (!range.intersectsNode(this.#root)) return null;
    let start = null, end = null, first = null, last = null;
    for (const { n, start: from, end: to } of this.#starts) {
      const part = this.#parts.get(n);
      if (!range.intersectsNode(part)) continue;
      start ??= part.contains(range.startContainer) ? from + this.#before(part, range.startContainer, range.startOffset) : from;
      end = part.contains(range.endContainer) ? from + this.#before(part, range.endContainer, range.endOffset) : to;
      [first, last] = [first ?? from, to];
    }
    return start === null || end <= start ? null : snapped(this.#text.words(first, last), start, end);
  }

  #before(part, node, offset) {
    const range = document.createRange();
    range.setStart(part, 1);
    range.setEnd(part, part.childNodes.length);
    if (range.comparePoint(node, offset) < 0) return 0;
    range.setEnd(node, offset);
    return length(range.toString());
  }

  /** Select words in the article, so that everybody sees them. */
  choose(span) {
    const from = this.#place(span.start, true), to = this.#place(span.end, false);
    if (from && to) getSelection().setBaseAndExtent(...from, ...to);
  }

  #place(at, isStart) {
    const { n, start } = this.#starts.find((one) => (isStart ? at >= one.start && at < one.end : at > one.start && at <= one.end)) ?? {};
    if (n === undefined) return null;
    const part = this.#parts.get(n);
    let left = this.#text.units(at) - this.#text.units(start);
    const walker = document.createTreeWalker(part, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (part.firstChild.contains(node)) continue;
      if (left < node.data.length || (!isStart && left === node.data.length)) return [node, left];
      left -= node.data.length;
    }
    return [part, part.childNodes.length];
  }
}

const toneOf = (model, cue) =>
  model?.attributions.find((one) => cue && one.cue && one.cue.start === cue.start && one.cue.end === cue.end)?.cue.tone ?? "neutral";

/** Give the loaded words in force. */
export const loadedOf = ({ labels, model }) => {
  if (labels.loaded?.length || labels.bias) return labels.loaded ?? [];
  return model?.bias?.words ?? [];
};
