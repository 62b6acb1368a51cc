import { ApiError } from '../../kube/api-error.ts';
import { bundleHas } from './our-webhooks.ts';
import type { WebhookStore } from './webhook-store.ts';

/** Whether every webhook that calls us trusts this certificate (PEM); false, too, when we may not know. */
export async function isTrusted(webhooks: WebhookStore, certificate: string): Promise<boolean> {
  try {
    const configurations = await webhooks.list();
    return configurations.every((configuration) =>
      configuration.webhooks.every(({ bundle }) => bundleHas(bundle, certificate)),
    );
  } catch (error) {
    if (error instanceof ApiError) return false;
    throw error;
  }
}
