// Fields that somebody writes in: what they hold is saved after a moment of rest and on leaving, and until then is not saved.

import { showWriting } from "./saving.js";

const SOON = 1000;  // milliseconds after the last letter

/** `saves` has, by the selector of fields, what saves one of them; gives what saves all that is not saved yet. */
export const savedSoon = (saves) => {
  const timers = new Map();
  const saveOf = (field) => Object.entries(saves).find(([selector]) => field.matches(selector))?.[1];
  const settle = (field) => {
    clearTimeout(timers.get(field));
    timers.delete(field);
    saveOf(field)(field);
    showWriting(timers.size > 0);
  };
  document.addEventListener("input", ({ target }) => {
    if (!saveOf(target)) return;
    clearTimeout(timers.get(target));
    timers.set(target, setTimeout(settle, SOON, target));
    showWriting(true);
  });
  document.addEventListener("change", ({ target }) => { if (saveOf(target)) settle(target); });
  const settleAll = () => [...timers.keys()].forEach(settle);
  document.addEventListener("visibilitychange", () => { if (document.hidden) settleAll(); });
  addEventListener("pagehide", settleAll);
  return settleAll;
};
