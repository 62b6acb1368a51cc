/** Random overlays for pods: what a template may render, with directives and mistakes that it may make. */
import fc from 'fast-check';
import { isJsonObject, type JsonObject, type JsonValue } from '../../src/json.ts';
import { pod } from './pod.ts';

/** Lists that are merged by a key, by the name of the member that holds them. */
const mergeKeys: { readonly [member: string]: string } = {
  containers: 'name',
  initContainers: 'name',
  ephemeralContainers: 'name',
  volumes: 'name',
  imagePullSecrets: 'name',
  hostAliases: 'ip',
  env: 'name',
  ports: 'containerPort',
  volumeMounts: 'mountPath',
  ownerReferences: 'uid',
};

/** Draws small whole numbers; decides where an overlay gets a directive. */
type Draw = (limit: number) => number;

function withDirectives(value: JsonValue, draw: Draw, member = ''): JsonValue {
  if (Array.isArray(value)) {
    const elements = value.map((element) => withDirectives(element, draw));
    const mergeKey = mergeKeys[member];
    if (mergeKey === undefined || draw(5) !== 0) return elements;
    const victim = elements.find(isJsonObject)?.[mergeKey] ?? 'alpha';
    const directive =
      draw(3) === 0 ? { $patch: 'replace' } : { [mergeKey]: victim, $patch: 'delete' };
    return [...elements.slice(draw(2)), directive];
  }
  if (!isJsonObject(value)) return value;
  const out: JsonObject = Object.create(null);
  for (const key of Object.keys(value)) {
    const inner = value[key] as JsonValue;
    out[key] = draw(25) === 0 ? null : withDirectives(inner, draw, key);
    const mergeKey = mergeKeys[key];
    if (Array.isArray(inner) && mergeKey !== undefined && draw(12) === 0) {
      const order = inner
        .filter(isJsonObject)
        .map((each) => ({ [mergeKey]: each[mergeKey] ?? '' }));
      out[`$setElementOrder/${key}`] = draw(4) === 0 ? order.reverse() : order;
    }
  }
  if (draw(30) === 0) out['$patch'] = draw(4) === 0 ? 'delete' : 'replace';
  if (draw(40) === 0) out['$retainKeys'] = Object.keys(value).slice(draw(2));
  if (draw(60) === 0) out['$deleteFromPrimitiveList/finalizers'] = ['alpha'];
  return JSON.parse(JSON.stringify(out));
}

/** An overlay that says nothing but what a pod may say. */
export const plainOverlay: fc.Arbitrary<JsonObject> = pod;

/** An overlay with directives and nulls strewn over it; many of them are refused by the merge. */
export const overlay: fc.Arbitrary<JsonObject> = fc
  .tuple(pod, fc.infiniteStream(fc.nat({ max: 0x7fffffff })))
  .map(([base, stream]) => {
    const draw: Draw = (limit) => (stream.next().value as number) % limit;
    return withDirectives(base, draw) as JsonObject;
  });
