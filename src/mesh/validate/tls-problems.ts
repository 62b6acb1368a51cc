import type { Message } from '../message.ts';

/** Numbers of `istio.networking.v1alpha3.ClientTLSSettings.TLSmode`. */
const simple = 1;
const mutual = 2;

/** The members of ClientTLSSettings that the checks read; absent is empty. */
interface ClientTls extends Message {
  readonly mode?: number;
  readonly clientCertificate?: string;
  readonly privateKey?: string;
  readonly caCertificates?: string;
  readonly credentialName?: string;
  readonly subjectAltNames?: readonly string[];
  readonly insecureSkipVerify?: boolean;
  readonly caCrl?: string;
}

/** What is wrong with TLS settings (`ValidateTLS` of pkg/config/validation/agent/validation.go). */
export function tlsProblems(settings: Message): readonly string[] {
  const tls = settings as ClientTls;
  const problems: string[] = [];
  if (tls.credentialName?.startsWith('configmap://')) {
    // Such a name must be of the namespace of its resource, and a mesh config is of none.
    problems.push(
      'invalid configmap:// credentialName: namespace must match the configuration namespace ""',
    );
  }
  if (tls.insecureSkipVerify === true) {
    const verifies = Boolean(tls.caCertificates) || tls.subjectAltNames !== undefined;
    if (tls.mode === simple && (verifies || tls.credentialName)) {
      problems.push(
        'cannot specify CaCertificates or CredentialName or SubjectAltNames when InsecureSkipVerify is set true',
      );
    }
    if (tls.mode === mutual && verifies) {
      problems.push(
        'cannot specify CaCertificates or SubjectAltNames when InsecureSkipVerify is set true',
      );
    }
  }
  if ((tls.mode === simple || tls.mode === mutual) && tls.credentialName) {
    if (tls.clientCertificate || tls.caCertificates || tls.privateKey || tls.caCrl) {
      problems.push(
        'cannot specify client certificates or CA certificate or CA CRL If credentialName is set',
      );
    }
    return problems;
  }
  if (tls.mode === mutual) {
    if (!tls.clientCertificate) problems.push('client certificate required for mutual tls');
    if (!tls.privateKey) problems.push('private key required for mutual tls');
  }
  return problems;
}
