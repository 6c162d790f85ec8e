// Offsets of the server count code points of the article's text; JavaScript counts UTF-16 units. An emoji is one and two.

/** How many code points a text has. */
export const length = (text) => {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
};

/** A text that is asked for by code points. */
export class Text {
  #units = [];

  constructor(text) {
    this.text = text;
    let at = 0;
    for (const character of text) {
      this.#units.push(at);
      at += character.length;
    }
    this.#units.push(at);
  }

  /** How many code points it has. */
  get length() { return this.#units.length - 1; }

  /** The place in UTF-16 units of one in code points. */
  units(points) { return this.#units[Math.min(Math.max(points, 0), this.length)]; }

  /** The place in code points of one in UTF-16 units; inside of a character it is the character's. */
  points(units) {
    let low = 0, high = this.length;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.#units[middle] <= units) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  /** The words between two places in code points. */
  slice(start, end) { return this.text.slice(this.units(start), this.units(end)); }

  /** Where each word, and each mark that stands alone, begins and ends, in code points. */
  words(start = 0, end = this.length) {
    const from = this.units(start), found = [];
    for (const match of this.slice(start, end).matchAll(WORD)) {
      const first = this.points(from + match.index);
      found.push({ start: first, end: first + length(match[0]), isWord: LETTER.test(match[0]), isPause: PAUSE.test(match[0]) });
    }
    return found;
  }
}

const WORD = /[\p{L}\p{N}\p{M}]+(?:[’'.,-][\p{L}\p{N}\p{M}]+)*|[^\s]/gu;

const LETTER = /[\p{L}\p{N}]/u;

const PAUSE = /^[,.;:–—-]$/u;

/** Widen a span to whole words; null where no word is touched. */
export const snapped = (words, start, end) => {
  const touched = words.filter((word) => word.start < end && word.end > start);
  return touched.length ? { start: touched[0].start, end: touched[touched.length - 1].end } : null;
};
