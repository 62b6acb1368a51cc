/**
 * The configuration in force. Exports: {@link ConfigurationHolder}, {@link InForce}, {@link Refusal},
 * {@link ConfigurationHooks}, {@link ConfigurationStatus}, {@link ConfigurationParts}.
 */
import type { Logger } from 'pino';
import type { OutriggerError } from '../errors.ts';
import type { InjectionConfiguration } from '../inject/config/injection-configuration.ts';
import { createInjector, type Injector } from '../inject/index.ts';
import type { MeshConfig, ProxyConfigResources } from '../mesh/index.ts';
import { type Coalesced, type CoalescingTimes, coalesce } from './coalesce.ts';
import { LastGood, type Offered } from './last-good.ts';
import {
  type InjectorPart,
  lenientMesh,
  makeInjectorPart,
  makeMeshPart,
  type ServingSettings,
} from './make-configuration.ts';
import { hashOf, type InjectorTexts, placeText, type Source, type SourceText } from './source.ts';
import { stampConfiguration } from './stamp-configuration.ts';

/** A configuration that pods are injected by. */
export interface InForce {
  readonly configuration: InjectionConfiguration;
  readonly injector: Injector;
  /** When it took over. */
  readonly since: Date;
}

/** A change that was not taken over. */
export interface Refusal {
  readonly part: 'injector' | 'mesh';
  /** For people: the files, or the ConfigMap. */
  readonly source: string;
  /** What is wrong and where, in one line. */
  readonly reason: string;
  readonly error: OutriggerError;
  readonly at: Date;
}

/** Told about every reload: metrics and Events. They must not throw. */
export interface ConfigurationHooks {
  /** The sources are good: this is what they say. Also when they are back to what was in force all the time. */
  accepted?(inForce: InForce): void;
  refused?(refusal: Refusal): void;
}

/** For metrics and diagnosis. */
export interface ConfigurationStatus {
  readonly inForce: InForce | undefined;
  /** The last reload that came to an end; undefined when there was none. */
  readonly lastReload: { readonly ok: boolean; readonly at: Date } | undefined;
  /** What the sources say now and is not in force. */
  readonly refusals: readonly Refusal[];
}

/** Where each part of the configuration comes from. */
export interface ConfigurationParts {
  readonly injector: Source<InjectorTexts>;
  /** Lowest first; nothing at all means Istio's defaults. */
  readonly mesh: Source<readonly SourceText[]>;
  readonly proxyConfigs?: Source<ProxyConfigResources | undefined> | undefined;
}

/** What a holder needs. */
export interface HolderOptions {
  readonly parts: ConfigurationParts;
  readonly settings: ServingSettings;
  /** Leave the hash of the configuration on every pod. */
  readonly stamp?: boolean;
  readonly logger: Logger;
  /** Tries a configuration out before it takes over; what it returns is logged as warnings. */
  readonly inspect?: (candidate: InForce) => readonly string[];
  readonly hooks?: ConfigurationHooks;
  /** What is wrong from the start is thrown, not waited out. */
  readonly mustBeGood?: boolean;
  readonly times?: CoalescingTimes;
}

const consequences = {
  later: 'a change of the configuration is refused; the last good one stays in force',
  injector: 'the configuration is refused; no pod can be injected',
  mesh: "the mesh configuration is refused; Istio's defaults hold in its place",
};

/** Together well below the second in which a change has to count. */
const defaultTimes: CoalescingTimes = { quietMs: 100, mostMs: 500 };

/**
 * Makes configurations out of what the sources say, and swaps the one in force for the next when that is good.
 * The injector's part (configuration and values) and the mesh's are independent, as they are for Istio: a
 * mistake in one does not keep a change of the other from taking effect.
 */
export class ConfigurationHolder {
  readonly #options: HolderOptions;
  readonly #injector: LastGood<InjectorTexts, InjectorPart>;
  readonly #mesh: LastGood<readonly SourceText[], MeshConfig>;
  readonly #reload: Coalesced;
  readonly #refusals = new Map<Refusal['part'], Refusal>();
  #lastReload: ConfigurationStatus['lastReload'];
  #inForce: InForce | undefined;
  #started = false;
  #meshFallback: ReturnType<typeof lenientMesh> | undefined;

