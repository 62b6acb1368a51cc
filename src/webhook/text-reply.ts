/** Headers of every plain-text answer; browsers must not take an echoed text for a page. */
export const textHeaders = {
  'content-type': 'text/plain; charset=utf-8',
  'x-content-type-options': 'nosniff',
} as const;
