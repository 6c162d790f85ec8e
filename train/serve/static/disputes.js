// Disputes of annotators, decided one after the other.

import { complain, post, showSave, clock, make } from "./common.js";
import { answering, inTurn, sayAt } from "./answering.js";

const list = document.getElementById("disputes");

/** Count again how many are open, of those shown and of all. */
const count = (before, now) => {
  if (!before === !now) return;
  const all = document.getElementById("n-open");
  const n = all.dataset.n = Number(all.dataset.n) + (now ? -1 : 1);
  all.textContent = `${n} ${n === 1 ? "is" : "are"}`;
};

const show = (item, decision) => {
  count(item.dataset.decision, decision);
  item.dataset.decision = decision;
  for (const button of item.querySelectorAll("button[data-answer]:not(.back)")) button.setAttribute("aria-pressed", String(button.dataset.answer === decision));
  item.querySelector(".back").hidden = !decision;
  const n = list.querySelectorAll('li.item[data-decision=""]').length;
  document.getElementById("open").textContent = `${n} of ${list.children.length} shown here ${n === 1 ? "is" : "are"} open`;
};

const save = async (item, decision) => {
  const { key, n, column } = item.dataset;
  try {
    await post("/api/decide", { key, n: Number(n), column, decision: decision || null });
    sayAt(item, decision ? `decided: ${decision.replaceAll("_", " ")}, saved` : "reopened, saved");
    item.dataset.saved = decision;
    showSave(`saved ${clock()}`);
    complain();
  } catch (error) {
    show(item, item.dataset.saved ?? "");
    sayAt(item, `Not saved: ${error.message}`, true);
    complain("A decision was not saved; see the sentence.");
  }
};

if (list) {
  const hand = answering(list, {
    answer: (item, button) => {
      const decision = button.dataset.answer;
      show(item, decision);
      sayAt(item, "saving …");
      inTurn(item, () => save(item, decision));
      if (decision) hand.next(item);
    },
    isOpen: (item) => !item.dataset.decision,
  });
}

document.getElementById("write")?.addEventListener("click", async (event) => {
  const button = event.target, written = document.getElementById("written");
  button.disabled = true;
  written.textContent = "Writing …";
  try {
    const { line, folder } = await post("/api/decided");
    written.replaceChildren(`${line} Written to `, make("code", {}, folder), ". ", make("a", { href: "/api/export?format=csv&excel&annotator=decided", download: true }, "Download it as a table"));
    complain();
  } catch (error) {
    written.textContent = "";
    complain(`Not written: ${error.message}`);
  } finally {
    button.disabled = false;
  }
});
