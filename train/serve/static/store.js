// What is known of an article: what the server has, and the changes that are on their way to it.
//
// A change is shown at once and sent in its turn. Until the server has answered it is kept in the browser's storage, so that
// neither a reload nor a crash of the browser or of the server loses it.

import { Refused, annotator, get, post, storage, tellOthers } from "./common.js";
import { at } from "./labels.js";
import { Text } from "./offsets.js";

const CONFLICT = 409, CLOSED = 403, BUSY = [408, 429];
const WAITS = [500, 1000, 2000, 4000];

const plain = (labels) => ({ ...labels, stance: Object.fromEntries((labels.stance ?? []).map((one) => [one.target, one.label])) });
const named = (targets) => Object.fromEntries(targets.map((one) => [one.name, one.aliases]));
const taken = (sentence) => ({ ...sentence, labels: plain(sentence.labels) });

/** Put what a change sets over labels; `goTogether` tells whether a kind can have a source type. */
export const applied = (labels, set, goTogether) => {
  const out = { ...labels, ...set };
  for (const part of ["stance", "own"]) if (set[part]) out[part] = { ...labels[part], ...set[part] };
  if (set.kind && !("source_type" in set) && out.source_type && !goTogether(set.kind, out.source_type)) out.source_type = null;
  return out;
};

const bare = (value) => {
  if (Array.isArray(value)) return value.map(bare);
  if (value === null || typeof value !== "object") return value ?? null;
  const entries = Object.entries(value).filter(([name, part]) => part != null && !(name === "text" && "start" in value));
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, part]) => [name, bare(part)]));
};

/** Tell whether labels already are what a change sets. */
export const holds = (labels, set) => Object.entries(set).every(([name, value]) => {
  if (name === "stance" || name === "own") return Object.entries(value).every(([of, label]) => at(labels[name], of) === label);
  return JSON.stringify(bare(labels[name] ?? [])) === JSON.stringify(bare(value ?? []));
});

export class Store {
  #key; #on; #goTogether; #server = new Map(); #about; #queue = []; #sending = null; #failures = 0; #error = null; #again = 0; #slot;

