import type { Decision, InjectRequest, InjectResult, Notice } from '../../src/inject/types.ts';
import type { PodInjector } from '../../src/webhook/review/review-pod.ts';

export const injectDecision: Decision = {
  inject: true,
  reason: 'label-true',
  steps: [
    {
      rule: 'host network',
      outcome: 'no opinion',
      saw: { field: 'spec.hostNetwork', value: undefined },
    },
    {
      rule: 'inject label',
      outcome: 'inject',
      reason: 'label-true',
      saw: { field: 'metadata.labels["sidecar.istio.io/inject"]', value: 'true' },
    },
  ],
};

export const skipDecision: Decision = {
  inject: false,
  reason: 'policy-disabled',
  steps: [
    {
      rule: 'policy',
      outcome: 'skip',
      reason: 'policy-disabled',
      saw: { field: 'policy', value: 'disabled' },
    },
  ],
};

/** An engine that does what the pod's label `do` says, and writes down what it was asked. */
export class FakeInjector implements PodInjector {
  readonly requests: InjectRequest[] = [];
  notices: Notice[] = [];

  inject(request: InjectRequest): InjectResult {
    this.requests.push(request);
    const metadata = request.pod['metadata'] as { labels?: { do?: string } } | undefined;
    switch (metadata?.labels?.do) {
      case 'skip':
        return { outcome: 'skipped', decision: skipDecision, notices: this.notices };
      case 'fail':
        return {
          outcome: 'failed',
          decision: injectDecision,
          error: {
            stage: 'template',
            message: 'failed to run injection template: bad "<annotation>"',
            subject: 'sidecar.istio.io/proxyCPU',
          },
        };
      case 'throw':
        throw new TypeError('the engine has a hole');
      default:
        return {
          outcome: 'injected',
          decision: injectDecision,
          patch: [
            { op: 'add', path: '/metadata/annotations', value: { 'a/b': 'größer ✓' } },
            { op: 'remove', path: '/spec/nodeName' },
          ],
          templates: ['sidecar'],
          notices: this.notices,
        };
    }
  }
}
