// The panel of the selected sentence: what is asked, what the models say, and the codebook's text of the label in focus.

import { make } from "./common.js";
import { at, labelOf } from "./labels.js";
import { attributionsOf, loadedOf } from "./prose.js";

const EDGE = 8;  // pixels about what is scrolled to

const percent = (chance) => (chance > 0 && chance < 0.005 ? "<1\u202f%" : `${Math.round(100 * chance)}\u202f%`);
const byId = (id) => document.getElementById(id);

/** Give the models' chances of a column's labels; empty where they have no view. */
const chancesOf = (model, column) => {
  if (!model) return {};
  if (column === "kind") return model.kind_scores;
  if (column === "bias") return model.bias ? { [model.bias.label]: model.bias.confidence } : {};
  return at(model, column) ? { [model[column]]: model[`${column}_confidence`] } : {};
};

/** Give the label that the models hold for likeliest. */
export const guessOf = (model, column) => {
  if (!model) return null;
  return column === "bias" ? model.bias?.label ?? null : at(model, column);
};

export class Panel {
  #panel = byId("panel"); #columns; #act; #names; #drawn = { look: "", but: "" };
  reaches = false;
  aim = null;  // the stance target that somebody chose for the next key

  /** `act` has what is called when somebody uses the panel: `label`, `stance`, `untarget`, `attributions`, `pick`, `reach`, `unload`; and `acceptable`. */
  constructor(act, names) {
    [this.#act, this.#names] = [act, names];
    this.#columns = [...this.#panel.querySelectorAll(".choices")];
    for (const input of this.#panel.querySelectorAll(".choices input")) {
      input.addEventListener("change", () => act.label(input.name, input.value));
      for (const event of ["focus", "pointerenter"]) {
        (event === "focus" ? input : input.parentElement).addEventListener(event, () => this.explain(input.name, input.value));
      }
    }
    for (const clear of this.#panel.querySelectorAll(".clear")) {
      clear.addEventListener("click", () => act.label(clear.parentElement.dataset.column, null));
    }
    const last = byId("leave"), goesOn = new IntersectionObserver(([{ isIntersecting }]) => byId("more").classList.toggle("none", isIntersecting));
    goesOn.observe(last);
  }

  /** The columns with labels to choose from, our own scheme's and those of the project. */
  get choices() { return this.#columns.map((column) => column.dataset.column); }

  /** What a column is called on the page. */
  legend(column) {
    const place = this.#panel.querySelector(`[data-column="${CSS.escape(column)}"]`);
    return (place?.querySelector("legend") ?? place?.firstChild)?.textContent.trim() ?? column;
  }

  /** Show a sentence. */
  show(sentence, about, picked, count) {
    const { labels, model } = sentence;
    byId("which").textContent = `Sentence ${sentence.n + 1} of ${count}`;
    byId("accept").hidden = !model;
    byId("accept").disabled = !this.#act.acceptable(sentence);
    for (const column of this.#columns) this.#showChoices(column, labels, model);
    for (const input of this.#panel.querySelectorAll("[data-free]")) {
      if (input !== document.activeElement) input.value = labelOf(labels, input.name) ?? "";
    }
    const note = byId("note");
    if (note !== document.activeElement) note.value = labels.note ?? "";
    if (this.#drawn.n !== sentence.n) [this.reaches, this.aim] = [false, null];
    const parts = [labels.loaded, labels.bias, labels.stance, about.targets, picked, labels.source_type, this.aim];
    const look = JSON.stringify([sentence.n, labels.attributions, parts]);
    const but = JSON.stringify([sentence.n, labels.attributions?.map((one) => ({ ...one, speaker: null })), parts]);
    const isWritten = but === this.#drawn.but && document.activeElement.matches(".speaker-name");  // it is not taken from under the hand
    const isSame = look === this.#drawn.look || isWritten;
    this.#drawn = { n: sentence.n, look, but };
    if (isSame) return;
    this.#showAttributions(sentence, picked);
    this.#showLoaded(sentence);
    this.#showStances(labels, model, about.targets);
    this.#showReasons(model);
  }

  #showChoices(column, labels, model) {
    const name = column.dataset.column, chances = chancesOf(model, name), guess = guessOf(model, name);
    const label = labelOf(labels, name);
    for (const input of column.querySelectorAll("input")) {
      const chance = at(chances, input.value) ?? undefined;
      input.checked = input.value === label;
      input.parentElement.classList.toggle("guess", input.value === guess);
      const shown = input.parentElement.querySelector(".chance"), [whose, how] = shown.children;
      shown.hidden = input.value !== guess && !(chance >= 0.05);
      whose.hidden = input.value !== guess;
      whose.textContent = name === "kind" && model?.abstain ? "models, unsure" : "models";
      how.textContent = chance === undefined ? "" : percent(chance);
      if (name === "source_type") {
        const off = Boolean(labels.kind) && !input.dataset.kinds.split(" ").includes(labels.kind);
        input.disabled = off;
        input.parentElement.classList.toggle("off", off);
      }
    }
    column.querySelector(".clear").hidden = label === null;
    column.classList.toggle("labelled", label !== null);
  }

  #showAttributions({ labels, model }, picked) {
    const list = byId("attributions");
    if (!list) return;
    const own = labels.attributions ?? [];
    const focused = list.contains(document.activeElement) ? document.activeElement.dataset.is : null;
    list.replaceChildren(...own.map((one, i) => this.#attribution(one, i, own.length, i === picked || own.length === 1)));
    if (focused) list.querySelector(`[data-is="${focused}"]`)?.focus();
    const theirs = own.length ? [] : model?.attributions ?? [], isSure = attributionsOf({ labels, model }).length > 0;
    byId("theirs").replaceChildren(...theirs.map((one) => make("p", { class: "theirs" }, isSure ? "Models: " : "Models, perhaps: ", ...inWords(one))));
    byId("how").hidden = own.length > 0;
    byId("theirs").hidden = !theirs.length;
    byId("take").hidden = !model?.attributions.length || own.length > 0;
    byId("another").hidden = !own.length;
  }

  #attribution(one, i, count, picked) {
    const item = make("li", { class: picked ? "attribution picked" : "attribution" });
    const row = make("div", { class: "row" });
    if (count > 1) {
      const pick = make("button", { type: "button", "aria-pressed": String(picked), "data-is": `pick${i}` }, `${i + 1}`);
      pick.setAttribute("aria-label", `Attribution ${i + 1}`);
      pick.addEventListener("click", () => this.#act.pick(i));
      row.append(pick);
    }
    const remove = make("button", { type: "button", class: "plain", "data-is": `remove${i}`, "aria-label": `Remove attribution ${i + 1}` }, "Remove");
    remove.addEventListener("click", () => this.#act.attributions((all) => all.filter((_, j) => j !== i), "attribution removed"));
    row.append(remove);
    item.append(row, this.#spans(one, i));
    if (picked) item.append(this.#speaker(one, i), this.#typeOf(one, i), this.#reach(i));
    return item;
  }

  #spans(one, i) {
    const lines = make("dl");
    const parts = [["Source", "source", one.source && [one.source]], ["Cue", "cue", one.cue && [one.cue]], ["Content", "content", one.content]];
    for (const [name, part, spans] of parts) {
      const words = spans?.length ? spans.map((span, j) => {
        const away = make("button", { type: "button", class: "away", "data-is": `${part}${i}-${j}`, "aria-label": `Remove the ${part} “${span.text}”` }, "×");
        away.addEventListener("click", () => this.#act.attributions((all) => all.map((other, k) => (k === i ? without(other, part, j) : other)), `${part} taken away`));
        return make("span", { class: "span" }, make("bdi", {}, shortened(span.text)), away);
      }) : [make("span", { class: "type" }, "–", ...(part === "content" && one.source && one.cue ? [" ", make("kbd", {}, "x"), " the rest of the sentence"] : []))];
      lines.append(make("dt", {}, name), make("dd", {}, ...words));
    }
    return lines;
  }

  #speaker(one, i) {
    const input = make("input", { type: "text", list: "names", autocomplete: "off", maxlength: "300", "data-is": `speaker${i}`, class: "speaker-name" });
    input.value = one.speaker ?? "";
    input.dataset.of = i;
    return make("label", { class: "field" }, "Speaker ", make("kbd", {}, "p"), input);
  }

  #typeOf(one, i) {
    const select = make("select", { "data-is": `type${i}` }, make("option", { value: "" }, "–"));
    for (const input of this.#panel.querySelectorAll("input[name=source_type]")) select.append(make("option", { value: input.value }, input.dataset.name));
    if (select.options.length === 1) return "";
    select.value = one.source_type ?? "";
    select.addEventListener("change", () => this.#act.attributions((all) => all.map((other, k) => (k === i ? { ...other, source_type: select.value || null } : other)), "source type set"));
    return make("label", { class: "field" }, "Source type", select);
  }

  #reach(i) {
    const box = make("input", { type: "checkbox", "data-is": `reach${i}` });
    box.checked = this.reaches;
    box.addEventListener("change", () => this.#act.reach(this.reaches = box.checked));
    return make("label", { class: "row reach" }, box, "Include words of other sentences");
  }

  #showLoaded({ labels, model }) {
    const list = byId("loaded");
    if (!list) return;
    const own = labels.loaded ?? [], theirs = own.length ? [] : loadedOf({ labels, model });
    list.replaceChildren(
      ...own.map((span) => {
        const away = make("button", { type: "button", class: "away", "aria-label": `Remove “${span.text}”` }, "×");
        away.addEventListener("click", () => this.#act.unload(span));
        return make("li", { class: "span" }, make("bdi", { class: "loaded" }, span.text), away);
      }),
      ...theirs.map((span) => make("li", { class: "theirs" }, "Models: ", make("bdi", { class: "loaded" }, span.text))),
    );
  }

  #showStances(labels, model, targets) {
    const box = byId("stances");
    if (!box) return;
    const names = this.#targets = [...new Set([...Object.keys(targets), ...Object.keys(labels.stance), ...Object.keys(model?.stance ?? {})])];
    const aimed = this.target(labels);
    box.classList.toggle("several", names.length > 1);
    const known = box.dataset.labels.split(",").map((one) => one.trim().split(" "));
    const everywhere = JSON.parse(box.dataset.everywhere);
    const focused = box.contains(document.activeElement) && document.activeElement;
    box.replaceChildren(...names.map((target, i) => {
      const view = at(model?.stance, target), label = at(labels.stance, target);
      const group = make("fieldset", { class: target === aimed ? "stance aimed" : "stance" }, make("legend", {}, make("bdi", {}, target)));
      if (target === aimed && names.length > 1) {
        group.append(make("p", { class: "type aim" }, "The keys label this target; ", make("kbd", {}, "."), " moves to the next."));
      }
      if (view?.abstain && view.named) group.append(make("p", { class: "type" }, "The models found it mentioned, but cannot decide."));
      for (const [value, key] of known) {
        const input = make("input", { type: "radio", name: `stance${i}`, value });
        input.checked = value === label;
        input.addEventListener("change", () => this.#act.stance(target, value));
        input.addEventListener("focus", () => this.explain("stance", value));
        const guess = view && !view.abstain && view.label === value;
        group.append(make("label", { class: guess ? "choice guess" : "choice" }, input, make("span", { class: "name" }, this.#names("stance", value)),
          make("span", { class: "chance" }, guess ? `models ${percent(view.confidence)}` : ""), key ? make("kbd", {}, key) : ""));
      }
      const clear = make("button", { type: "button", class: "plain clear", "aria-label": `Clear: stance towards ${target}` }, "Clear");
      clear.hidden = label === null;
      clear.addEventListener("click", () => this.#act.stance(target, null));
      group.append(clear);
      if (at(targets, target) !== null && !everywhere.includes(target)) {
        const away = make("button", { type: "button", class: "plain", "aria-label": `Remove the target ${target}` }, "Remove");
        away.addEventListener("click", () => this.#act.untarget(target));
        group.append(away);
      }
      return group;
    }));
    if (focused) box.querySelector(`[name="${focused.name}"][value="${focused.value}"]`)?.focus();
  }

  #targets = [];

  /** The stance target that the next key is for: the one that was chosen, else the first without a label. */
  target(labels) {
    if (this.#targets.includes(this.aim)) return this.aim;
    return this.#targets.find((one) => at(labels.stance, one) === null) ?? this.#targets.at(-1);
  }

  /** Aim at the next stance target; gives its name. */
  nextTarget(labels) {
    const all = this.#targets;
    this.aim = all[(all.indexOf(this.target(labels)) + 1) % all.length];
    return this.aim;
  }

  /** What of the panel is seen: the box that scrolls, and from where to where. */
  get #window() {
    const box = [byId("side"), byId("beside")].find((one) => getComputedStyle(one).overflowY === "auto");
    return { box, top: byId("top").getBoundingClientRect().bottom, bottom: box?.getBoundingClientRect().bottom };
  }

  /** Scroll the panel to where a column is, or one of its stance targets. */
  reveal(column, target) {
    const { box, top, bottom } = this.#window;
    const of = this.#panel.querySelector(`[data-column="${CSS.escape(column)}"]`);
    const place = [...(of?.querySelectorAll(".stance") ?? [])].find((one) => one.querySelector("legend").textContent === target) ?? of;
    if (!box || !place) return;
    const at = place.getBoundingClientRect(), low = bottom - byId("more").offsetHeight - EDGE;
    if (at.bottom > low) box.scrollTop += Math.min(at.bottom - low, at.top - top - EDGE);
    else if (at.top < top) box.scrollTop -= top - at.top + EDGE;
  }

  /** Scroll on to what is below. */
  scrollOn() {
    const { box, top, bottom } = this.#window;
    box?.scrollBy({ top: (bottom - top) * 0.8 });
  }

  #showReasons(model) {
    const tables = Object.entries(model?.why ?? {}).map(([task, reasons]) => make("table", {},
      make("caption", {}, task === "kind" ? "This kind" : "This source type"),
      make("tbody", {}, ...reasons.map(([reason, weight]) => make("tr", {},
        make("td", { class: "n" }, `${weight < 0 ? "−" : "+"}${Math.abs(weight).toFixed(1)}`), make("td", {}, reason))))));
    byId("why").lastElementChild.replaceChildren(...tables);
    byId("why").hidden = !tables.length;
  }

  /** Show what the codebook says of a sentence's first label. */
  explainFirst({ labels, model }) {
    const [column] = this.choices, label = column && (labelOf(labels, column) ?? guessOf(model, column));
    if (label) this.explain(column, label);
  }

  /** Show what the codebook says of a label. */
  explain(column, label) {
    const texts = [...byId("guide").children], is = (text) => text.dataset.column === column && text.dataset.label === label;
    if (texts.some(is)) for (const text of texts) text.hidden = !is(text);
  }
}

/** Give the beginning and the end of many words. */
export const shortened = (words) => (words.length > 90 ? `${words.slice(0, 55).trimEnd()} … ${words.slice(-30).trimStart()}` : words);

const without = (one, part, j) => ({ ...one, [part]: part === "content" ? one.content.filter((_, k) => k !== j) : null });

const inWords = (one) => {
  const said = (one.content ?? []).map((span) => span.text).filter(Boolean).join(" … ");
  return [make("bdi", { class: "source" }, one.source?.text ?? "nobody named"),
    ...(one.speaker && one.speaker !== one.source?.text ? [" (", make("bdi", {}, one.speaker), ")"] : []),
    ...(one.cue ? [" ", make("bdi", { class: "cue" }, one.cue.text)] : []), ...(said ? [": ", make("bdi", {}, shortened(said))] : [])];
};
