/** Exports: {@link markedTemplate}, {@link MarkedTemplate}. */
import { builtins } from '../../gotemplate/builtins/builtins.ts';
import { type FunctionMap, parseTemplate } from '../../gotemplate/index.ts';
import { markedFunctions } from './marked-functions.ts';
import { Marks } from './marks.ts';

/** The language's own functions that look into text. Those that the compiler itself evaluates must stay its own. */
const { and: _, or: __, call: ___, ...comparing } = builtins;

/** A template that runs on data with marked text. */
export interface MarkedTemplate {
  /** @throws TemplateExecError, as the template itself would */
  execute(data: unknown, marks: Marks): string;
}

/** Compiles a template that is known to parse, for data with marks. */
export function markedTemplate(name: string, text: string, functions: FunctionMap): MarkedTemplate {
  // A run is never interrupted by another, so one place for its marks is enough.
  let current = new Marks(0);
  const template = parseTemplate(name, text, {
    functions: markedFunctions({ ...comparing, ...functions }, () => current),
  });
  return {
    execute(data, marks) {
      current = marks;
      return template.execute(data);
    },
  };
}
