/**
 * A pod template as a pod, and the way back from that pod to the object. Exports: {@link TemplateParts},
 * {@link partsOf}, {@link podOf}, {@link ownerMeta}, {@link movedPatch}, {@link movedNotice},
 * {@link movedFailure}.
 */
import type { JsonObject, JsonValue } from '../../json.ts';
import type { InjectFailure, Notice, OwnerMeta, PatchOperation } from '../types.ts';
import { memberAt, type TemplatePath, templatePathText } from './template-path.ts';
import { metadataText, type TemplatePlace, typeOf } from './workload-kinds.ts';

/** The object's own kind, name and namespace. */
export function ownerMeta(object: JsonObject): OwnerMeta {
  return {
    ...typeOf(object),
    name: metadataText(object, 'name'),
    namespace: metadataText(object, 'namespace'),
  };
}

/** The two members of a pod, and where they stand in the object. */
export interface TemplateParts {
  readonly metadata: JsonValue | undefined;
  readonly metadataPath: TemplatePath;
  readonly spec: JsonValue | undefined;
  readonly specPath: TemplatePath;
}

/** Takes a template apart. */
export function partsOf(
  object: JsonObject,
  template: JsonObject,
  place: TemplatePlace,
): TemplateParts {
  return {
    metadata: memberAt(object, place.metadata),
    metadataPath: place.metadata,
    spec: template['spec'],
    specPath: [...place.template, 'spec'],
  };
}

/** The pod that stands for a template. */
export function podOf({ metadata, spec }: TemplateParts): JsonObject {
  return {
    ...(metadata === undefined ? {} : { metadata }),
    ...(spec === undefined ? {} : { spec }),
  };
}

/** A notice about the pod, as one about the object. */
export function movedNotice(notice: Notice, { metadataPath, specPath }: TemplateParts): Notice {
  const [member, ...rest] = notice.path ?? [];
  if (member !== 'metadata' && member !== 'spec') return notice;
  return { ...notice, path: [...(member === 'metadata' ? metadataPath : specPath), ...rest] };
}

/**
 * A patch of the pod, as one of what holds the object at `pointer`. A template may also say what a whole pod
 * says (`kind: Pod`, `status`); a pod template has no place for that (`pkg/kube/inject/inject.go`, IntoObject).
 */
export function movedPatch(
  patch: readonly PatchOperation[],
  { metadataPath, specPath }: TemplateParts,
  pointer: string,
): PatchOperation[] {
  const metadata = `${pointer}${pointerOf(metadataPath)}`;
  const spec = `${pointer}${pointerOf(specPath)}`;
  const moved: PatchOperation[] = [];
  for (const operation of patch) {
    const { path } = operation;
    if (isAtOrBelow(path, '/metadata')) {
      moved.push({ ...operation, path: metadata + path.slice('/metadata'.length) });
    } else if (isAtOrBelow(path, '/spec')) {
      moved.push({ ...operation, path: spec + path.slice('/spec'.length) });
    }
  }
  return moved;
}

function isAtOrBelow(path: string, place: string): boolean {
  return path.startsWith(place) && (path.length === place.length || path[place.length] === '/');
}

/** A failure of the pod, as one of the object. */
export function movedFailure(failure: InjectFailure, parts: TemplateParts): InjectFailure {
  const { stage, subject } = failure;
  if (stage !== 'decode' || subject === undefined) return failure;
  const [member, path] = subject.startsWith('metadata')
    ? ['metadata', parts.metadataPath]
    : ['spec', parts.specPath];
  return { ...failure, subject: `${templatePathText(path)}${subject.slice(member.length)}` };
}

function pointerOf(path: TemplatePath): string {
  return path.map((member) => `/${member.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}
