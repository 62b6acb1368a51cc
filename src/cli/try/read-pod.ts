import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { getSystemErrorMessage } from 'node:util';
import { parse } from 'yaml';
import { OutriggerError } from '../../errors.ts';
import { isJsonObject, type JsonObject } from '../../json.ts';
import type { CliContext } from '../context.ts';

/**
 * Reads a pod from a file, or from stdin when the name is `-`: YAML or JSON.
 *
 * @throws OutriggerError `OUTRIGGER_FILE`, `OUTRIGGER_YAML`, or `OUTRIGGER_MANIFEST` when it is not one pod
 */
export async function readPod(file: string, context: CliContext): Promise<JsonObject> {
  const pod = parseYaml(file === '-' ? await text(context.stdin) : await read(file), file);
  if (!isJsonObject(pod) || pod['kind'] !== 'Pod') {
    const kind = isJsonObject(pod) ? String(pod['kind']) : 'none';
    throw new OutriggerError('OUTRIGGER_MANIFEST', `a Pod is expected, the kind is ${kind}`, {
      place: { file },
      hint: 'The webhook sees pods only. For other workloads there is kube-inject.',
    });
  }
  return pod;
}

async function read(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    const { errno } = cause as NodeJS.ErrnoException;
    const detail = errno === undefined ? String(cause) : getSystemErrorMessage(errno);
    throw new OutriggerError('OUTRIGGER_FILE', `cannot be read: ${detail}`, {
      place: { file },
      hint: 'Check the path, and that this user may read the file.',
      cause,
    });
  }
}

function parseYaml(source: string, file: string): unknown {
  try {
    return parse(source);
  } catch (cause) {
    const detail = cause instanceof Error ? cause.message : String(cause);
    throw new OutriggerError('OUTRIGGER_YAML', detail.trimEnd(), { place: { file }, cause });
  }
}