  /**
   * @param key of the article.
   * @param article what `/api/article/KEY` gave.
   * @param on functions that are called: `changed(numbers)`, `waiting(count, error)`, `saved(change)`, `refused(change, error)`,
   *   and `conflict(n, present, mine)`, which gives a promise of "mine" or "theirs".
   */
  constructor(key, article, goTogether, on) {
    [this.#key, this.#on, this.#goTogether] = [key, on, goTogether];
    this.take(article);
    const prefix = `sayso:${annotator}:${key}:`;
    this.#slot = `${prefix}${Date.now()}${Math.random()}`;  // every tab its own, and none writes over what another keeps
    for (const slot of Object.keys(storage).filter((name) => name.startsWith(prefix)).sort()) {
      this.#queue.push(...JSON.parse(storage[slot]));
      delete storage[slot];
    }
    this.#keep();
  }

  /** Take what the server says of the whole article. */
  take(article) {
    const text = new Text(article.text);
    const spans = article.sentences.flatMap((one) => one.model?.attributions ?? []).flatMap((one) => one.content);
    for (const span of spans) span.text = text.slice(span.start, span.end);
    for (const sentence of article.sentences) {  // an answer may be older than what is known by now
      if (sentence.change >= (this.#server.get(sentence.n)?.change ?? 0)) this.#server.set(sentence.n, { ...taken(sentence), model: sentence.model });
    }
    if (article.change < (this.#about?.change ?? 0)) return;
    this.#about = { done: article.done, note: article.note, targets: named(article.targets), change: article.change };
  }

  /** Ask the server for the whole article: its targets, and what the models say of them. */
  async fetch() { this.take(await get(`/api/article/${this.#key}`)); }

  get numbers() { return [...this.#server.keys()]; }
  get waiting() { return this.#queue.length; }

  /** A sentence as it is shown: with the changes that are under way. */
  sentence(n) {
    const sentence = this.#server.get(n);
    const labels = this.#queue.reduce((labels, one) => (one.n === n ? applied(labels, one.set, this.#goTogether) : labels), sentence.labels);
    return { ...sentence, labels };
  }

  /** Whether the article is done, its note, and its stance targets. */
  get about() { return this.#queue.reduce((about, one) => (one.n === null ? { ...about, ...one.set } : about), this.#about); }

  /** Set labels of a sentence, or of the article (n null). `words` are said when it is saved; `accepted`: they are the models’. */
  change(n, set, words = "", accepted = false) {
    const base = n === null ? this.#about.change : this.#server.get(n).change;
    this.#queue.push({ n, set, base, words, accepted });
    this.#keep();
    this.#on.changed([n]);
    return this.send();
  }

  /** Send what waits; the promise is kept when nothing waits any more, or when it has to be tried again later. */
  send() {
    this.#sending ??= this.#drain().finally(() => { this.#sending = null; });
    return this.#sending;
  }

  async #drain() {
    while (this.#queue.length) {
      this.#on.waiting(this.#queue.length, this.#failures && this.#error);
      const one = this.#queue[0];
      try {
        const answer = await post("/api/change", { key: this.#key, n: one.n, set: one.set, base: one.base, accepted: one.accepted });
        this.#accept(one, answer);
      } catch (error) {
        if (await this.#failed(one, error)) return;
      }
    }
  }

  #accept(one, answer) {
    this.#failures = 0;
    this.#queue.shift();
    for (const later of this.#queue) if (later.n === one.n) later.base = answer.change;
    this.#keep();
    this.hear(answer);
    tellOthers();
    this.#on.changed([one.n]);
    this.#on.saved(one);
  }

  /** Decide what becomes of a change that did not go through; true: it is tried again later. */
  async #failed(one, error) {
    const answered = error instanceof Refused;
    if (answered && error.status === CONFLICT) return this.#settle(one, error.body);
    if (answered && error.status < 500 && error.status !== CLOSED && !BUSY.includes(error.status)) {
      this.#queue.shift();
      this.#keep();
      this.#on.changed([one.n]);
      this.#on.refused(one, error);
      return false;
    }
    this.#failures += 1;
    this.#error = error;
    this.#on.waiting(this.#queue.length, error);
    clearTimeout(this.#again);
    this.#again = setTimeout(() => this.send(), WAITS[Math.min(this.#failures, WAITS.length) - 1]);
    return true;
  }

  /** Another tab was first: what it set is there already, or the person chooses. */
  async #settle(one, answer) {
    this.hear(answer);
    const present = one.n === null ? this.#about : this.#server.get(one.n);
    const mine = this.#queue.filter((other) => other.n === one.n);
    const labels = one.n === null ? present : present.labels;
    this.#on.changed([one.n]);
    if (holds(labels, one.set)) {
      this.#accept(one, answer);
    } else if (await this.#on.conflict(one.n, labels, Object.assign({}, ...mine.map((other) => other.set))) === "mine") {
      for (const other of mine) other.base = present.change;
    } else {
      this.#queue = this.#queue.filter((other) => other.n !== one.n);
    }
    this.#keep();
    this.#on.changed([one.n]);
    this.#on.waiting(this.#queue.length, null);
    return false;
  }

  /** Take a change that the server has: an answer, or one of another tab; gives whether it was new. */
  hear(change) {
    if (change.article_change >= this.#about.change) {
      const { done, note, targets, article_change } = change;
      this.#about = { done, note, targets: { ...this.#about.targets, ...named(targets) }, change: article_change };
    }
    if (change.n === null) return true;
    const before = this.#server.get(change.n);
    if (!change.sentence || !before || change.sentence.change < before.change) return false;
    this.#server.set(change.n, { ...taken(change.sentence), model: before.model });
    return change.sentence.change > before.change;
  }

  /** Take the last change back (or make it again), if it was made in this article: gives the answer. */
  async step(which) {
    if (this.#queue.length) await this.send();
    if (this.#queue.length) return null;
    const answer = await post(`/api/${which}`, { key: this.#key });
    if (answer.key !== this.#key) return answer;
    tellOthers();
    if (answer.n === null) await this.fetch();
    else this.hear(answer);
    this.#on.changed(answer.n === null ? this.numbers : [answer.n]);
    return answer;
  }

  #keep() {
    try {
      if (this.#queue.length) storage[this.#slot] = JSON.stringify(this.#queue);
      else delete storage[this.#slot];
    } catch {  // the browser's storage is full: what waits is kept as long as the page is open, and leaving it warns
    }
  }
}
