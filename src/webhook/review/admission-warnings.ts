import type { Notice } from '../../inject/types.ts';

/** The API server cuts a warning off after this many characters. */
const longest = 256;
/** It also cuts all warnings of a request together at 4096, and other webhooks may want some of that. */
const most = 8;

/**
 * The engine's notices as admission warnings, which `kubectl` prints. They travel in an HTTP header, so the
 * API server drops any that holds a control character; those become blanks here.
 */
export function toAdmissionWarnings(notices: readonly Notice[]): readonly string[] {
  if (notices.length === 0) return none;
  const warnings = notices
    .slice(0, most)
    .map(({ message }) => shortened(message.replace(control, ' ')));
  return warnings.filter((warning) => warning !== '');
}

const none: readonly string[] = [];
const control = /[\p{Cc}\u2028\u2029]+/gu;

function shortened(message: string): string {
  if (message.length <= longest) return message;
  const characters = Array.from(message);
  return characters.length <= longest ? message : `${characters.slice(0, longest - 1).join('')}…`;
}
