// Teaching: started, watched, stopped, and its model taken or not.

import { complain, get, poll, post, say } from "./common.js";

const EVERY = 700;
const region = () => document.getElementById("teaching");

/** Take the page's part that tells how it stands from the server again. */
const refresh = async (address = "/teach") => {
  const page = new DOMParser().parseFromString(await (await fetch(address)).text(), "text/html");
  region().replaceWith(page.getElementById("teaching"));
  if (location.search && address === "/teach") history.replaceState(null, "", address);
  region().querySelector("h2")?.scrollIntoView({ block: "nearest" });
  watch();
  poll();
};

let watching = null;

const look = async () => {
  watching = null;
  try {
    const state = await get("/api/teach");
    if (state.status !== "running") {
      await refresh();
      return say(document.querySelector(".verdict")?.textContent ?? state.message ?? "");
    }
    const words = `${state.step}, ${Math.round(100 * state.part)} %`, step = document.getElementById("step");
    document.getElementById("part").value = state.part;
    if (step.textContent !== words) step.textContent = words;
    complain();
  } catch (error) {
    complain(error.message);
  }
  watch();
};

function watch() {
  if (!watching && region().dataset.status === "running") watching = setTimeout(look, EVERY);
}

const act = async (path, values, button) => {
  button.disabled = true;
  try {
    await post(path, values);
    complain();
    await refresh();
  } catch (error) {
    complain(error.message);
    button.disabled = false;
  }
};

document.getElementById("main").addEventListener("submit", (event) => {
  if (event.target.id !== "teach") return;
  event.preventDefault();
  const { column, labels } = Object.fromEntries(new FormData(event.target));
  act("/api/teach", labels ? { column, labels } : { column }, event.target.querySelector("button[type=submit]"));
});

document.getElementById("main").addEventListener("click", (event) => {
  const id = event.target.id;
  if (["accept", "discard", "restore", "stop"].includes(id)) act(`/api/teach/${id}`, { run: event.target.dataset.run ?? region().dataset.run }, event.target);
});

watch();
