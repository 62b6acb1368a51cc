import { annotations as names } from '../annotations.ts';
import { findSidecar } from '../container-place.ts';
import { annotationsOf, withAnnotation } from '../pod.ts';
import { isSecurePort } from '../prometheus-annotations.ts';
import type { PostprocessStep } from './step.ts';

const variable = 'ENVOY_SECURE_MERGED_METRICS_PORT';

/**
 * Announces the port on which the proxy serves the merged metrics over mutual TLS, when it has one and
 * the user named none (`pkg/kube/inject/webhook.go`).
 */
export const announceSecurePort: PostprocessStep = (pod) => {
  if (Object.keys(annotationsOf(pod)).some(isSecurePort)) return pod;
  const port = findSidecar(pod)?.container.env?.find(
    ({ name, value = '' }) => name === variable && value !== '' && value !== '0',
  )?.value;
  return port === undefined ? pod : withAnnotation(pod, names.prometheusSecurePort, port);
};
