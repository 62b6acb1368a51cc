/** A line of a file. */
export interface FoundLine {
  /** Counting from 1. */
  readonly line: number;
  readonly text: string;
  /** How many columns further to the right it stands than in the part. */
  readonly indent: number;
}

/** Lines before and after that have to be the same, too. */
const context = 3;

/**
 * Finds line `line` of a part (a template, say) in the file that holds it somewhere, indented. Undefined
 * when there is no such place or more than one: no line is better than a wrong one.
 */
export function findLine(file: string, part: string, line: number): FoundLine | undefined {
  const partLines = part.split('\n').map((text) => text.trimEnd());
  const fileLines = file.split('\n').map((text) => text.trimEnd());
  const wanted = partLines[line - 1];
  if (wanted === undefined) return undefined;
  const from = Math.max(0, line - 1 - context);
  const to = Math.min(partLines.length, line + context);
  const needle = partLines.slice(from, to).map((text) => text.trimStart());
  const places: number[] = [];
  for (let start = 0; start + needle.length <= fileLines.length; start++) {
    if (needle.every((text, index) => fileLines[start + index]?.trimStart() === text)) {
      places.push(start + line - 1 - from);
    }
  }
  const [place] = places;
  const text = place === undefined ? undefined : fileLines[place];
  if (place === undefined || text === undefined || places.length > 1) return undefined;
  return { line: place + 1, text, indent: text.search(/\S|$/) - wanted.search(/\S|$/) };
}
