// What somebody sees of saving: what is on its way, what waits, what was refused, and what another window set.

import { clock, complain, make, say, showSave } from "./common.js";

let state = ["", false], isWriting = false;

const show = () => (isWriting ? showSave("not saved yet") : showSave(...state));

const showState = (words, late = false) => {
  state = [words, late];
  show();
};

/** Show whether a field has words that are not saved yet. */
export const showWriting = (is) => {
  isWriting = is;
  show();
};

/** Show that all is on disk. */
export const showAllSaved = () => showState(`saved ${clock()}`);

const CLOSED = 403;
const many = (count) => (count === 1 ? "change" : `${count} changes`);

/** Show how many changes are on their way, or that they wait because of an error. */
export const showWaiting = (count, error) => {
  if (!error) return showState(count ? "saving…" : "");
  showState("not saved", true);
  if (error.status === CLOSED) {
    return complain(`${error.message} Your ${many(count)} ${count === 1 ? "waits" : "wait"}.`);
  }
  const why = error.status ? error.message : "The server does not answer.";
  const [are, them] = count === 1 ? ["is", "it"] : ["are", "them"];
  return complain(`${why} Your ${many(count)} ${are} not saved yet; this browser keeps ${them} and tries again.`);
};

/** Show that a change is on disk; `waiting` are behind it. */
export const showSaved = (change, waiting) => {
  complain();
  if (waiting) showState("saving…");
  else showAllSaved();
  if (change.words && !waiting) say(`${change.words} Saved.`);
};

/** Show that the server did not take a change, and why. */
export const showRefused = (change, error) => {
  showState("not saved", true);
  complain(`${change.n === null ? "" : `Sentence ${change.n + 1}: `}not saved: ${error.message}`);
};

/** Give in a few words what a change sets. */
export const inShort = (name, value, names) => {
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
