import { hasProxy, injectedRevision } from '../../diagnose/injected-pod.ts';
import { annotations } from '../../inject/annotations.ts';
import { sidecarName } from '../../inject/container-place.ts';
import { readInjectionStatus } from '../../inject/injection-status.ts';
import { isJsonObject, type JsonObject } from '../../json.ts';
import type { Mistake } from '../explanation.ts';
import { proxyImage } from '../injected-result.ts';
import { fieldText } from '../object-name.ts';
import { restart } from '../pod-place.ts';
import type { Findings } from './finder.ts';

const statusField = fieldText(['metadata', 'annotations', annotations.status]);

/** The pod has a sidecar, but not the one that it would get now. */
export function* sidecarState(findings: Findings): Generator<Mistake> {
  const { subject } = findings;
  if (!subject.exists || !subject.injected) return;
  yield* otherRevision(findings);
  yield* handMade(findings);
  yield* removed(findings);
  yield* otherImage(findings);
  if (findings.now !== 'injected') {
    yield {
      code: 'not-again',
      message: 'the pod has a sidecar, but would get none if it were made now',
      object: subject.name,
      remedies: [],
    };
  }
}

function* otherRevision({ subject, gate }: Findings): Generator<Mistake> {
  const revision = injectedRevision(subject.pod);
  const [first] = gate.called;
  if (revision === undefined || first === undefined || first.revision === '') return;
  if (revision === first.revision) return;
  yield {
    code: 'other-revision',
    message: `revision ${revision} injected the pod, and revision ${first.revision} is in charge now`,
    object: subject.name,
    field: statusField,
    remedies: [restart(subject)],
  };
}

function* handMade({ subject }: Findings): Generator<Mistake> {
  if (Object.hasOwn(subject.annotations, annotations.status) || !hasProxy(subject.pod)) return;
  yield {
    code: 'sidecar-without-status',
    message: `the pod has a container ${sidecarName}, but no annotation ${annotations.status}: no injector made it, or somebody took the annotation away`,
    object: subject.name,
    field: statusField,
    remedies: [],
  };
}

function* removed({ subject }: Findings): Generator<Mistake> {
  const status = readInjectionStatus(subject.annotations[annotations.status] ?? '');
  if (status === undefined) return;
  const spec = isJsonObject(subject.pod['spec']) ? subject.pod['spec'] : {};
  const there = new Set([...namesIn(spec, 'containers'), ...namesIn(spec, 'initContainers')]);
  const missing = [...status.containers, ...status.initContainers].filter(
    (name) => !there.has(name),
  );
  if (missing.length === 0) return;
  yield {
    code: 'sidecar-removed',
    message: `by its status annotation the pod was injected, but ${missing.join(', ')} ${missing.length === 1 ? 'is' : 'are'} not there any more: something took ${missing.length === 1 ? 'it' : 'them'} out afterwards`,
    object: subject.name,
    field: statusField,
    remedies: [restart(subject)],
  };
}

function* otherImage({ subject, verdict, now }: Findings): Generator<Mistake> {
  if (now !== 'injected' || verdict === undefined) return;
  const is = proxyImage(subject.pod);
  const would = proxyImage(verdict.injectedPod);
  if (is === undefined || would === undefined || is === would) return;
  yield {
    code: 'sidecar-outdated',
    message: `the proxy runs image ${is}; a pod that is made now gets ${would}`,
    object: subject.name,
    remedies: [restart(subject)],
  };
}

function namesIn(spec: JsonObject, list: string): string[] {
  const containers = Array.isArray(spec[list]) ? spec[list] : [];
  return containers.filter(isJsonObject).map(({ name }) => String(name));
}
