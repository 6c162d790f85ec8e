// The workbench: an article, its store, its prose and its panel, and the sentence that somebody works on.

import { onChanges, say, storage } from "./common.js";
import { called, labelOf } from "./labels.js";
import { Text } from "./offsets.js";
import { Panel } from "./panel.js";
import { Prose } from "./prose.js";
import { askAboutConflict, showRefused, showSaved, showWaiting } from "./saving.js";
import { Store } from "./store.js";

const CONTEXT = 80;  // pixels that are seen above and below the sentence
const MARGIN = 16;  // pixels above the article when the panel opens, so that all of the panel is seen
const PAUSE = 800;  // milliseconds after the last change until the figures are asked for anew

export const byId = (id) => document.getElementById(id);

/** Give what was set in this browser, such as going on after a label. */
export const remembered = (name, otherwise) => JSON.parse(storage[`sayso:${name}`] ?? JSON.stringify(otherwise));

export class Bench {
  #inputs = [...document.querySelectorAll("#panel .choices input")];
  #current; #refreshing = 0; #placing = 0; #isStale = false; #required;
  chosen = null;  // a span of words
  settle = () => {};  // saves what is written in a field
  cursor = null;  // the word cursor, while it is in use

  /** `article` is what `/api/article/KEY` gave. */
  constructor(key, article) {
    this.key = key;
    this.text = new Text(article.text);
    this.store = new Store(key, article, (kind, type) => this.goTogether(kind, type), {
      changed: () => this.draw(), waiting: showWaiting, refused: showRefused, saved: (change) => this.#saved(change),
      conflict: (n, there, here) => askAboutConflict(n === null ? "The article" : this.words(this.store.sentence(n)), there, here, this.names),
    });
    this.prose = new Prose(byId("text"), this.store, this.text, this.names);
    this.order = this.store.numbers;
    this.#current = this.order[0] ?? null;
    const asked = [...new Set(this.#inputs.map((input) => input.name))];
    this.#required = asked.some((column) => column !== "bias") ? asked.filter((column) => column !== "bias") : asked;
  }

  /** Begin, once the panel can be used: `act` has what it calls. */
  begin(act) {
    byId("rest").prepend(byId("state"));
    this.panel = new Panel(act, this.names);
    onChanges(async ({ changes, codebook }) => {
      byId("renewed").hidden = String(codebook.version ?? "") === byId("page").dataset.codebook;
      const heard = changes.filter((change) => change.key === this.key && this.store.hear(change));
      if (!heard.length) return;
      if (heard.some((change) => change.n === null)) await this.store.fetch();
      this.#becomeStale();
      this.draw();
    });
    for (const n of this.order) this.prose.letter(n).tabIndex = n === this.#current ? 0 : -1;
    this.draw();
    if (this.store.waiting) this.store.send();
    const asked = Number(/^#s(\d+)$/.exec(location.hash)?.[1] ?? NaN);
    if (this.order.includes(asked)) this.select(asked);
  }

  /** What a label is called on the page. */
  names = (column, label) => {
    const input = this.#inputs.find((one) => one.name === column && one.value === label);
    return input?.dataset.name ?? label.charAt(0).toUpperCase() + label.slice(1);
  };

  goTogether(kind, type) {
    const input = this.#inputs.find((one) => one.name === "source_type" && one.value === type);
    return input?.dataset.kinds.split(" ").includes(kind) ?? true;
  }

  words(span) { return this.text.slice(span.start, span.end); }

  get selected() { return this.prose.selected; }
  get sentence() { return this.store.sentence(this.prose.selected); }
  get labels() { return this.sentence.labels; }

  /** Tell whether a sentence lacks a label that is asked for. */
  isOpen(n) { return this.#missing(n).length > 0; }

  /** Say in the one place for it what a key did; `isSaid`: it is not said when it is saved. */
  tellDone(words, isSaid = false) {
    byId("told").className = "done";
    byId("told").replaceChildren(words.charAt(0).toUpperCase() + words.slice(1));
    if (isSaid) say(words);
  }

  /** Say there why nothing came of a key; `more` can be pressed. */
  tell(words = "", ...more) {
    byId("told").className = "";
    byId("told").replaceChildren(words, ...more);
    if (words) say(words);
  }

  /** Which columns a sentence has no label of. */
  #missing(n) { return this.#required.filter((column) => labelOf(this.store.sentence(n).labels, column) === null); }

  /** Give what there is to say against an article that is done. */
  though() {
    const count = this.order.length, missing = this.order.map((n) => this.#missing(n).length).filter(Boolean);
    if (!missing.length) return "";
    const empty = missing.every((one) => one === this.#required.length);
    return `, though ${missing.length} of ${count} sentences ${empty ? "have no label" : "are not fully labelled"}`;
  }

  draw() {
    this.prose.draw();
    this.#showProgress();
    if (this.selected === null) return;
    this.panel.show(this.sentence, this.store.about, this.prose.picked, this.order.length);
    if (document.activeElement === document.body) this.focus();
  }

  /** Have the keys speak to the sentence. */
  focus() {
    if (this.selected !== null) this.prose.letter(this.selected).focus({ preventScroll: true });
  }

  #showProgress() {
    const { done, note } = this.store.about, n = this.order.filter((one) => !this.isOpen(one)).length;
    const words = `${n} of ${this.order.length} labelled${done ? ", done" : ""}`;
    for (const shown of document.querySelectorAll(".progress")) shown.textContent = words;
    if (done) byId("finish").querySelector(".progress").textContent = `Done${this.though()}.`;
    byId("missing").textContent = this.selected === null ? "" : this.#given(this.selected);
    byId("done").setAttribute("aria-pressed", String(done));
    byId("next-open").disabled = n === this.order.length;
    if (byId("article-note") !== document.activeElement) byId("article-note").value = note;
  }

  /** Say which labels a sentence has, and which it has not. */
  #given(n) {
    const missing = this.#missing(n), given = this.#required.filter((column) => !missing.includes(column));
    const parts = [given.length && `${given.map(called).join(", ")} given`, missing.length && `${missing.map(called).join(", ")} missing`];
    return parts.filter(Boolean).join("; ");
  }

  #saved(change) {
    showSaved(change, this.store.waiting);
    this.#becomeStale();
    if (change.set.targets) this.store.fetch().then(() => this.draw());
  }

  /** Ask the server for the figures anew, as soon as nobody labels for a moment. */
  #becomeStale() {
    this.#isStale = true;
    clearTimeout(this.#refreshing);
    this.#refreshing = setTimeout(() => this.#refresh(), PAUSE);
  }

  async #refresh() {
    if (!this.#isStale || this.store.waiting) return;
    this.#isStale = false;
    const answer = await fetch(location.pathname).catch(() => null);
    if (!answer?.ok) return;
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    for (const id of ["summary", "figures", "speakers"]) byId(id).replaceChildren(...fresh.getElementById(id).childNodes);
    this.prose.findStrip();
  }

  /** Work on a sentence; on none (null), the page is for reading. */
  select(n, { scroll = true } = {}) {
    const moves = n !== this.selected, begins = this.selected === null;
    if (moves) {
      this.settle();
      Object.assign(this.prose, { selected: n, picked: -1, reaches: false });
      this.cursor = null;
      getSelection().removeAllRanges();
      this.choose(null);
      this.tell();
    }
    [byId("panel").hidden, byId("rest").hidden, byId("guide").hidden] = [n === null, n !== null, n === null];
    document.body.classList.toggle("at-work", n !== null);
    if (n === null) byId("rest").prepend(byId("state"));
    else if (begins) byId("top").firstElementChild.after(byId("state"));
    this.#rememberPlace();
    if (n === null) {
      this.prose.draw();
      return this.prose.letter(this.#current).focus();
    }
    for (const one of [this.#current, n]) this.prose.letter(one).tabIndex = one === n ? 0 : -1;
    this.#current = n;
    this.draw();
    if (moves) this.panel.explainFirst(this.sentence);
    this.focus();
    if (scroll && begins) scrollBy({ top: Math.max(byId("text").getBoundingClientRect().top - MARGIN, 0), behavior: "instant" });
    if (scroll) this.#show(this.prose.element(n), begins ? MARGIN / 2 : CONTEXT);
    else this.uncover();
    return undefined;
  }

  /** Scroll the sentence out from under a panel that lies over the text. */
  uncover() {
    if (this.selected !== null && getComputedStyle(byId("beside")).position === "fixed") this.#show(this.prose.element(this.selected), MARGIN / 2);
  }

  /** Keep the sentence in the address, so that a reload comes back to it; not at every step, which browsers refuse. */
  #rememberPlace() {
    clearTimeout(this.#placing);
    const place = this.selected === null ? location.pathname : `#s${this.selected}`;
    this.#placing = setTimeout(() => history.replaceState(null, "", place), PAUSE / 2);
  }

  /** Scroll so that a sentence stands clear of the panel. */
  #show(element, context) {
    const box = element.getBoundingClientRect(), beside = byId("beside");
    const bottom = getComputedStyle(beside).position === "fixed" ? beside.getBoundingClientRect().top : innerHeight;
    const room = Math.min(context, bottom / 5);
    if (box.top >= room && box.bottom <= bottom - room) return;
    scrollBy({ top: box.top - Math.min(bottom / 3, Math.max(bottom - room - box.height, room)), behavior: "instant" });
  }

  /** Go some sentences on; from reading, to the one that was left, or else to the first that is seen. */
  step(by) {
    const at = this.order.indexOf(this.#current);
    if (this.selected !== null) return this.select(this.order[Math.min(Math.max(at + by, 0), this.order.length - 1)]);
    const isSeen = (n) => {
      const { top, bottom } = this.prose.element(n).getBoundingClientRect();
      return top >= 0 && bottom <= innerHeight;
    };
    const to = [this.#current, ...this.order].find((n) => n !== null && isSeen(n)) ?? this.#current;
    return to === null ? undefined : this.select(to);
  }

  /** Go to the next sentence without a label. */
  nextOpen() {
    const at = this.order.indexOf(this.#current);
    const found = [...this.order.slice(at + 1), ...this.order.slice(0, at + 1)].find((n) => this.isOpen(n));
    if (found === undefined) this.tell("Every sentence is labelled.");
    else this.select(found);
  }

  /** Set labels of the sentence; `words` say what they are; `accepted`: they are the models’, taken over as they are. */
  set(set, words, accepted = false) {
    const n = this.selected, wasOpen = this.isOpen(n);
    this.store.change(n, set, `Sentence ${n + 1}: ${words}.`, accepted);
    const goesOn = remembered("go-on", false) && wasOpen && !this.isOpen(n);
    if (goesOn) this.nextOpen();
    if (n !== this.selected) this.tellDone(`Sentence ${n + 1}: ${words}`);
    else if (!goesOn) this.tellDone(words);
  }

  /** Choose words (null: none); `isSeen` has the page select them. */
  choose(span, isSeen = true) {
    this.chosen = span;
    byId("words").hidden = !span;
    if (!span) return;
    byId("chosen").lastElementChild.textContent = `“${this.words(span)}”`;
    if (isSeen) this.prose.choose(span);
  }

  /** Bring the figures up to date after a change that was made elsewhere. */
  changedElsewhere() { this.#becomeStale(); }
}
