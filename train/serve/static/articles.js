// The list of articles: pasting one, sending files, and the list as it is after that.

import { complain, make, onChanges, poll, post, say } from "./common.js";

const paste = document.getElementById("paste"), pasted = document.getElementById("pasted");
const drop = document.getElementById("drop"), files = document.getElementById("files"), uploads = document.getElementById("uploads");
const most = Number(drop.dataset.most);

/** Take the parts of the page that tell what is there from the server again; what is being typed stays. */
const refresh = async () => {
  const answer = await fetch(location.href);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const id of ["reading", "next", "list", "saved"]) {
    const now = page.getElementById(id), before = document.getElementById(id);
    if (now && before) before.replaceWith(now);
    else if (now) document.getElementById("main").append(now);
  }
  const fold = document.getElementById("add");
  if (!page.getElementById("add").open && !fold.contains(document.activeElement) && !uploads.children.length) fold.open = [...new FormData(paste).values()].some((value) => value.trim());
};

const linkTo = (added) => make("a", { href: `/article/${added.key}` }, added.title || added.id);
const links = (what, articles) => articles.length ? [`${what}: `, ...articles.slice(0, 5).flatMap((one, n) => [n ? ", " : "", linkTo(one)]), articles.length > 5 ? ` and ${articles.length - 5} more ` : " "] : [];
const articles = (n) => `${n} article${n === 1 ? "" : "s"}`;

paste.addEventListener("submit", async (event) => {
  event.preventDefault();
  const values = Object.fromEntries([...new FormData(paste)].filter(([, value]) => value.trim()));
  const button = paste.querySelector("button");
  button.disabled = true;
  pasted.textContent = "Reading …";
  try {
    const { added, there, notices } = await post("/api/paste", values);
    paste.reset();
    if (!notices.length && added.length === 1) return location.assign(`/article/${added[0].key}`);
    pasted.replaceChildren(...links("Added", added), ...links("Already here", there), notices.join(" "));
    await refresh();
  } catch (error) {
    pasted.textContent = "";
    complain(`Not added: ${error.message}`);
  } finally {
    button.disabled = false;
  }
});

/** Send a file, telling how much of it has gone. */
const sent = (file, progress) => new Promise((done, failed) => {
  const request = new XMLHttpRequest();
  request.open("POST", "/api/upload");
  request.setRequestHeader("X-Sayso", "1");
  request.setRequestHeader("X-Sayso-Name", encodeURIComponent(file.name));
  request.upload.addEventListener("progress", (event) => { if (event.lengthComputable) progress(event.loaded / event.total); });
  request.addEventListener("error", () => failed(new Error("The server does not answer.")));
  request.addEventListener("load", () => {
    const isObject = request.getResponseHeader("Content-Type")?.startsWith("application/json");
    const body = isObject ? JSON.parse(request.responseText) : { error: request.responseText.trim() };
    if (request.status < 300) done(body);
    else failed(new Error(body.error || `The server answered ${request.status}.`));
  });
  request.send(file);
});

const size = (bytes) => bytes < 1_000_000 ? `${Math.max(Math.round(bytes / 1000), 1)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;

/** Send one file; what became of it stays in the list of files. */
const take = async (file, line) => {
  const bar = make("progress", { max: "1", value: "0", "aria-label": `Sending ${file.name}` });
  const told = make("p", { class: "type" }, "sending …");
  line.append(bar, told);
  const end = (...words) => { bar.remove(); told.replaceChildren(...words); };
  if (file.size > most) {
    end(make("span", { class: "bad" }, "Not added: "), `more than ${most / 1_000_000} MB; start `, make("code", {}, "sayso serve FILE"), " with it instead.");
    return 0;
  }
  try {
    const { added, there, notices } = await sent(file, (part) => {
      bar.value = part;
      if (part === 1) { bar.removeAttribute("value"); told.textContent = "reading it …"; }
    });
    const seen = added.length ? links(`${articles(added.length)} added`, added) : ["Nothing new. "];
    end(make("span", { class: "good" }, added.length ? "✓ " : ""), ...seen, ...links(`${articles(there.length)} there already`, there));
    if (notices.length) line.append(make("ul", { class: "type" }, ...notices.map((notice) => make("li", {}, notice))));
    return added.length;
  } catch (error) {
    const named = `${file.name}: `;  // the line begins with it already
    end(make("span", { class: "bad" }, "Not added: "), error.message.startsWith(named) ? error.message.slice(named.length) : error.message);
    return 0;
  }
};

let before = Promise.resolve();

/** Send files one after the other. */
const takeAll = (chosen) => {
  const lines = chosen.map((file) => make("li", {}, make("b", {}, file.name), " ", make("span", { class: "type" }, size(file.size))));
  uploads.prepend(...lines);
  before = before.then(async () => {
    let n = 0;
    for (const [i, file] of chosen.entries()) n += await take(file, lines[i]);
    say(`${articles(n)} added from ${chosen.length} file${chosen.length === 1 ? "" : "s"}.`);
    if (n) await refresh();
  });
};

files.addEventListener("change", () => {
  takeAll([...files.files]);
  files.value = "";
});

// A file that is dropped beside the field would replace the page, and what is being typed in it.
for (const type of ["dragover", "drop"]) addEventListener(type, (event) => event.preventDefault());
drop.addEventListener("dragover", () => drop.classList.add("over"));
drop.addEventListener("dragleave", () => drop.classList.remove("over"));
drop.addEventListener("drop", (event) => {
  drop.classList.remove("over");
  takeAll([...event.dataTransfer.files]);
});

// What the command named is read meanwhile: the list follows as soon as it is another one than the page shows.

onChanges(async ({ sources }) => {
  const now = [sources.reading ?? "", sources.added, sources.errors.length].join("|");
  if (document.getElementById("reading").dataset.state !== now) await refresh();
});
poll();
