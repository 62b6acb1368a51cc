/**
 * A layout of Go's `time.Format`, cut into elements: parts of the reference time
 * `Mon Jan 2 15:04:05 MST 2006` and text between them.
 */
export type LayoutElement =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'field'; readonly text: string }
  /** `.000` exact digits, `.999` without trailing zeros; a comma may stand for the point. */
  | { readonly kind: 'fraction'; readonly text: string; readonly exact: boolean };

const field =
  /January|Jan(?![a-z])|Monday|Mon(?![a-z])|MST|002|0[1-6]|15|1|2006|2|__2|_2(?!006)|3|4|5|PM|pm|[-Z]07(?:00(?:00)?|:00(?::00)?)?|[.,](?:0+|9+)(?![0-9])/g;

/** Layouts are few and written in templates. */
const known = new Map<string, readonly LayoutElement[]>();
const mostKnown = 200;

/** The elements of a layout. */
export function layoutElements(layout: string): readonly LayoutElement[] {
  let elements = known.get(layout);
  if (elements === undefined) {
    elements = splitLayout(layout);
    if (known.size >= mostKnown) known.clear();
    known.set(layout, elements);
  }
  return elements;
}

function splitLayout(layout: string): readonly LayoutElement[] {
  const elements: LayoutElement[] = [];
  let done = 0;
  for (const { 0: text, index } of layout.matchAll(field)) {
    if (index > done) elements.push({ kind: 'text', text: layout.slice(done, index) });
    elements.push(
      /^[.,]/.test(text)
        ? { kind: 'fraction', text, exact: text.charAt(1) === '0' }
        : { kind: 'field', text },
    );
    done = index + text.length;
  }
  if (done < layout.length) elements.push({ kind: 'text', text: layout.slice(done) });
  return elements;
}
