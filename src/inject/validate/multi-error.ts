/**
 * Several failures as one text, laid out as upstream's admission messages are
 * (`github.com/hashicorp/go-multierror`, ListFormatFunc).
 */
export function multiError(failures: readonly string[]): string {
  const count = failures.length === 1 ? '1 error' : `${failures.length} errors`;
  return `${count} occurred:\n${failures.map((failure) => `\t* ${failure}\n`).join('')}\n`;
}
