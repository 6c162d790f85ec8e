// The codebook: it follows its file, and is read again when somebody asks for it.

import { complain, make, onChanges, post, say } from "./common.js";

const shown = () => document.getElementById("book").dataset;

/** Take the codebook from the server as it is now. */
const refresh = async () => {
  const isFocused = document.activeElement?.id === "again";
  const page = new DOMParser().parseFromString(await (await fetch("/codebook")).text(), "text/html");
  document.getElementById("book").replaceWith(page.getElementById("book"));
  if (isFocused) document.getElementById("again").focus();
};

const tell = (words) => {
  document.getElementById("told").replaceChildren(make("p", {}, make("b", { class: "good" }, "✓ "), words));
  say(words);
};

const inForce = (version) => `Version ${version} is in force now.`;

document.getElementById("main").addEventListener("click", async (event) => {
  const button = event.target.closest("#again");
  if (!button) return;
  button.disabled = true;
  try {
    const { version, changes } = await post("/api/codebook", { version: Number(shown().version) });
    complain();
    await refresh();
    tell(changes.length ? inForce(version) : `The file is the same as version ${version}, which is in force.`);
  } catch (error) {
    document.getElementById("told").replaceChildren();
    complain(`The codebook cannot be used as it is now: ${error.message} The earlier version stays in force.`);
  }
  document.getElementById("again").disabled = false;
  document.getElementById("again").focus();
});

onChanges(async ({ codebook }) => {
  const { version, error } = shown();
  if (codebook.version === Number(version) && (codebook.error ?? "") === error) return;
  await refresh();
  complain();
  if (codebook.version !== Number(version)) tell(inForce(codebook.version));
});
