// Notes: marked as settled, and opened again.

import { complain, post, tellOthers } from "./common.js";

const SETTLED = "settled: ";

document.querySelector(".notes-list")?.addEventListener("click", async (event) => {
  const button = event.target.closest("button[data-settled]");
  if (!button) return;
  const item = button.closest("li"), isSettled = button.dataset.settled === "yes";
  const n = item.dataset.n === undefined ? null : Number(item.dataset.n);
  const note = isSettled ? SETTLED + item.dataset.note : item.dataset.note;
  button.disabled = true;
  try {
    const { change } = await post("/api/change", { key: item.dataset.key, n, set: { note }, base: Number(item.dataset.change) });
    item.dataset.change = change;
    item.classList.toggle("settled", isSettled);
    button.dataset.settled = isSettled ? "no" : "yes";
    button.textContent = isSettled ? "Open again" : "Mark as settled";
    item.querySelector(".said").textContent = isSettled ? "Settled, saved" : "Open again, saved";
    tellOthers();
    complain();
  } catch (error) {
    complain(`Not saved: ${error.message}${error.status === 409 ? " Load the page again to see it." : ""}`);
  } finally {
    button.disabled = false;
  }
});
