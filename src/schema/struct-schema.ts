import { parseStruct } from './notation.ts';
import { container } from './tables/container.ts';
import { injection } from './tables/injection.ts';
import { jobs } from './tables/jobs.ts';
import { metadata } from './tables/metadata.ts';
import { openshift } from './tables/openshift.ts';
import { pod } from './tables/pod.ts';
import { probe } from './tables/probe.ts';
import { scheduling } from './tables/scheduling.ts';
import { security } from './tables/security.ts';
import { storage } from './tables/storage.ts';
import { volumes } from './tables/volumes.ts';
import { workloads } from './tables/workloads.ts';
import type { StructSchema } from './types.ts';

const tables = [
  metadata,
  pod,
  container,
  probe,
  security,
  volumes,
  storage,
  scheduling,
  workloads,
  jobs,
  openshift,
  injection,
];

interface Entry {
  readonly goName: string | undefined;
  readonly text: string;
}

/** Every struct's text by name; read only when the struct is asked for. */
const entries = new Map<string, Entry>();
for (const table of tables) {
  for (const [key, text] of Object.entries(table)) {
    const [name = key, goName] = key.split(' as ');
    entries.set(name, { goName, text });
  }
}

const parsed = new Map<string, StructSchema>();

/** The struct of that name in the table, such as `Pod` or `ObjectMeta`. Throws a RangeError for others. */
export function structSchema(name: string): StructSchema {
  let schema = parsed.get(name);
  if (schema === undefined) {
    const entry = entries.get(name);
    if (entry === undefined) throw new RangeError(`the type table has no struct ${name}`);
    schema = parseStruct(name, entry.goName, entry.text, structSchema);
    parsed.set(name, schema);
  }
  return schema;
}

/** Names of all structs in the table. */
export function structNames(): string[] {
  return [...entries.keys()];
}

/** The struct that Go calls so, such as `v1.Pod`; of two with one name, the one in Kubernetes itself. */
export function structByGoName(goName: string): StructSchema | undefined {
  const short = goName.startsWith('v1.') ? goName.slice(3) : '';
  if (entries.get(short)?.goName === undefined && entries.has(short)) return structSchema(short);
  for (const [name, entry] of entries) {
    if (entry.goName === goName) return structSchema(name);
  }
  return undefined;
}

/** True when some field of the table has that named string type, such as `v1.DNSPolicy`. */
export function isNamedString(goName: string): boolean {
  const short = goName.startsWith('v1.') ? goName.slice(3) : goName;
  const mark = `~${short}`;
  return [...entries.values()].some(({ text }) =>
    text.split(/[\s,]+/).some((word) => word.endsWith(mark)),
  );
}
