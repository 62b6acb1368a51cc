import { goQuote } from '../fmt/go-quote.ts';
import type { ListNode, ParsedTemplate } from './nodes.ts';
import { type KnownFunctions, ParseContext } from './parse-context.ts';
import { StatementParser } from './parse-statement.ts';

const onlyBlanks = /^\p{White_Space}*$/u;

/** True for a body of nothing but blanks and comments: it never takes another's place. */
function isEmptyBody(root: ListNode): boolean {
  return root.nodes.every((node) => node.kind === 'text' && onlyBlanks.test(node.text));
}

/**
 * Parses a text into the templates that it holds: the one named `name`, and those of its defines and blocks.
 *
 * @param functions - tells which function names the text may use.
 * @throws TemplateParseError with Go's message when the text does not follow the grammar.
 */
export function parseTemplateText(
  name: string,
  text: string,
  functions: KnownFunctions,
): Map<string, ParsedTemplate> {
  const templates = new Map<string, ParsedTemplate>();
  const context = new ParseContext(name, text, functions);
  const add = (defined: string, root: ListNode): void => {
    const known = templates.get(defined);
    if (known === undefined || isEmptyBody(known.root)) {
      templates.set(defined, { name: defined, parseName: name, text, root });
    } else if (!isEmptyBody(root)) {
      // Go repeats "template:" here (parse.go, Tree.add).
      context.fail(`template: multiple definition of template ${goQuote(defined)}`);
    }
  };
  add(name, new StatementParser(context, { add }).parseTopLevel());
  return templates;
}

/**
 * Adds what one more text defines to a set of templates: a later definition takes the place of an earlier
 * one of the same name, unless it is empty.
 */
export function addTemplates(
  set: Map<string, ParsedTemplate>,
  parsed: ReadonlyMap<string, ParsedTemplate>,
): void {
  for (const [name, template] of parsed) {
    if (!set.has(name) || !isEmptyBody(template.root)) set.set(name, template);
  }
}
