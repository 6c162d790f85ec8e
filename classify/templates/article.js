"use strict";
(() => {
  const form = document.getElementById("filters");
  const inspector = document.getElementById("inspector");
  const hint = inspector.firstElementChild;
  const sentences = [...document.querySelectorAll(".prose .s")];
  const buttons = [...document.querySelectorAll("button[data-speaker]")];
  const counted = sentences.filter((sentence) => !sentence.closest(".headline"));
  const columns = document.querySelectorAll(".strip rect");
  const stances = [...form.querySelectorAll("select[data-target]")];
  let kept = null;

  const show = (sentence) => {
    for (const other of document.querySelectorAll(".s.on")) other.classList.remove("on");
    inspector.classList.toggle("empty", !sentence);
    if (!sentence) return inspector.replaceChildren(hint);
    sentence.classList.add("on");
    const note = document.getElementById("w" + sentence.dataset.n).cloneNode(true);
    const heading = document.createElement("h2");  // no list with a heading of its own is around it here
    heading.append(...note.querySelector("h3").childNodes);
    note.querySelector("h3").replaceWith(heading);
    inspector.className = "panel screen " + note.className;
    inspector.replaceChildren(...note.childNodes);
    if (kept) inspector.append(close);
  };
  const keep = (sentence) => { kept = sentence; show(kept); };
  const close = document.createElement("button");
  close.type = "button";
  close.textContent = "Close";
  close.addEventListener("click", () => keep(null));

  const hasStances = (sentence) => stances.every((select) => {
    if (select.value === "*") return true;
    return JSON.parse(sentence.dataset.stance || "{}")[select.dataset.target]?.label === select.value;
  });

  const filter = () => {
    const data = new FormData(form);
    const kinds = data.getAll("kind"), types = data.getAll("source-type"), speaker = data.get("speaker") ?? "*";
    const least = Number(data.get("confidence")) / 100;
    let count = 0;
    for (const sentence of sentences) {
      const d = sentence.dataset;
      const is = kinds.includes(d.kind) && types.includes(d.sourceType) && Number(d.kindConfidence) >= least
        && (speaker === "*" || speaker === d.speaker) && hasStances(sentence);
      sentence.classList.toggle("off", !is);
      const at = counted.indexOf(sentence);
      columns[at]?.classList.toggle("off", !is);
      count += is && at >= 0;
    }
    form.elements["shown-confidence"].textContent = data.get("confidence") + "\u202f%";
    form.elements.count.textContent = count === counted.length ? count + " sentences" : count + " of " + counted.length + " sentences";
    for (const button of buttons) button.setAttribute("aria-pressed", String(button.dataset.speaker === speaker));
  };

  for (const sentence of sentences) {
    sentence.addEventListener("pointerenter", (event) => { if (event.pointerType === "mouse") show(sentence); });
    sentence.addEventListener("pointerleave", (event) => { if (event.pointerType === "mouse") show(kept); });
    let held = false;
    sentence.addEventListener("pointerdown", () => { held = sentence === kept; });
    sentence.addEventListener("click", (event) => {
      event.preventDefault();
      keep(held && event.detail ? null : sentence);
    });
    sentence.addEventListener("focusin", () => keep(sentence));
  }
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") return keep(null);
    const at = sentences.indexOf(document.activeElement.closest(".prose .s"));
    const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
    if (at < 0 || !step) return;
    let to = at + step;
    while (sentences[to]?.classList.contains("off")) to += step;
    if (!sentences[to]) return;
    event.preventDefault();
    sentences[to].querySelector("a").focus();
  });
  for (const button of buttons) {
    button.addEventListener("click", () => {
      const select = form.elements.speaker, name = button.dataset.speaker;
      const known = [...select.options].some((option) => option.value === name);
      select.value = select.value === name || !known ? "*" : name;
      filter();
    });
  }
  form.addEventListener("input", filter);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(filter));
  const wide = matchMedia("(min-width: 76rem)");
  const unfold = () => { if (wide.matches) document.getElementById("choices").open = true; };
  wide.addEventListener("change", unfold);
  unfold();
  document.documentElement.classList.add("js");
  inspector.hidden = false;
  inspector.classList.add("empty");
  filter();
})();
