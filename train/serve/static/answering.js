// A list whose items are answered by a key: one item is in hand, keys answer it or lead to another.
// A button says by which keys it is pressed: data-press="q", or several with spaces between.

const NEXT = new Set(["j", "ArrowDown"]), BEFORE = new Set(["k", "ArrowUp"]);

/** Tell whether a key belongs to what is being typed in, or to a dialog. */
const isTyping = (event) => event.ctrlKey || event.metaKey || event.altKey || event.target.closest?.("input, select, textarea, dialog, summary");

/**
 * Take the items of a list in hand.
 *
 * `answer(item, button, isClick)` is called with what was pressed, by a click or by its key; `others` has further keys: `{ u: () => … }`.
 * Gives `now()`, the item in hand; `go(item)`; and `next(item)`, which leads to the next item that `isOpen` says is not answered.
 */
export const answering = (list, { answer, isOpen, others = {} }) => {
  const items = () => [...list.querySelectorAll(":scope > li.item")];
  let inHand = null;

  const take = (item) => {
    inHand?.classList.remove("on");
    inHand = item;
    item?.classList.add("on");
  };
  const go = (item) => {
    if (!item) return;
    take(item);
    item.focus({ preventScroll: true });
    item.scrollIntoView({ block: "nearest" });
  };
  const next = (item) => {
    const all = items(), at = all.indexOf(item);
    const open = [...all.slice(at + 1), ...all.slice(0, at)].find(isOpen);
    go(open ?? all[at + 1]);
    return Boolean(open);
  };

  list.addEventListener("focusin", (event) => take(event.target.closest("li.item")));
  list.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-answer]");
    if (button) answer(button.closest("li.item"), button, true);
  });
  document.addEventListener("keydown", (event) => {
    if (isTyping(event) || event.defaultPrevented) return;
    const all = items(), at = all.indexOf(inHand);
    const step = NEXT.has(event.key) ? 1 : BEFORE.has(event.key) ? -1 : 0;
    const button = [...(inHand?.querySelectorAll("button[data-press]") ?? [])].find((one) => one.dataset.press.split(" ").includes(event.key));
    if (step && all.length) go(all[Math.min(Math.max(at + step, 0), all.length - 1)]);
    else if (button && !button.disabled) answer(inHand, button, false);
    else if (others[event.key]) others[event.key]();
    else return;
    event.preventDefault();
  });

  take(items().find(isOpen) ?? items()[0] ?? null);
  return { go, next, now: () => inHand };
};

/** Do what is to be saved of an item one after the other, so that each knows the change before it. */
export const inTurn = (item, act) => {
  const before = item.turn ?? Promise.resolve();
  item.turn = before.then(act, act);
  return item.turn;
};

/** Say at an item what became of it. */
export const sayAt = (item, words, isBad = false) => {
  const said = item.querySelector(".said");
  said.textContent = words;
  said.classList.toggle("bad", isBad);
};
