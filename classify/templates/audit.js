"use strict";
(() => {
  const table = document.getElementById("sources"), tools = document.getElementById("tools");
  if (!table) return;
  const body = table.tBodies[0], heads = [...table.tHead.rows[0].cells];
  const rows = [...body.rows].map((row, place) => ({ row, place, words: row.textContent.toLowerCase() }));
  const select = tools.elements.sort;
  let sorted = null, direction = 1;

  const figure = (text) => text === "–" ? 0 : Number(text.replace(/[^0-9.]/g, ""));
  const value = (row, k) => {
    const cell = row.cells[k];
    if (heads[k].classList.contains("n")) return figure(cell.textContent);
    return (k ? cell : cell.querySelector("a, .who")).textContent.toLowerCase();
  };
  const compare = (a, b) => a.by < b.by ? -1 : a.by > b.by ? 1 : 0;
  const show = () => {
    heads.forEach((head, k) => {
      if (k === sorted) head.setAttribute("aria-sort", direction > 0 ? "ascending" : "descending");
      else head.removeAttribute("aria-sort");
    });
    for (const r of rows) r.by = sorted === null ? r.place : value(r.row, sorted);
    rows.sort((a, b) => direction * compare(a, b) || a.place - b.place);
    body.remove();  // so that the page is laid out once
    body.append(...rows.map((r) => r.row));
    table.append(body);
    select.value = sorted === null ? "" : sorted;
  };
  const sort = (k, way) => { sorted = k; direction = way; show(); };
  const first = (k) => heads[k].classList.contains("n") ? -1 : 1;

  const filter = () => {
    const wanted = tools.elements.words.value.toLowerCase().split(/\s+/).filter(Boolean);
    let count = 0;
    for (const r of rows) {
      r.row.hidden = !wanted.every((word) => r.words.includes(word));
      count += !r.row.hidden;
    }
    const all = rows.length.toLocaleString("en"), n = count.toLocaleString("en");
    tools.elements.count.textContent = count === rows.length ? `${all} source${rows.length === 1 ? "" : "s"}` : `${n} of ${all} sources`;
  };

  select.append(new Option("most words", ""));
  heads.forEach((head, k) => {
    const name = head.textContent, button = document.createElement("button");
    button.type = "button";
    button.append(name);
    button.addEventListener("click", () => sort(k, sorted === k ? -direction : first(k)));
    head.replaceChildren(button);
    select.append(new Option(name.toLowerCase(), k));
  });
  select.addEventListener("change", () => select.value === "" ? sort(null, 1) : sort(Number(select.value), first(Number(select.value))));
  tools.elements.words.addEventListener("input", filter);
  tools.addEventListener("submit", (event) => event.preventDefault());
  tools.hidden = false;
  filter();
})();
