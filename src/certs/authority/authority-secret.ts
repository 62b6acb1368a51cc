/**
 * How the certificate authorities are kept in a Secret. It has the form of a TLS Secret, so that one made by
 * hand (`kubectl create secret tls`) is adopted:
 *
 * - `tls.crt`, `tls.key`: the active authority,
 * - `ca.crt`: everything that clients have to trust,
 * - `next.crt`, `next.key`: the authority that is about to take over,
 * - `rotation.json`: the times of the rotation.
 *
 * Exports: {@link readAuthorities}, {@link writeAuthorities}, {@link SecretData}.
 */
import { createPrivateKey } from 'node:crypto';
import { OutriggerError } from '../../errors.ts';
import { isJsonObject, type JsonObject } from '../../json.ts';
import { pemCertificates } from '../pem-certificates.ts';
import {
  type Authority,
  type AuthorityState,
  bundleOf,
  type RetiredAuthority,
  toAuthority,
} from './authority-state.ts';

/** The entries of a Secret, decoded. */
export type SecretData = ReadonlyMap<string, string>;

/**
 * Reads what a Secret holds.
 *
 * @param name of the Secret, for errors
 * @returns undefined when there is nothing in it yet
 * @throws OutriggerError `OUTRIGGER_CERTIFICATE` when its content cannot be used; never quotes it
 */
export function readAuthorities(data: SecretData, name: string): AuthorityState | undefined {
  const certificate = data.get('tls.crt') ?? '';
  const key = data.get('tls.key') ?? '';
  if (certificate.trim() === '' && key.trim() === '') return undefined;
  const active = readAuthority(certificate, key, 'tls', name);
  const rotation = readRotation(data.get('rotation.json'));
  const next = readNext(data, rotation, name);
  const known = new Set([active.fingerprint, next?.authority.fingerprint]);
  const retired = pemCertificates(data.get('ca.crt') ?? '', `ca.crt of Secret ${name}`)
    .filter(({ parsed }) => !known.has(parsed.fingerprint256))
    .map(({ pem, parsed }): RetiredAuthority => {
      const fingerprint = parsed.fingerprint256;
      return {
        certificate: pem,
        fingerprint,
        until: rotation.retired.get(fingerprint) ?? parsed.validToDate,
      };
    });
  return { active, next, retired };
}

/** The entries that {@link readAuthorities} reads. */
export function writeAuthorities(state: AuthorityState): SecretData {
  const { active, next, retired } = state;
  const data = new Map([
    ['tls.crt', active.certificate],
    ['tls.key', active.key],
    ['ca.crt', bundleOf(state)],
  ]);
  if (next !== undefined) {
    data.set('next.crt', next.authority.certificate);
    data.set('next.key', next.authority.key);
  }
  if (next !== undefined || retired.length > 0) {
    const rotation = {
      ...(next?.since !== undefined && { nextSince: next.since.toISOString() }),
      retired: retired.map(({ fingerprint, until }) => ({
        fingerprint,
        until: until.toISOString(),
      })),
    };
    data.set('rotation.json', JSON.stringify(rotation));
  }
  return data;
}

function readNext(data: SecretData, { nextSince }: Rotation, name: string): AuthorityState['next'] {
  const certificate = data.get('next.crt') ?? '';
  if (certificate.trim() === '') return undefined;
  const authority = readAuthority(certificate, data.get('next.key') ?? '', 'next', name);
  return { authority, since: nextSince };
}

function readAuthority(certificate: string, key: string, entry: string, name: string): Authority {
  const [first] = pemCertificates(certificate, `${entry}.crt of Secret ${name}`);
  if (first === undefined) throw unusable(`there is no certificate in ${entry}.crt`, name);
  const { parsed, pem } = first;
  if (!parsed.ca) throw unusable(`the certificate in ${entry}.crt is not an authority's`, name);
  if (!belongs(key, first.parsed))
    throw unusable(`${entry}.key does not belong to ${entry}.crt`, name);
  return toAuthority({ certificate: pem, key });
}

function belongs(key: string, certificate: { checkPrivateKey(key: unknown): boolean }): boolean {
  try {
    return certificate.checkPrivateKey(createPrivateKey(key));
  } catch {
    // The cause could quote the key.
    return false;
  }
}

function unusable(problem: string, name: string): OutriggerError {
  return new OutriggerError('OUTRIGGER_CERTIFICATE', `Secret ${name} cannot be used: ${problem}`, {
    hint: 'Put a certificate authority and its key into tls.crt and tls.key, or delete the Secret to have a new one made.',
  });
}

interface Rotation {
  readonly nextSince: Date | undefined;
  /** By fingerprint. */
  readonly retired: ReadonlyMap<string, Date>;
}

/** What is missing or makes no sense is left out: every time has a safe default. */
function readRotation(text: string | undefined): Rotation {
  const value = parseObject(text ?? '');
  const entries = Array.isArray(value.retired) ? value.retired : [];
  const retired = new Map<string, Date>();
  for (const entry of entries) {
    if (!isJsonObject(entry) || typeof entry.fingerprint !== 'string') continue;
    const until = readDate(entry.until);
    if (until !== undefined) retired.set(entry.fingerprint, until);
  }
  return { nextSince: readDate(value.nextSince), retired };
}

function parseObject(text: string): JsonObject {
  try {
    const value: unknown = JSON.parse(text);
    return isJsonObject(value) ? value : {};
  } catch {
    return {};
  }
}

function readDate(value: unknown): Date | undefined {
  const date = new Date(typeof value === 'string' ? value : Number.NaN);
  return Number.isNaN(date.getTime()) ? undefined : date;
}
