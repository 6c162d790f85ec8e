// What the head of every page tells of teaching, so that it can be left alone while it goes on.

import { onChanges } from "./common.js";

const link = document.getElementById("teach-state");

onChanges(({ teach }) => {
  link.hidden = !teach;
  if (teach && link.textContent !== teach.said) link.textContent = teach.said;
});
