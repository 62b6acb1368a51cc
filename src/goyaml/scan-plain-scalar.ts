import {
  BLANK,
  BREAK,
  COLON,
  characterClass,
  FLOW_STOP,
  HASH,
  SPACE,
  SPACE_OR_END,
  TAB,
} from './characters.ts';
import { GoYamlError } from './error.ts';
import type { ScannedScalar } from './scan-block-scalar.ts';
import { foldBreaks } from './scan-quoted-scalar.ts';
import type { Source } from './source.ts';

/** A plain scalar; the white space after it, which belongs to it, may hold a line break. */
export interface ScannedPlainScalar extends ScannedScalar {
  readonly endsInBreak: boolean;
}

/**
 * Scans a plain scalar that begins at `start`. The end lies after the white space that follows it.
 *
 * @param indent the least column of a continuation line outside of `[]` and `{}`
 */
export function scanPlainScalar(
  source: Source,
  start: number,
  startLine: number,
  indent: number,
  inFlow: boolean,
): ScannedPlainScalar {
  // NUL is class END, so `stop` also ends the loop at the sentinel.
  const stop = inFlow ? SPACE_OR_END | FLOW_STOP : SPACE_OR_END;
  let value = '';
  let lineStart = startLine;
  let pos = start;
  let fold = '';
  for (;;) {
    // One line: everything up to a comment, a `: `, or the break, without the blanks at its end.
    const pieceStart = pos;
    let pieceEnd = pos;
    let code = source.code(pos);
    let bits = characterClass[code] ?? 0;
    for (;;) {
      while ((bits & stop) === 0) {
        if (code === COLON && (source.bits(pos + 1) & SPACE_OR_END) !== 0) {
          break;
        }
        code = source.code(++pos);
        bits = characterClass[code] ?? 0;
      }
      pieceEnd = pos;
      if ((bits & BLANK) === 0) break;
      while ((bits & BLANK) !== 0) {
        code = source.code(++pos);
        bits = characterClass[code] ?? 0;
      }
      if (code === HASH || (bits & SPACE_OR_END) !== 0) break;
      // A lone `:` or a bracket after blanks ends the scalar before the blanks.
      if (inFlow && (bits & FLOW_STOP) !== 0) break;
      if (code === COLON && (source.bits(pos + 1) & SPACE_OR_END) !== 0) {
        break;
      }
    }
    if (pieceEnd > pieceStart) value += fold + source.text.slice(pieceStart, pieceEnd);
    if ((bits & BREAK) === 0) {
      return { value, end: pos, lineStart, endsInBreak: pieceEnd === pieceStart };
    }

    const first = source.breakText(pos);
    let more = '';
    pos = lineStart = source.afterBreak(pos);
    for (;;) {
      code = source.code(pos);
      bits = characterClass[code] ?? 0;
      if ((bits & SPACE) === 0) break;
      if ((bits & BLANK) !== 0) {
        if (code === TAB && pos - lineStart < indent) {
          throw new GoYamlError(
            'found a tab character that violates indentation',
            source.text,
            pos,
          );
        }
        pos++;
      } else {
        more += source.breakText(pos);
        pos = lineStart = source.afterBreak(pos);
      }
    }
    if (
      (!inFlow && pos - lineStart < indent) ||
      code === HASH ||
      code === 0 ||
      (pos === lineStart && source.isDocumentMark(pos))
    ) {
      return { value, end: pos, lineStart, endsInBreak: true };
    }
    fold = foldBreaks(first, more);
  }
}
