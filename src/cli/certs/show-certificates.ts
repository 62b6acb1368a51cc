import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { pemCertificates } from '../../certs/pem-certificates.ts';
import { servedChain } from '../../certs/served-chain.ts';
import { OutriggerError } from '../../errors.ts';
import { fileError, readTextFile } from '../configuration/read-text-file.ts';
import type { CliContext } from '../context.ts';
import { type CertificateFacts, certificateFacts } from './certificate-facts.ts';
import type { ShowOptions } from './certs-options.ts';
import { describeCertificate } from './describe-certificate.ts';
import { parseAddress } from './parse-address.ts';

/**
 * Prints what is in certificates: of a file, of the files of a folder, or of a server.
 *
 * @param targets paths, or `host:port`
 * @throws OutriggerError when a target cannot be read, or there is no certificate in it
 */
export async function showCertificates(
  targets: readonly string[],
  options: ShowOptions,
  context: CliContext,
  now: Date,
): Promise<void> {
  const facts: CertificateFacts[] = [];
  for (const target of targets) facts.push(...(await factsOf(target, now)));
  context.stdout.write(
    options.output === 'json'
      ? `${JSON.stringify(facts, undefined, 2)}\n`
      : `${facts.map((fact) => describeCertificate(fact, now)).join('\n\n')}\n`,
  );
}

async function factsOf(target: string, now: Date): Promise<readonly CertificateFacts[]> {
  const address = existsSync(target) ? undefined : parseAddress(target);
  if (address !== undefined) {
    const { chain } = await servedChain(address);
    return chain.map((certificate, index) => certificateFacts(certificate, target, index + 1, now));
  }
  const facts = filesOf(target).flatMap((file) =>
    pemCertificates(readTextFile(file), file).map(({ parsed }, index) =>
      certificateFacts(parsed, file, index + 1, now),
    ),
  );
  if (facts.length > 0) return facts;
  throw new OutriggerError('OUTRIGGER_CERTIFICATE', 'there is no certificate in PEM form', {
    place: { file: target },
    hint: "Make some with 'outrigger certs create', or name another file, folder or host:port.",
  });
}

/** Of a folder, what looks like certificates by name; keys lie beside them. */
function filesOf(path: string): readonly string[] {
  try {
    if (!statSync(path).isDirectory()) return [path];
    return readdirSync(path)
      .filter((name) => /\.(crt|pem|cer)$/.test(name))
      .sort()
      .map((name) => join(path, name));
  } catch (error) {
    throw fileError(path, error);
  }
}
