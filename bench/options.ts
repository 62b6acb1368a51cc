import { parseArgs } from 'node:util';

/** What can be measured by itself; a soak has to be asked for. */
export const sections = ['engine', 'webhook', 'program', 'growth'] as const;

/** One of {@link sections}. */
export type Section = (typeof sections)[number];

/** What the command line asks for. */
export interface BenchOptions {
  readonly only: readonly Section[];
  readonly quick: boolean;
  readonly compare: boolean;
  readonly writeBaseline: boolean;
  /** Number of injections; undefined for no soak. */
  readonly soak: number | undefined;
  /** Folder with the configuration to inject by. */
  readonly settings: string | undefined;
  /** The program's file; undefined to build it. */
  readonly program: string | undefined;
  readonly json: string | undefined;
}

export const usage = `Usage: npm run bench [-- OPTION …]

Measures Outrigger against a bare HTTPS server and a bare Node.js, in one run.

  --only SECTION,…     of ${sections.join(', ')}
  --quick              fewer and shorter rounds, smaller inputs
  --compare            compare with bench/baseline.json; exit with 1 at a regression over 15 %
  --write-baseline     put the figures of this run into bench/baseline.json
  --soak N             only N injections over HTTPS, and what they do to memory
  --settings FOLDER    inject by the configuration in a folder (Istio's two ConfigMaps, or config.yaml,
                       values.yaml and mesh.yaml) instead of the one that comes with Outrigger
  --program FILE       measure this build, such as dist/outrigger.js, instead of building the sources
  --json FILE          write the figures here instead of to .tmp/bench/result.json
`;

/** Reads the command line. Throws an Error that says what is wrong with it. */
export function readOptions(args: readonly string[]): BenchOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      only: { type: 'string' },
      quick: { type: 'boolean', default: false },
      compare: { type: 'boolean', default: false },
      'write-baseline': { type: 'boolean', default: false },
      soak: { type: 'string' },
      settings: { type: 'string' },
      program: { type: 'string' },
      json: { type: 'string' },
    },
  });
  const { quick, compare, settings, program, json } = values;
  const soak = values.soak === undefined ? undefined : Number(values.soak);
  if (soak !== undefined && !(Number.isSafeInteger(soak) && soak >= 100)) {
    throw new Error('--soak takes a number of at least 100');
  }
  const only = values.only === undefined ? sections : values.only.split(',').map(sectionOf);
  return {
    only: soak === undefined ? only : [],
    quick,
    compare,
    writeBaseline: values['write-baseline'],
    soak,
    settings,
    program,
    json,
  };
}

function sectionOf(name: string): Section {
  const section = sections.find((candidate) => candidate === name);
  if (section === undefined) throw new Error(`--only takes ${sections.join(', ')}, not ${name}`);
  return section;
}
