/**
 * The normal-form pod as the engine's own steps read it. Only members that code looks at are declared;
 * everything else is there as plain JSON. Pods are never changed in place: they share structure with the
 * request's object and with each other.
 */
import type { JsonObject } from '../json.ts';

/** A pod in normal form, as `decode` of `src/merge` gives it. */
export interface Pod extends JsonObject {
  readonly metadata?: PodMetadata;
  readonly spec?: PodSpec;
}

/** `metadata` of a pod. */
export interface PodMetadata extends JsonObject {
  readonly name?: string;
  readonly generateName?: string;
  readonly namespace?: string;
  readonly labels?: TextMap;
  readonly annotations?: TextMap;
}

/** A map of strings whose keys come from users: look keys up with `Object.hasOwn` unless they are fixed. */
export interface TextMap extends JsonObject {
  readonly [key: string]: string;
}

/** `spec` of a pod. */
export interface PodSpec extends JsonObject {
  readonly containers?: Container[];
  readonly initContainers?: Container[];
  readonly volumes?: Named[];
  readonly imagePullSecrets?: Named[];
  readonly nodeName?: string;
}

/** A list element with a name; Go's zero value is the empty string. */
export interface Named extends JsonObject {
  readonly name?: string;
}

/** A container or init container. */
export interface Container extends JsonObject {
  readonly name?: string;
  readonly image?: string;
  readonly args?: string[];
  readonly env?: EnvVar[];
  readonly ports?: ContainerPort[];
  readonly securityContext?: SecurityContext;
  readonly livenessProbe?: Probe;
  readonly readinessProbe?: Probe;
  readonly startupProbe?: Probe;
  readonly lifecycle?: Lifecycle;
}

/** An environment variable; `valueFrom` is not declared because nothing reads it. */
export interface EnvVar extends JsonObject {
  readonly name?: string;
  readonly value?: string;
}

/** A port that a container names. */
export interface ContainerPort extends JsonObject {
  readonly name?: string;
  readonly containerPort?: number;
}

/** `securityContext` of a container. */
export interface SecurityContext extends JsonObject {
  readonly runAsUser?: number;
  readonly runAsGroup?: number;
}

/** `lifecycle` of a container. */
export interface Lifecycle extends JsonObject {
  readonly preStop?: Handler;
  readonly postStart?: Handler;
}

/** What Kubernetes can call in a container; at most one of the members is meant to be there. */
export interface Handler extends JsonObject {
  readonly httpGet?: HttpGet;
  readonly tcpSocket?: TcpSocket;
  readonly grpc?: JsonObject;
}

/** A probe: a handler and how often to call it. */
export interface Probe extends Handler {
  readonly timeoutSeconds?: number;
}

/** An HTTP request to make; a textual port is the name of one. */
export interface HttpGet extends JsonObject {
  readonly path?: string;
  readonly port?: number | string;
  readonly scheme?: string;
}

/** A TCP connection to open. */
export interface TcpSocket extends JsonObject {
  readonly port?: number | string;
}

/** The two lists of a pod that hold containers a template can make. */
export type ContainerList = 'containers' | 'initContainers';

/** Both lists, the regular one first. */
export const containerLists = ['containers', 'initContainers'] as const satisfies ContainerList[];

/** The name of a container; Go reads a missing one as empty. */
export function nameOf(element: Named): string {
  return element.name ?? '';
}

/** One of a pod's container lists; empty when the pod has none. */
export function containersOf(pod: Pod, list: ContainerList): Container[] {
  return pod.spec?.[list] ?? noContainers;
}

/** A pod's annotations; empty when it has none. */
export function annotationsOf(pod: Pod): TextMap {
  return pod.metadata?.annotations ?? noText;
}

/** A pod's labels; empty when it has none. */
export function labelsOf(pod: Pod): TextMap {
  return pod.metadata?.labels ?? noText;
}

/** The pod with one of its container lists exchanged; no init containers at all rather than none. */
export function withContainers(pod: Pod, list: ContainerList, containers: Container[]): Pod {
  if (list === 'initContainers' && containers.length === 0) {
    const { initContainers: _, ...rest } = pod.spec ?? {};
    return { ...pod, spec: rest };
  }
  return { ...pod, spec: { ...pod.spec, [list]: containers } };
}

/** The pod with other annotations. */
export function withAnnotations(pod: Pod, annotations: TextMap): Pod {
  return { ...pod, metadata: { ...pod.metadata, annotations } };
}

/** The pod with one annotation set. */
export function withAnnotation(pod: Pod, name: string, value: string): Pod {
  return withAnnotations(pod, { ...annotationsOf(pod), [name]: value });
}

const noContainers: Container[] = [];
const noText: TextMap = Object.freeze({});
