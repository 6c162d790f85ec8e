// What somebody sees of saving: what is on its way, what waits, what was refused, and what another window set.

import { clock, complain, make, say, showSave } from "./common.js";

const waits = (count) => `${count} change${count === 1 ? "" : "s"} wait${count === 1 ? "s" : ""}`;

/** Show how many changes are on their way, or that they wait because of an error. */
export const showWaiting = (count, error) => {
  if (!error) return showSave(count ? "saving…" : "");
  const why = error.status ? error.message : "The server does not answer.";
  showSave(`not saved: ${error.status ? "the server refuses" : "the server does not answer"}; ${waits(count)}`, true);
  return complain(`Not saved. ${why} ${waits(count)}; this browser keeps ${count === 1 ? "it" : "them"} and tries again.`);
};

/** Show that a change is on disk; `waiting` are behind it. */
export const showSaved = (change, waiting) => {
  complain();
  showSave(waiting ? "saving…" : `saved ${clock()}`);
  if (change.words && !waiting) say(`${change.words} Saved.`);
};

/** Show that the server did not take a change, and why. */
export const showRefused = (change, error) => {
  showSave("not saved", true);
  complain(`${change.n === null ? "" : `Sentence ${change.n + 1}: `}not saved: ${error.message}`);
};

const inShort = (name, value, names) => {
  if (value === null || value === undefined || value === "" || value.length === 0) return "–";
  if (name === "attributions") return value.map((one) => one.cue?.text ?? one.source?.text ?? one.content?.[0]?.text).join(", ");
  if (name === "loaded") return value.map((span) => span.text).join(", ");
  if (typeof value === "object") return Object.entries(value).map(([of, label]) => `${of}: ${label ?? "–"}`).join(", ");
  return typeof value === "string" ? names(name, value) : String(value);
};

const COLUMNS = { attributions: "attribution", loaded: "bias" };

/** Ask whose labels stay, those of another window (`there`) or those of this one (`here`): "theirs" or "mine". */
export const askAboutConflict = (words, there, here, names) => new Promise((resolve) => {
  const dialog = document.getElementById("conflict");
  const legend = (name) => document.querySelector(`#panel [data-column="${CSS.escape(COLUMNS[name] ?? name)}"] legend`)?.textContent ?? name;
  document.getElementById("conflict-words").textContent = words;
  document.getElementById("conflict-rows").replaceChildren(...Object.entries(here).map(([name, value]) => make("tr", {},
    make("th", { scope: "row" }, legend(name)), make("td", {}, inShort(name, there[name], names)), make("td", {}, inShort(name, value, names)))));
  dialog.returnValue = "theirs";
  dialog.addEventListener("close", () => resolve(dialog.returnValue), { once: true });
  dialog.showModal();
});
