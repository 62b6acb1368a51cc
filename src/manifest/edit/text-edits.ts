/** A replacement of the text between two offsets; an insertion when they are the same. */
export interface TextEdit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/**
 * Applies edits to a text. Edits at the same place keep the order they were made in. Undefined when two
 * of them overlap, which means that something larger has to be written anew.
 */
export function applyTextEdits(text: string, edits: readonly TextEdit[]): string | undefined {
  const parts: string[] = [];
  let position = 0;
  for (const edit of inOrder(edits)) {
    if (edit.start < position) return undefined;
    parts.push(text.slice(position, edit.start), edit.text);
    position = edit.end;
  }
  parts.push(text.slice(position));
  return parts.join('');
}

/** Edits in the order of the text. */
export function inOrder(edits: readonly TextEdit[]): readonly TextEdit[] {
  // Sorting is stable, and an insertion at the end of a removal comes after it because it starts later.
  return edits.toSorted((a, b) => a.start - b.start || a.end - b.end);
}
