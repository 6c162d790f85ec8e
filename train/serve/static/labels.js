// Labels of a sentence, of our own scheme and of columns of the project.

/** Give a value by a name that somebody chose, which may be that of something all objects have; null where there is none. */
export const at = (object, name) => (object && Object.hasOwn(object, name) ? object[name] : null) ?? null;

export const OURS = ["kind", "source_type", "bias"];

/** Give what a column is called in a line of text. */
export const called = (column) => column.replaceAll("_", " ");

/** Give a label of a sentence, of our scheme or of a column of the project. */
export const labelOf = (labels, column) => at(OURS.includes(column) ? labels : labels.own, column);

/** Give what a change sets for labels of some columns. */
export const setOf = (labels) => {
  const set = {};
  for (const [column, label] of Object.entries(labels)) {
    if (OURS.includes(column)) set[column] = label;
    else set.own = { ...set.own, [column]: label };
  }
  return set;
};
