// Labels of a sentence, of our own scheme and of columns of the project.

const OURS = ["kind", "source_type", "bias"];

/** Give a label of a sentence, of our scheme or of a column of the project. */
export const labelOf = (labels, column) => (OURS.includes(column) ? labels[column] : labels.own?.[column]) ?? null;

/** Give what a change sets for labels of some columns. */
export const setOf = (labels) => {
  const set = {};
  for (const [column, label] of Object.entries(labels)) {
    if (OURS.includes(column)) set[column] = label;
    else set.own = { ...set.own, [column]: label };
  }
  return set;
};
