/** Exports: {@link lintConfiguration}, {@link ConfigurationFinding}. */
import type { FunctionMap } from '../gotemplate/index.ts';
import { parseGoYaml } from '../goyaml/index.ts';
import type { InjectorConfig } from '../inject/config/injector-config.ts';
import { compileSelector } from '../inject/decide/label-selector.ts';
import type { KnownValues } from '../settings/known-values.ts';
import type { Finding } from './finding.ts';
import { lintTemplate } from './lint-template.ts';
import { modelRuns } from './model-run.ts';

/** A finding about a template of a configuration, or about the configuration itself. */
export interface ConfigurationFinding extends Omit<Finding, 'rule'> {
  readonly rule: Finding['rule'] | 'configuration' | 'unread-setting';
  /** The key of the template, when it is about one. */
  readonly template?: string;
}

/** Looks for mistakes in a configuration whose parts have been read without an error. */
export function lintConfiguration(
  config: InjectorConfig,
  values: string,
  mesh: string,
  functions: FunctionMap,
  known: KnownValues,
): readonly ConfigurationFinding[] {
  const runs = modelRuns(parseGoYaml(values), mesh, false);
  const settings = { functions, known, runs };
  return [
    ...ownFindings(config),
    ...[...config.templates].flatMap(([template, text]) =>
      lintTemplate(text, settings).map((finding) => ({ ...finding, template })),
    ),
  ];
}

function ownFindings(config: InjectorConfig): ConfigurationFinding[] {
  const { policy, templates, aliases, defaultTemplates } = config;
  const problem = (severity: 'error' | 'warning', message: string): ConfigurationFinding => ({
    rule: 'configuration',
    severity,
    message,
  });
  const found: ConfigurationFinding[] = [];
  if (policy === '') {
    found.push(
      problem('warning', 'no policy is set: the webhook injects nothing, kube-inject everything'),
    );
  } else if (policy !== 'enabled' && policy !== 'disabled') {
    found.push(
      problem(
        'error',
        `the policy is ${JSON.stringify(policy)}, neither enabled nor disabled: nothing is injected`,
      ),
    );
  }
  for (const name of defaultTemplates) {
    if (!templates.has(name) && !aliases.has(name)) {
      found.push(problem('error', `defaultTemplates: there is no template ${name}`));
    }
  }
  for (const [alias, names] of aliases) {
    for (const name of names) {
      if (!templates.has(name)) {
        found.push(problem('error', `aliases: ${alias} stands for ${name}, which is no template`));
      }
    }
  }
  for (const key of ['neverInjectSelector', 'alwaysInjectSelector'] as const) {
    for (const [at, selector] of config[key].entries()) {
      const compiled = compileSelector(selector);
      if (compiled.kind === 'usable') continue;
      const why = compiled.kind === 'invalid' ? compiled.problem : 'it is empty';
      found.push(problem('warning', `${key}[${at}] is passed over: ${why}`));
    }
  }
  return found;
}
