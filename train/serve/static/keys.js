// The keys of the page, and what each does.

import { byId } from "./bench.js";

const isWriting = (element) => element.matches("textarea, select, input:not([type=radio], [type=checkbox])");
const isPressable = (element) => element.matches("button, summary, a[href]:not(.letter)");
const LETTER = /^Key([A-Z])$/;

/** Give the key as it is without Caps Lock: it alone makes no other key. */
const typed = (event) => {
  const { key, shiftKey } = event;
  if (key.length !== 1 || !event.getModifierState("CapsLock")) return key;
  return shiftKey ? key.toUpperCase() : key.toLowerCase();
};

/** Give the key as on a Latin keyboard, so that Cyrillic or Greek ones work too. */
const latin = ({ key, code, shiftKey }) => {
  const letter = key.length === 1 && key > "\u007f" && LETTER.exec(code)?.[1];
  return letter ? (shiftKey ? letter : letter.toLowerCase()) : key;
};

/** Give what the keys of labels do: those of the codebook. */
const keysOfLabels = (labelling) => {
  const keys = new Map();
  for (const input of document.querySelectorAll("#panel .choices input[data-key]")) {
    keys.set(input.dataset.key, () => labelling.label(input.name, input.value));
  }
  for (const one of byId("stances")?.dataset.labels.split(",") ?? []) {
    const [label, key] = one.trim().split(" ");
    if (key) keys.set(key, () => labelling.stanceByKey(label));
  }
  return keys;
};

export const listenToKeys = (bench, labelling, marking) => {
  const labelKeys = keysOfLabels(labelling);
  const always = {
    ArrowDown: () => bench.step(1), ArrowUp: () => bench.step(-1), j: () => bench.step(1), k: () => bench.step(-1), g: () => bench.nextOpen(),
    u: labelling.undo, U: labelling.redo, d: labelling.done, "?": () => byId("keys").showModal(),
  };
  const onSentence = {
    Enter: labelling.accept, Backspace: labelling.clear, e: marking.enter, F2: marking.enter, p: marking.toSpeaker, "+": marking.another,
    s: () => marking.mark("source"), c: () => marking.mark("cue"), x: () => marking.mark("content"), b: () => marking.mark("loaded"),
    m: () => byId("note").focus(), ".": labelling.nextTarget, Escape: () => bench.select(null),
  };

  const named = (key) => labelKeys.get(key) ?? onSentence[key] ?? always[key];

  const actionOf = (event) => {
    const { target } = event, key = typed(event);
    const withControl = event.ctrlKey || event.metaKey ? latin(event).toLowerCase() : "";
    if (withControl === "z") return event.shiftKey ? always.U : always.u;
    if (withControl === "y") return always.U;
    if (event.ctrlKey || event.metaKey || event.altKey) return null;
    if (bench.cursor && ["ArrowLeft", "ArrowRight", "Home", "End"].includes(key)) return () => marking.move(event);
    if (bench.chosen && key === "Escape") return marking.leave;
    if (key.startsWith("Arrow") && target.matches("input, summary, #guide") && target.checkVisibility()) return null;
    if ((key === "Enter" || key === " ") && isPressable(target)) return null;
    if (key.length === 1 && !byId("one-key").checked && key !== "?") return null;
    if (bench.selected === null && key === "Enter" && target.matches(".letter")) return () => bench.select(bench.prose.numberAt(target));
    if (bench.selected === null) return always[key] ?? always[latin(event)];
    if (key === "Enter" && event.shiftKey) return labelling.take;
    return named(key) ?? named(latin(event));
  };

  /** In a field, keys write; Escape, and Enter in a line, go back to the sentence. */
  const leaveField = (event) => {
    const { key, target } = event, isEnter = key === "Enter" && (event.ctrlKey || target.matches("input"));
    if (!(key === "Escape" || isEnter) || !byId("panel").contains(target)) return;
    event.preventDefault();
    if (isEnter && target.closest("#new-target")) labelling.addTarget();
    else bench.focus();
  };

  document.addEventListener("keydown", (event) => {
    if (document.querySelector("dialog[open]") || event.isComposing) return;
    if (isWriting(event.target)) return void leaveField(event);
    const action = actionOf(event);
    if (!action) return;
    event.preventDefault();
    bench.tell();
    action();
  });
};
