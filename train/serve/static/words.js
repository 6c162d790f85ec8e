// Choosing words by keyboard: a cursor that goes from word to word, and widens with Shift.

/**
 * Give the words that a key leads to; `anchor` and `head` are the numbers of the first and the last word chosen, and Home and
 * End lead to those of `sentence`. Marks such as a comma or a quotation mark are passed over, but not when the choice is widened.
 */
export const moved = (words, { anchor, head }, key, shift, sentence) => {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[key];
  let next = head + step;
  if (key === "Home") next = words.findIndex((word) => word.start >= sentence.start);
  if (key === "End") next = words.findLastIndex((word) => word.end <= sentence.end);
  while (step && !shift && words[next] && !words[next].isWord) next += step;
  if (!words[next]) next = head;
  return shift ? { anchor, head: next } : { anchor: next, head: next };
};

/** Give the span of the words between two, whichever comes first. */
export const spanOf = (words, { anchor, head }) => ({ start: words[Math.min(anchor, head)].start, end: words[Math.max(anchor, head)].end });

/**
 * Give what a sentence has beside some spans, as spans without the spaces and the commas, full stops and colons at their ends; a
 * quotation mark stays with its words.
 */
export const restOf = (words, sentence, spans) => {
  const taken = spans.filter(Boolean), pieces = [[]];
  for (const word of words) {
    if (word.start < sentence.start || word.end > sentence.end) continue;
    if (taken.some((span) => word.start < span.end && word.end > span.start)) pieces.push([]);
    else pieces.at(-1).push(word);
  }
  return pieces.flatMap((piece) => {
    while (piece.length && piece.at(-1).isPause) piece.pop();
    while (piece.length && piece[0].isPause) piece.shift();
    return piece.some((word) => word.isWord) ? [{ start: piece[0].start, end: piece.at(-1).end }] : [];
  });
};

/** Mark words as a part of an attribution; marking the same words again takes the mark away. */
export const marked = (one, part, span) => {
  const same = (other) => other && other.start === span.start && other.end === span.end;
  if (part !== "content") return { ...one, [part]: same(one[part]) ? null : span };
  const rest = (one.content ?? []).filter((other) => other.end <= span.start || other.start >= span.end);
  const again = (one.content ?? []).some(same);
  return { ...one, content: again ? rest : [...rest, span].sort((a, b) => a.start - b.start) };
};
