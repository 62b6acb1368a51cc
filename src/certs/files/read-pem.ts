import { readFile } from 'node:fs/promises';
import { getSystemErrorMessage } from 'node:util';
import { OutriggerError } from '../../errors.ts';
import { joinCertificates, pemCertificates } from '../pem-certificates.ts';

/**
 * Reads a text file.
 *
 * @param what is in it, for the error
 * @throws OutriggerError `OUTRIGGER_FILE`
 */
export async function readPem(file: string, what: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    const { errno } = cause as NodeJS.ErrnoException;
    const detail = errno === undefined ? String(cause) : getSystemErrorMessage(errno);
    throw new OutriggerError('OUTRIGGER_FILE', `the ${what} cannot be read: ${detail}`, {
      place: { file },
      hint: 'Check the path, and that this user may read the file.',
      cause,
    });
  }
}

/**
 * Reads the certificate authorities in a file: PEM text with nothing else in it.
 *
 * @throws OutriggerError `OUTRIGGER_FILE` when it cannot be read, `OUTRIGGER_CERTIFICATE` when there is none in it
 */
export async function readAuthorityFile(file: string): Promise<string> {
  const certificates = pemCertificates(await readPem(file, 'certificate authority'), file);
  if (certificates.length === 0) {
    throw new OutriggerError('OUTRIGGER_CERTIFICATE', 'there is no certificate in PEM form', {
      place: { file },
      hint: 'It must hold a block that starts with -----BEGIN CERTIFICATE-----.',
    });
  }
  return joinCertificates(...certificates.map(({ pem }) => pem));
}
