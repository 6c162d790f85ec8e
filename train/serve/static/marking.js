// Source, cue, content and loaded words: chosen by mouse, touch or keyboard, and marked.

import { byId } from "./bench.js";
import { make, say } from "./common.js";
import { marked, moved, restOf, spanOf } from "./words.js";

const STILL = 600;  // milliseconds that the handles of a choice by touch stand still
const NOTHING = { source: null, cue: null, content: [], speaker: null, source_type: null };
const isSame = (one, other) => one.start === other.start && one.end === other.end;

export const marking = (bench, toggleBias) => {
  const { prose, text } = bench;

  const attributions = (change, words) => bench.set({ attributions: change(bench.labels.attributions ?? []) }, words);

  /** Give the attribution that is worked on, if it has source and cue, and words that are chosen are none but one of these. */
  const lacksContent = () => {
    const all = bench.labels.attributions ?? [], one = all[prose.picked] ?? all.at(-1), { chosen } = bench;
    return one?.source && one.cue && (!chosen || isSame(chosen, one.source) || isSame(chosen, one.cue)) ? one : null;
  };

  /** What is said is all the rest of the sentence, without source and cue; once more: not so. */
  const markRest = (one) => {
    const { sentence } = bench, spans = restOf(text.words(sentence.start, sentence.end), sentence, [one.source, one.cue]);
    const rest = spans.map((span) => ({ ...span, text: bench.words(span) })), there = one.content ?? [];
    const isThere = there.length === rest.length && there.every((span, i) => isSame(span, rest[i]));
    if (!rest.length) return bench.tell("There is nothing else in this sentence.");
    bench.panel.explain("attribution", "content");
    return attributions((all) => all.map((other) => (other === one ? { ...one, content: isThere ? [] : rest } : other)),
      isThere ? "no content" : `content: ${rest.map((span) => span.text).join(" … ")}`);
  };

  const mark = (part) => {
    const withoutContent = part === "content" && byId("attribution") ? lacksContent() : null;
    if (withoutContent) return markRest(withoutContent);
    if (!bench.chosen) {
      if (part === "loaded") return toggleBias();
      return bench.tell(`Select words first: with the mouse, or press e.${part === "content" ? " After source and cue, x takes the rest of the sentence." : ""}`);
    }
    const span = { ...bench.chosen, text: bench.words(bench.chosen) };
    if (part === "loaded") return markLoaded(span);
    if (!byId("attribution")) return undefined;
    bench.panel.explain("attribution", part);
    const all = bench.labels.attributions ?? [];
    prose.picked = prose.picked < 0 || prose.picked > all.length ? Math.max(all.length - 1, 0) : prose.picked;
    const one = marked(all[prose.picked] ?? NOTHING, part, span), isEmpty = !one.source && !one.cue && !one.content.length;
    const after = [...all.slice(0, prose.picked), ...(isEmpty ? [] : [one]), ...all.slice(prose.picked + 1)];
    attributions(() => after, `${part}: ${span.text}`);
    bench.panel.reveal("attribution");
    return prose.choose(span);
  };

  const markLoaded = ({ start, end, text: words }) => {
    const { sentence } = bench, there = bench.labels.loaded ?? [], span = { start, end, text: words };
    if (start < sentence.start || end > sentence.end) return bench.tell("Loaded words must be inside this sentence.");
    const rest = there.filter((other) => other.end <= start || other.start >= end);
    const isThere = there.some((other) => isSame(other, span));
    const loaded = isThere ? rest : [...rest, span].sort((a, b) => a.start - b.start);
    bench.set(loaded.length ? { loaded, bias: "biased" } : { loaded }, `${isThere ? "no longer loaded" : "loaded"}: ${words}`);
    bench.panel.reveal("bias");
    return bench.chosen && prose.choose(bench.chosen);
  };

  const another = () => {
    prose.picked = bench.labels.attributions?.length ?? 0;
    bench.draw();
    if (!bench.chosen) enter();
    bench.panel.reveal("attribution");
    bench.tellDone("Another attribution: select words, then press s, c or x.", true);
  };

  const toSpeaker = () => {
    const count = bench.labels.attributions?.length ?? 0;
    if (!count) return bench.tell("Mark a source, a cue or what is said first.");
    if (prose.picked < 0 || prose.picked >= count) prose.picked = count - 1;
    bench.draw();
    document.querySelector(".speaker-name")?.focus();
    return document.querySelector(".speaker-name")?.select();
  };

  /** List whoever is named as a speaker or a source in the article. */
  const listNames = () => {
    const all = bench.order.map((n) => bench.store.sentence(n)).flatMap(({ labels, model }) => [...(labels.attributions ?? []), ...(model?.attributions ?? [])]);
    const names = new Set(all.flatMap((one) => [one.speaker, one.source?.text]).filter(Boolean));
    byId("names").replaceChildren(...[...names].sort((a, b) => a.localeCompare(b)).map((name) => make("option", { value: name })));
  };

  // By keyboard

  const enter = () => {
    const from = bench.chosen?.start ?? bench.sentence.start, all = prose.sentences.flatMap((one) => text.words(one.start, one.end));
    const at = all.findIndex((word) => word.isWord && word.start >= from);
    if (at < 0) return;
    bench.cursor = { anchor: at, head: at, all };
    bench.choose(spanOf(all, bench.cursor));
    say(`Words: ${bench.words(bench.chosen)}. Arrow keys move, Shift extends; s source, c cue, x content, b loaded.`);
  };

  const move = ({ key, shiftKey }) => {
    const { all } = bench.cursor;
    Object.assign(bench.cursor, moved(all, bench.cursor, key, shiftKey, bench.sentence));
    bench.choose(spanOf(all, bench.cursor));
    say(bench.words(bench.chosen));
  };

  const leave = () => {
    bench.cursor = null;
    getSelection().removeAllRanges();
    bench.choose(null);
  };

  // By mouse and touch

  /** Once words are chosen, work on their sentence, and show whole words. */
  const settle = () => {
    const span = !bench.cursor && prose.selection();
    if (!span) return;
    const at = prose.sentences.find((one) => one.end > span.start);
    if (at && at.n !== bench.selected && !prose.reaches) bench.select(at.n, { scroll: false });
    bench.choose(span);
  };

  const listen = () => {
    let isDown = false, settling = 0;
    document.addEventListener("pointerdown", () => { isDown = true; });
    for (const event of ["pointerup", "pointercancel"]) {
      document.addEventListener(event, () => {
        isDown = false;
        setTimeout(settle);
      });
    }
    document.addEventListener("selectionchange", () => {
      clearTimeout(settling);
      if (bench.cursor) return;
      const span = prose.selection(), { anchorNode, isCollapsed } = getSelection();
      if (span) bench.choose(span, false);
      else if (isCollapsed && anchorNode && byId("text").contains(anchorNode)) bench.choose(null);
      if (!isDown) settling = setTimeout(settle, STILL);  // by touch the handles are moved without the pointer
    });
    byId("text").addEventListener("click", (event) => {
      const n = prose.numberAt(event.target);
      if (n === null) return;
      event.preventDefault();
      if (getSelection().isCollapsed) bench.select(n, { scroll: false });
    });
    for (const button of document.querySelectorAll("[data-mark]")) {
      button.addEventListener("pointerdown", (event) => event.preventDefault());  // the words stay chosen
      button.addEventListener("click", () => mark(button.dataset.mark));
    }
    byId("panel").addEventListener("focusin", (event) => { if (event.target.matches(".speaker-name")) listNames(); });
  };

  return { attributions, mark, markLoaded, another, toSpeaker, enter, move, leave, listen };
};
