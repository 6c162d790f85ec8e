// What every page uses: asking the server, saying what happened, and hearing of changes that other tabs made.

/** The server answered no: `status`, and what it sent in `body`. */
export class Refused extends Error {
  constructor(status, body) {
    super(body.error ?? `The server answered ${status}.`);
    this.status = status;
    this.body = body;
  }
}

/** No answer came at all. */
export class Unreachable extends Error {}

const CLOSED = 403, PATIENCE = 20_000, EVERY = 2000;

/** What every page says of a server that was started anew, or is gone. */
const RESTARTED = "sayso was restarted. Open the address that it printed. Nothing is lost: unsaved changes are saved then.";
const GONE = "The server does not answer.", ASKED = " Is sayso serve still running?";

const ask = async (path, init = {}) => {
  let answer, body;
  try {
    answer = await fetch(path, { signal: AbortSignal.timeout(PATIENCE), ...init, headers: { "X-Sayso": "1", ...init.headers } });
    body = await answer.text();
  } catch {
    throw new Unreachable(GONE);
  }
  if (answer.headers.get("Content-Type")?.startsWith("application/json")) body = JSON.parse(body);
  else body = { error: body.trim() };
  if (answer.status === CLOSED) body = { error: RESTARTED };
  if (!answer.ok) throw new Refused(answer.status, body);
  return body;
};

/** Ask for something; gives the object that comes back, or throws `Refused` or `Unreachable`. */
export const get = (path) => ask(path);

/** Send an object. */
export const post = (path, values = {}) =>
  ask(path, { method: "POST", body: JSON.stringify(values), headers: { "Content-Type": "application/json" } });

/** Send a file as it is, however long that takes; its name goes into a header. */
export const send = (path, file) =>
  ask(path, { method: "POST", body: file, signal: undefined, headers: { "X-Sayso-Name": encodeURIComponent(file.name) } });

const live = document.getElementById("live"), trouble = document.getElementById("trouble");

/** Have a screen reader say something when it is its turn. */
export const say = (words) => { live.textContent = words; };

/** Show what went wrong, and say it; it stays until `complain()` takes it away. */
export const complain = (words = "", ...more) => { if (more.length || trouble.textContent !== words) trouble.replaceChildren(words, ...more); };

/** Show how it stands with saving: beside the annotator's name, and wherever else a page has a `.save`. */
export const showSave = (words, late = false) => {
  for (const save of document.querySelectorAll(".save")) {
    save.textContent = words;
    save.classList.toggle("late", late);
  }
};

/** Tell the time of day, as in `14:03:22`. */
export const clock = (date = new Date()) =>
  [date.getHours(), date.getMinutes(), date.getSeconds()].map((part) => String(part).padStart(2, "0")).join(":");

/** Make an element: `make("button", { type: "button", class: "main" }, "Save")`; what is given as text stays text. */
export const make = (tag, attributes = {}, ...content) => {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === true) element.setAttribute(name, "");
    else if (value !== false && value != null) element.setAttribute(name, value);
  }
  element.append(...content);
  return element;
};

/** What this browser keeps; where it keeps nothing, as long as the page is open. */
export const storage = (() => {
  try {
    return localStorage.length >= 0 ? localStorage : {};
  } catch {
    return {};
  }
})();

export const annotator = document.body.dataset.annotator;

// Other tabs: one that changed something says so at once, and all ask the server every two seconds.

const channel = new BroadcastChannel("sayso");
const listeners = [];
let last = Number(document.body.dataset.last), asking = false, failures = 0;

/** Tell the other tabs that there is something new. */
export const tellOthers = () => channel.postMessage("changed");

/** Call a function with each answer of `/api/changes` from now on. */
export const onChanges = (listener) => {
  listeners.push(listener);
  if (listeners.length === 1) setInterval(poll, EVERY);
};

/** Say that the server is gone, unless that stands there already; one answer that is lost says nothing. */
const tellGone = (error) => {
  failures += 1;
  if (error.status !== CLOSED && (error.status || failures < 2)) return;
  if (!trouble.textContent.includes(error.message)) complain(error.message + (error.status ? "" : ASKED));
};

/** Ask what is new. */
export const poll = async () => {
  if (asking || document.hidden || !listeners.length) return;
  asking = true;
  try {
    let answer;
    do {  // of many changes each answer holds some
      answer = await get(`/api/changes?since=${last}`);
      last = answer.last;
      failures = 0;
      if ([GONE + ASKED, RESTARTED].includes(trouble.textContent)) complain();
      for (const listener of listeners) listener(answer);
    } while (answer.more);
  } catch (error) {
    tellGone(error);
  } finally {
    asking = false;
  }
};

channel.addEventListener("message", poll);
document.addEventListener("visibilitychange", poll);
