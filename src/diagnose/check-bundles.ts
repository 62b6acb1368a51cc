import { pemCertificates } from '../certs/pem-certificates.ts';
import type { Check } from './check.ts';
import type { InjectionWebhook } from './injection-webhooks.ts';

const repair =
  'The injector keeps caBundle right by itself: look into its log for caBundle. With --no-manage-webhook it is yours to fill in.';

/** Whether every webhook has certificates to verify the injector by, and they are valid. */
export function checkBundles(
  webhooks: readonly Pick<InjectionWebhook, 'configuration' | 'entry' | 'bundle'>[],
  now: Date,
): Check {
  const name = 'ca-bundle';
  for (const { configuration, entry, bundle } of webhooks) {
    const where = `caBundle of webhook ${entry} in ${configuration}`;
    if (bundle.trim() === '') {
      return { name, state: 'failed', detail: `${where} is empty`, todo: repair };
    }
    try {
      const usable = pemCertificates(bundle, where).filter(
        ({ parsed }) => parsed.validFromDate <= now && now < parsed.validToDate,
      );
      if (usable.length > 0) continue;
      return {
        name,
        state: 'failed',
        detail: `no certificate in ${where} is valid now`,
        todo: repair,
      };
    } catch (error) {
      const detail = error instanceof Error ? error.message : String(error);
      return { name, state: 'failed', detail: `${where}: ${detail}`, todo: repair };
    }
  }
  return { name, state: 'ok', detail: 'every webhook has a valid caBundle' };
}
