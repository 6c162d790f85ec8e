// The codebook: read again after it was edited.

import { complain, make, post, say } from "./common.js";

document.getElementById("main").addEventListener("click", async (event) => {
  const button = event.target.closest("#again");
  if (!button) return;
  button.disabled = true;
  try {
    const { version, changes } = await post("/api/codebook", { version: Number(document.getElementById("book").dataset.version) });
    complain();
    const page = new DOMParser().parseFromString(await (await fetch("/codebook")).text(), "text/html");
    document.getElementById("book").replaceWith(page.getElementById("book"));
    const words = changes.length ? `Version ${version} is in force now.` : `The file says what version ${version} says, which is in force.`;
    document.getElementById("told").replaceChildren(make("p", {}, make("b", { class: "good" }, "✓ "), words));
    say(words);
    document.getElementById("again").focus();
  } catch (error) {
    document.getElementById("told").replaceChildren();
    complain(`The codebook cannot be used as it is now: ${error.message} The version before stays in force.`);
    button.disabled = false;
  }
});
