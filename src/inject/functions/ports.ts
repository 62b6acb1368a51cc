/** Functions on ports and containers (`pkg/kube/inject/template.go`). Exports: {@link portFunctions}. */
import {
  anyType,
  type FunctionMap,
  formatValue,
  type GoSlice,
  stringType,
} from '../../gotemplate/index.ts';
import { sliceOf } from '../../gotemplate/value/model.ts';
import { goType } from '../../schema/index.ts';
import { sidecarName } from '../container-place.ts';

interface RawContainer {
  readonly name?: string;
  readonly ports?: readonly { readonly containerPort?: number; readonly protocol?: string }[];
}

/** The type `[]v1.Container`. */
export const containersType = sliceOf(goType('v1.Container'));

/** The containers of a list, as the pod holds them. */
export function rawContainers(list: GoSlice): readonly RawContainer[] {
  return (list.items ?? []) as readonly RawContainer[];
}

function portsOf(containers: readonly RawContainer[]): string {
  return containers
    .flatMap(({ ports = [] }) => ports)
    .filter(({ protocol }) => protocol !== 'UDP' && protocol !== 'SCTP')
    .map(({ containerPort = 0 }) => String(containerPort))
    .join(',');
}

/** The list with one more port, unless there is nothing to add or it is there already. */
function excludeInboundPort(port: unknown, list: string): string {
  const text = formatValue(port).trim();
  if (text === '' || text === '0') return list;
  const items = list.split(',');
  if (items.includes(text)) return list;
  return [...items.map((item) => item.trim()).filter((item) => item !== ''), text].join(',');
}

export const portFunctions: FunctionMap = {
  excludeInboundPort: { in: [anyType, stringType], out: stringType, call: excludeInboundPort },
  /** Container ports of all containers that take TCP. */
  includeInboundPorts: {
    in: [containersType],
    out: stringType,
    call: (containers: GoSlice) => portsOf(rawContainers(containers)),
  },
  /** The same without the proxy's own. */
  applicationPorts: {
    in: [containersType],
    out: stringType,
    call: (containers: GoSlice) =>
      portsOf(rawContainers(containers).filter(({ name }) => name !== sidecarName)),
  },
  kubevirtInterfaces: { in: [stringType], out: stringType, call: (text: string) => text },
  excludeInterfaces: { in: [stringType], out: stringType, call: (text: string) => text },
};
