import { day } from '../../certs/clock.ts';
import type { CertificateFacts } from './certificate-facts.ts';

/** A certificate for people, some lines without an end. */
export function describeCertificate(facts: CertificateFacts, now: Date): string {
  const rows: readonly (readonly [name: string, value: string])[] = [
    ['subject', facts.subject || 'none'],
    ['names', facts.names.join(', ') || 'none'],
    ['issuer', facts.issuer === facts.subject ? 'itself' : facts.issuer],
    ['valid', `${facts.notBefore} to ${facts.notAfter}: ${validity(facts, now)}`],
    ['for', facts.authority ? 'signing certificates' : 'serving'],
    ['key', facts.key],
    ['SHA-256', facts.fingerprint],
  ];
  const title =
    facts.position === 1 ? facts.source : `${facts.source}, certificate ${facts.position}`;
  return [title, ...rows.map(([name, value]) => `  ${name.padEnd(8)} ${value}`)].join('\n');
}

function validity({ state, notBefore, notAfter }: CertificateFacts, now: Date): string {
  switch (state) {
    case 'valid':
      return `${days(now, new Date(notAfter))} left`;
    case 'expired':
      return `expired ${days(new Date(notAfter), now)} ago`;
    case 'not yet valid':
      return `not valid for another ${days(now, new Date(notBefore))}`;
  }
}

function days(from: Date, to: Date): string {
  const count = Math.floor((to.getTime() - from.getTime()) / day);
  return count === 1 ? '1 day' : `${count} days`;
}
