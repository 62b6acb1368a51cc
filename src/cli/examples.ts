/** The examples at the end of a command's help: a command line and what it is for. */
export function examples(list: readonly (readonly [line: string, purpose: string])[]): string {
  const blocks = list.map(([line, purpose]) => `  # ${purpose}\n  ${line}`);
  return `\nExamples:\n${blocks.join('\n\n')}`;
}
