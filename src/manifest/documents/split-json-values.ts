/**
 * Splits a text that is JSON values one after another (`{…}{…}`, as some tools print them) after each
 * value. Any other text comes back whole. Blanks belong to the value before them.
 */
export function splitJsonValues(text: string): string[] {
  if (!/^\ufeff?(?:---[ \t]*(?:#[^\n]*)?\r?\n)?\s*[{]/.test(text)) return [text];
  const values: string[] = [];
  let start = 0;
  let from = text.indexOf('{');
  for (;;) {
    const end = endOfObject(text, from);
    if (end === undefined || !isJson(text.slice(from, end))) return [text];
    const next = nextText(text, end);
    if (next === undefined) return [...values, text.slice(start)];
    if (text[next] !== '{') return [text];
    values.push(text.slice(start, next));
    start = next;
    from = next;
  }
}

/** The offset after the object that begins at `from`; undefined when it does not end. */
function endOfObject(text: string, from: number): number | undefined {
  const marks = /["{}]/g;
  marks.lastIndex = from;
  let depth = 0;
  for (let mark = marks.exec(text); mark; mark = marks.exec(text)) {
    if (mark[0] === '"') {
      const end = endOfString(text, mark.index);
      if (end === undefined) return undefined;
      marks.lastIndex = end;
    } else if (mark[0] === '{') {
      depth++;
    } else if (--depth === 0) {
      return mark.index + 1;
    }
  }
  return undefined;
}

function endOfString(text: string, from: number): number | undefined {
  let end = text.indexOf('"', from + 1);
  while (end >= 0) {
    let backslashes = 0;
    while (text[end - 1 - backslashes] === '\\') backslashes++;
    if (backslashes % 2 === 0) return end + 1;
    end = text.indexOf('"', end + 1);
  }
  return undefined;
}

function nextText(text: string, from: number): number | undefined {
  const mark = /\S/g;
  mark.lastIndex = from;
  return mark.exec(text)?.index;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
