import type { Logger } from 'pino';
import type { ApiServer } from '../kube/api-server.ts';
import type { PatchRecorder } from './bundle/bundle-keeper.ts';
import type { OurService } from './bundle/our-webhooks.ts';
import type { UseCertificate } from './certificate-source.ts';
import type { Clock } from './clock.ts';

/** What every source of certificates needs. */
export interface Surroundings {
  readonly clock: Clock;
  /** Gives numbers from 0 to 1. */
  readonly random: () => number;
  readonly logger: Logger;
  readonly use: UseCertificate;
}

/** The webhook configurations that call us. */
export interface ClusterWebhooks {
  readonly api: ApiServer;
  /** Of this injector; empty for the default one. */
  readonly revision: string;
  readonly service: OurService;
  /** Whether to keep `caBundle` right; else it is only read. */
  readonly manage: boolean;
  readonly recorder?: PatchRecorder;
}
