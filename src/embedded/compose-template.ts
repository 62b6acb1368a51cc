/**
 * Templates made of shared blocks. Exports: {@link composeTemplate}, {@link readBlocks}, {@link Block}.
 */

/** A named block of templates/parts, with the comment above it. */
export interface Block {
  readonly name: string;
  readonly text: string;
}

/** A comment directly above, the definition, and its end at the start of a line. */
const definition =
  /(?:^\{\{- \/\*(?:(?!\*\/)[\s\S])*\*\/ ?-?\}\}\n)?^\{\{- define "([^"]+)" \}\}\n[\s\S]*?^\{\{- end \}\}\n/gm;
const invocation = /\{\{-?\s*template\s+"([^"]+)"/g;

/** The blocks of a file, in its order. */
export function readBlocks(file: string): readonly Block[] {
  return [...file.matchAll(definition)].map(([text, name = '']) => ({ name, text }));
}

/**
 * Puts behind a template the blocks that it uses, itself or through others, in the order in which a reader comes
 * upon their names. The result stands alone, as Istio parses each template by itself.
 */
export function composeTemplate(template: string, blocks: readonly Block[]): string {
  const used = new Map<string, Block>();
  const use = (text: string): void => {
    for (const [, name = ''] of text.matchAll(invocation)) {
      const block = blocks.find((candidate) => candidate.name === name);
      if (block === undefined || used.has(name)) continue;
      used.set(name, block);
      use(block.text);
    }
  };
  use(template);
  return [template, ...[...used.values()].map(({ text }) => text)].join('\n');
}
