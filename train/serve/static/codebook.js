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
    const words = changes.length ? [`Version ${version} is in force. What changed:`] : ["Nothing has changed in the file."];
    document.getElementById("told").append(make("p", {}, ...words), make("ul", {}, ...changes.map((line) => make("li", {}, line))));
    say(words[0]);
    document.getElementById("again").focus();
  } catch (error) {
    complain(`Not read: ${error.message} What was in force stays in force.`);
    button.disabled = false;
  }
});
