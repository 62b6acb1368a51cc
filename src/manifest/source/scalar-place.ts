import {
  CHOMPING_KEEP,
  type EVENT_SCALAR,
  type parseEvents,
  SCALAR_STYLE_DOUBLE_QUOTED,
  SCALAR_STYLE_FOLDED_BLOCK,
  SCALAR_STYLE_LITERAL_BLOCK,
  SCALAR_STYLE_SINGLE_QUOTED,
} from 'js-yaml';
import { skipBlank } from './skip-blank.ts';
import type { SourceScalar } from './source-node.ts';

type ScalarEvent = Extract<ReturnType<typeof parseEvents>[number], { type: typeof EVENT_SCALAR }>;

/**
 * Where a scalar stands, with its quotes or its block header. `from` is where its properties, or what comes
 * before it, end.
 */
export function scalarPlace(
  text: string,
  event: ScalarEvent,
  from: number,
): Pick<SourceScalar, 'style' | 'contentStart' | 'end'> {
  if (event.valueStart < 0) return { style: 'empty', contentStart: from, end: from };
  switch (event.style) {
    case SCALAR_STYLE_SINGLE_QUOTED:
      return { style: 'single', contentStart: event.valueStart - 1, end: event.valueEnd + 1 };
    case SCALAR_STYLE_DOUBLE_QUOTED:
      return { style: 'double', contentStart: event.valueStart - 1, end: event.valueEnd + 1 };
    case SCALAR_STYLE_LITERAL_BLOCK:
    case SCALAR_STYLE_FOLDED_BLOCK: {
      const end =
        event.chomping === CHOMPING_KEEP
          ? event.valueEnd
          : withoutBlankLines(text, event.valueStart, event.valueEnd);
      return { style: 'block', contentStart: skipBlank(text, from, ''), end };
    }
    default:
      return { style: 'plain', contentStart: event.valueStart, end: event.valueEnd };
  }
}

/** The end of the last line between `from` and `end` that is not blank. */
function withoutBlankLines(text: string, from: number, end: number): number {
  const lastText = from + text.slice(from, end).trimEnd().length;
  const lineEnd = text.indexOf('\n', lastText);
  return lineEnd < 0 || lineEnd >= end ? end : lineEnd + 1;
}
