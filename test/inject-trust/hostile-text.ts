/** Annotation values that got out of their place in one template or another. */
export const attempts: readonly (readonly [name: string, value: string])[] = [
  ['a double quote and a field', '"\n    privileged: true\n    x: "'],
  ['a single quote and a field', "'\n    privileged: true\n    x: '"],
  ['a line break and a field', 'x\n    stdin: true'],
  ['a carriage return and a field', 'x\r    stdin: true'],
  ['a next-line character', 'x\u0085    stdin: true'],
  ['a line separator', 'x\u2028    stdin: true'],
  ['a paragraph separator', 'x\u2029    stdin: true'],
  ['a tab and a mapping', 'x:\ttrue'],
  ['an anchor and an alias', '&a [*a]'],
  ['an alias to an anchor of the template', '*first'],
  ['a comment that cuts off the rest', 'x # '],
  ['a flow mapping', '{stdin: true}'],
  ['a flow list', '[a, b]'],
  ['the end of a flow collection', 'x], stdin: [true'],
  ['one more flow element', 'x, y'],
  ['one more flow member', 'x, stdin: true'],
  ['a document separator', 'x\n---\nspec: {}'],
  ['a document end', 'x\n...\n'],
  ['a directive', '\n%YAML 1.1\n---\nx'],
  ['a tag', '!!binary aGk='],
  ['a tag that makes a set', '!!set {a, b}'],
  ['a block scalar', '|\n      x'],
  ['a folded scalar', '>-\n      x'],
  ['a complex key', '? x\n    : y'],
  ['a list element', 'x\n    - y'],
  ['a nested list', '- x'],
  ['a mapping', 'stdin: true'],
  ['a merge key', '<<: {stdin: true}'],
  ['an escaped quote', '\\"\n    stdin: true\n    x: \\"'],
  ['a backslash that escapes the closing quote', 'x\\'],
  ['a byte order mark', '\ufeffstdin: true'],
  ['a null byte', 'x\0\n    stdin: true'],
  ['a very long value with a quote at its end', `${'x'.repeat(200_000)}"\n    stdin: true`],
  ['very many line breaks', `${'\n    a: b'.repeat(5000)}`],
];

/** Those that only work where the template has indented the text by so many blanks. */
export const indentedAttempts: readonly string[] = [2, 4, 6, 8, 10, 12].flatMap((count) => {
  const line = `\n${' '.repeat(count)}`;
  return [
    `x"${line}- "evil`,
    `x"${line}stdin: true${line}workingDir: "x`,
    `x${line}- evil`,
    `x${line}stdin: true`,
    `x"${line}- name: evil${line}  value: "x`,
    `x${line}- name: evil`,
  ];
});