  /** @throws OutriggerError when something is wrong that must be good */
  constructor(options: HolderOptions) {
    const { parts, settings } = options;
    this.#options = options;
    this.#injector = new LastGood({
      fingerprint: ({ config, values }) => hashOf([config.text, values.text]),
      make: (texts) => makeInjectorPart(texts, settings),
    });
    this.#mesh = new LastGood({
      fingerprint: (texts) => hashOf(texts.map(({ text }) => text)),
      make: makeMeshPart,
    });
    this.#reload = coalesce(() => this.#load(), options.times ?? defaultTimes);
    for (const source of [parts.injector, parts.mesh, parts.proxyConfigs]) {
      source?.listen(() => this.#reload.ask());
    }
    this.#load();
    this.#started = true;
  }

  /** What pods are injected by; undefined while there is nothing good. */
  get inForce(): InForce | undefined {
    return this.#inForce;
  }

  /** Why there is no configuration; empty when there is one. */
  readiness(): readonly string[] {
    if (this.#inForce !== undefined) return [];
    const { injector, mesh, proxyConfigs } = this.#options.parts;
    const waiting: string[] = [];
    for (const source of [injector, mesh, proxyConfigs]) {
      const reading = source?.read();
      if (reading?.state === 'waiting') waiting.push(reading.reason);
    }
    const wrong = [...this.#refusals.values()].map(({ reason }) => reason);
    const reasons = [...waiting.map((reason) => `waiting for ${reason}`), ...wrong];
    return reasons.length > 0 ? reasons : ['the configuration is being read'];
  }

  status(): ConfigurationStatus {
    return {
      inForce: this.#inForce,
      lastReload: this.#lastReload,
      refusals: [...this.#refusals.values()],
    };
  }

  /** Changes do not count any more; the configuration stays in force. The sources are their maker's to stop. */
  stop(): void {
    this.#reload.stop();
  }

  #load(): void {
    const { parts } = this.#options;
    const offered = {
      injector: this.#injector.offer(parts.injector.read()),
      mesh: this.#mesh.offer(parts.mesh.read()),
    };
    this.#settle('injector', offered.injector, this.#injector.error);
    this.#settle('mesh', offered.mesh, this.#mesh.error);
    const next = this.#compose();
    const backToGood = offered.injector === 'accepted' || offered.mesh === 'accepted';
    if (next !== undefined) this.#swap(next);
    else if (backToGood && this.#inForce !== undefined) this.#accept(this.#inForce);
  }

  /** The configuration that the parts make now; undefined when one is missing or nothing has changed. */
  #compose(): InjectionConfiguration | undefined {
    const { parts } = this.#options;
    const injector = this.#injector.good;
    const mesh = this.#mesh.good ?? this.#meshAtStart();
    const resources = parts.proxyConfigs?.read() ?? { state: 'there', value: undefined };
    if (injector === undefined || mesh === undefined || resources.state === 'waiting') {
      return undefined;
    }
    const before = this.#inForce?.configuration;
    const proxyConfigResources =
      resources.state === 'there' ? resources.value : before?.proxyConfigResources;
    if (
      before !== undefined &&
      before.config === injector.result.config &&
      before.mesh === mesh.result &&
      before.proxyConfigResources === proxyConfigResources
    ) {
      return undefined;
    }
    const { config, values } = injector.value;
    // An absent mesh configuration counts as an empty one.
    const meshTexts = mesh.value.length === 0 ? [''] : mesh.value.map(({ text }) => text);
    return {
      ...injector.result,
      mesh: mesh.result,
      proxyConfigResources,
      hash: hashOf([config.text, values.text, ...meshTexts]),
    };
  }

  /** There never was a good mesh configuration: what is wrong is left out, as Istio does. */
  #meshAtStart(): ReturnType<typeof lenientMesh> | undefined {
    if (this.#mesh.error === undefined) return undefined;
    const reading = this.#options.parts.mesh.read();
    this.#meshFallback ??= lenientMesh(reading.state === 'there' ? reading.value : []);
    return this.#meshFallback;
  }

  #swap(configuration: InjectionConfiguration): void {
    const { logger, inspect, stamp } = this.#options;
    const before = this.#inForce;
    const injector = createInjector(stamp ? stampConfiguration(configuration) : configuration);
    if (before?.configuration.hash === configuration.hash) {
      // Resources change all the time, and are none of the configuration's own texts.
      this.#inForce = { configuration, injector, since: before.since };
      logger.debug('other ProxyConfig resources are in force');
      return;
    }
    const candidate = { configuration, injector, since: new Date() };
    for (const warning of inspect?.(candidate) ?? []) logger.warn(warning);
    this.#inForce = candidate;
    if (before !== undefined) {
      logger.info({ hash: configuration.hash }, 'another configuration is in force');
    }
    this.#accept(candidate);
  }

  #accept(inForce: InForce): void {
    this.#lastReload = { ok: this.#refusals.size === 0, at: new Date() };
    this.#options.hooks?.accepted?.(inForce);
  }

  #settle(part: Refusal['part'], offered: Offered, error: OutriggerError | undefined): void {
    if (error === undefined) this.#refusals.delete(part);
    else if (offered === 'refused') this.#refuse(part, error);
  }

  #refuse(part: Refusal['part'], error: OutriggerError): void {
    if (!this.#started && this.#options.mustBeGood) throw error;
    const source = this.#options.parts[part].description;
    const place = placeText(error.place) || source;
    const at = new Date();
    const refusal = { part, source, reason: `${place}: ${error.message}`, error, at };
    this.#refusals.set(part, refusal);
    this.#lastReload = { ok: false, at };
    const hashInForce = this.#inForce?.configuration.hash;
    this.#options.logger.error(
      { part, source, error: refusal.reason, hint: error.hint, hashInForce },
      consequences[hashInForce !== undefined ? 'later' : part],
    );
    this.#options.hooks?.refused?.(refusal);
  }
}
