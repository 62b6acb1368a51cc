/** Exports: {@link createInjector}, {@link Injector}, {@link InjectorOptions}. */
import { isJsonObject, type JsonObject } from '../json.ts';
import { createPatch, DecodeError, decode } from '../merge/index.ts';
import { structSchema } from '../schema/index.ts';
import type { InjectionConfiguration } from './config/injection-configuration.ts';
import { decide } from './decide/decide.ts';
import { unreplacedImages } from './hints/image-auto.ts';
import { initContainersWithoutNetwork } from './hints/init-network.ts';
import { noticesFor } from './hints/notices.ts';
import { type InjectorMode, injectPod } from './inject-pod.ts';
import type { Pod } from './pod.ts';
import { failureOf, inStage } from './refusal.ts';
import { createOverlayReader, forgetfulReader } from './render/overlay-reader.ts';
import type { Decision, InjectFailure, InjectRequest, InjectResult } from './types.ts';

/** Answers the one question: given this pod, what patch? */
export interface Injector {
  /** Pure and total: never throws, whatever JSON the pod is, and never changes it. */
  inject(request: InjectRequest): InjectResult;
  /** The first half of {@link inject} alone. */
  decide(request: InjectRequest): Decision;
}

const podSchema = structSchema('Pod');

/** How an injector works; what it answers does not depend on it. */
export interface InjectorOptions {
  /** Learn from pods how to do the next ones with less work; true by default. */
  readonly learn?: boolean;
}

/** Makes an injector that goes by one configuration. Cheap: everything costly was done for the latter. */
export function createInjector(
  configuration: InjectionConfiguration,
  mode: InjectorMode = 'webhook',
  { learn = true }: InjectorOptions = {},
): Injector {
  const readOverlay = learn ? createOverlayReader() : forgetfulReader;
  const judge = (pod: JsonObject, { namespace, namespaceStep }: InjectRequest): Decision => {
    if (namespaceStep === undefined) return decide(pod, namespace, configuration.decision);
    if (namespaceStep.outcome === 'skip') {
      return { inject: false, reason: namespaceStep.reason, steps: [namespaceStep] };
    }
    const decision = decide(pod, namespace, configuration.decision);
    return { ...decision, steps: [namespaceStep, ...decision.steps] };
  };
  return {
    decide(request) {
      const { pod, namespace } = request;
      try {
        return judge(readPod(pod, namespace, mode), request);
      } catch {
        return judge(pod, request);
      }
    },
    inject(request) {
      const { pod, namespace } = request;
      let base: Pod;
      try {
        base = readPod(pod, namespace, mode);
      } catch (thrown) {
        return { outcome: 'failed', decision: judge(pod, request), error: unreadable(thrown) };
      }
      const decision = judge(base, request);
      if (!decision.inject) {
        return { outcome: 'skipped', decision, notices: noticesFor(base, decision) };
      }
      try {
        const injected = injectPod(base, request, configuration, mode, readOverlay);
        const { templates } = injected;
        const notices = [
          ...injected.notices,
          ...noticesFor(base, decision, injected.facts),
          ...unreplacedImages(injected.pod),
          ...initContainersWithoutNetwork(base, injected.pod),
        ];
        const patch = inStage('patch', () =>
          createPatch(podSchema, pod, injected.base, injected.pod),
        );
        return { outcome: 'injected', decision, patch, templates, notices };
      } catch (thrown) {
        return { outcome: 'failed', decision, error: failureOf('process', thrown) };
      }
    },
  };
}

/** The request's pod in normal form: no managed fields, and a namespace if the request has one. */
function readPod(pod: JsonObject, namespace: string, mode: InjectorMode): Pod {
  const offline = mode === 'offline';
  const { metadata } = pod;
  let read = pod;
  if (isJsonObject(metadata)) {
    const { managedFields, ...rest } = metadata;
    if (!offline && namespace !== '' && !rest['namespace']) {
      read = { ...pod, metadata: { ...rest, namespace } };
    } else if (managedFields !== undefined) {
      read = { ...pod, metadata: rest };
    }
  } else if (!offline && namespace !== '' && (metadata ?? null) === null) {
    read = { ...pod, metadata: { namespace } };
  }
  return decode(podSchema, read, { coerceScalars: offline });
}

function unreadable(thrown: unknown): InjectFailure {
  const failure = failureOf('decode', thrown);
  return thrown instanceof DecodeError ? { ...failure, subject: thrown.path } : failure;
}
