import { describe, expect, it } from 'vitest';
import type { GoMethod } from '../../src/gotemplate/value/model.ts';
import {
  GoInt,
  GoMap,
  GoPointer,
  GoSlice,
  type GoStruct,
  wrap,
} from '../../src/gotemplate/value/model.ts';
import {
  defaultProxyConfig,
  durationPointerType,
  mergeProxyConfig,
  meshConfigPointerType,
  meshConfigValue,
  protoToJson,
  proxyConfigPointerType,
  proxyConfigValue,
} from '../../src/mesh/index.ts';

/** Reads a field as the engine does. */
function field(pointer: unknown, name: string): unknown {
  const struct = (pointer as GoPointer).target as GoStruct;
  const found = struct.type.fields?.get(name);
  if (found === undefined) throw new Error(`no field ${name} in ${struct.type.name}`);
  return wrap(found.type, found.read ? found.read(struct.source) : struct.source[found.jsonName]);
}

/** Calls a method as the engine does. */
function call(value: unknown, name: string): unknown {
  const pointer = value instanceof GoPointer;
  const type = pointer ? value.type.elem : (value as GoInt).type;
  const found = type?.methods?.get(name) as GoMethod;
  if (!pointer) expect(found.pointerOnly).toBe(false);
  return found.call(pointer ? value.target : value, []);
}

const config = mergeProxyConfig(defaultProxyConfig(), {
  interceptionMode: 'TPROXY',
  concurrency: 0,
  holdApplicationUntilProxyStarts: true,
  proxyMetadata: { B: '2', A: '1' },
  extraStatTags: ['x'],
  drainDuration: '90.25s',
  tracing: {
    lightstep: { address: 'l:1' },
    tlsSettings: { caCertificates: '/ca' },
    customTags: { t: { literal: { value: 'v' } } },
    sampling: 12.5,
  },
});
const view = proxyConfigValue(config);

describe('the view of a message', () => {
  it('is a pointer with the type names of Go, one for each message', () => {
    expect(view.type.name).toBe('*v1alpha1.ProxyConfig');
    expect(view.type).toBe(proxyConfigPointerType);
    expect(proxyConfigValue(config)).toBe(view);
    expect(meshConfigValue({}).type).toBe(meshConfigPointerType);
    expect(meshConfigPointerType.name).toBe('*v1alpha1.MeshConfig');
    expect(view.type.elem?.protoMessage).toBe(true);
  });

  it('has fields by Go names, with Go types', () => {
    expect(field(view, 'ConfigPath')).toBe('./etc/istio/proxy');
    expect(field(view, 'ZipkinAddress')).toBe('');
    expect(field(view, 'StatusPort')).toMatchObject({ type: { name: 'int32' }, value: 15020 });
    expect(field(view, 'ProxyMetadata')).toBeInstanceOf(GoMap);
    expect(field(view, 'ExtraStatTags')).toBeInstanceOf(GoSlice);
    expect(field(field(view, 'Tracing'), 'Sampling')).toBe(12.5);
    expect(field(view, 'CaCertificatesPem')).toMatchObject({ items: null });
  });

  it('knows enums by name', () => {
    const mode = field(view, 'InterceptionMode') as GoInt;
    expect(mode.type.name).toBe('v1alpha1.ProxyConfig_InboundInterceptionMode');
    expect(mode.value).toBe(1);
    expect(mode.type.enumNames?.get(1)).toBe('TPROXY');
    expect(call(mode, 'String')).toBe('TPROXY');
    expect(call(new GoInt(mode.type, 77), 'String')).toBe('77');
  });

  it('tells an unset wrapper from one that is zero', () => {
    const concurrency = field(view, 'Concurrency');
    expect(field(concurrency, 'Value')).toMatchObject({ value: 0 });
    expect(call(concurrency, 'GetValue')).toMatchObject({ value: 0 });
    const hold = field(view, 'HoldApplicationUntilProxyStarts') as GoPointer;
    expect(hold.type.name).toBe('*wrapperspb.BoolValue');
    expect(call(hold, 'GetValue')).toBe(true);
    const unset = field(view, 'StatsCompression') as GoPointer;
    expect(unset.target).toBeNull();
    expect(call(unset, 'GetValue')).toBe(false);
  });

  it('has getters that survive nil all the way down', () => {
    const tls = call(call(view, 'GetTracing'), 'GetTlsSettings');
    expect(call(tls, 'GetCaCertificates')).toBe('/ca');
    const nothing = call(call(proxyConfigValue({}), 'GetTracing'), 'GetTlsSettings');
    expect((nothing as GoPointer).target).toBeNull();
    expect(call(nothing, 'GetCaCertificates')).toBe('');
    expect(call(proxyConfigValue(null), 'GetDiscoveryAddress')).toBe('');
    expect(call(proxyConfigValue(null), 'GetConcurrency')).toMatchObject({ target: null });
  });

  it('shows a oneof as a field of an interface type and as a getter per member', () => {
    const cluster = field(view, 'ClusterName') as GoPointer;
    expect(cluster.type.name).toBe('*v1alpha1.ProxyConfig_ServiceCluster');
    expect(field(cluster, 'ServiceCluster')).toBe('istio-proxy');
    expect(view.type.elem?.fields?.get('ClusterName')?.type).toMatchObject({
      kind: 'interface',
      name: 'v1alpha1.isProxyConfig_ClusterName',
    });
    expect(call(view, 'GetServiceCluster')).toBe('istio-proxy');
    expect(call(view, 'GetTracingServiceName')).toMatchObject({ value: 0 });
    expect(view.type.elem?.fields?.has('ServiceCluster')).toBe(false);
    const tracing = field(view, 'Tracing');
    expect((field(tracing, 'Tracer') as GoPointer).type.name).toBe('*v1alpha1.Tracing_Lightstep_');
    expect(field(call(tracing, 'GetLightstep'), 'Address')).toBe('l:1');
    expect(field(proxyConfigValue({}), 'ClusterName')).toBeNull();
  });

  it('shows maps of messages with elements that can be looked into', () => {
    const tags = field(field(view, 'Tracing'), 'CustomTags') as GoMap;
    expect(tags.type.name).toBe('map[string]*v1alpha1.Tracing_CustomTag');
    const tag = wrap(tags.type.elem!, tags.entries?.['t']);
    expect(call(call(tag, 'GetLiteral'), 'GetValue')).toBe('v');
  });

  it('shows durations as seconds and nanoseconds', () => {
    const drain = field(view, 'DrainDuration') as GoPointer;
    expect(drain.type).toBe(durationPointerType);
    expect(field(drain, 'Seconds')).toMatchObject({ type: { name: 'int64' }, value: 90 });
    expect(call(drain, 'GetNanos')).toMatchObject({ type: { name: 'int32' }, value: 250_000_000 });
    const real = call(drain, 'AsDuration') as GoInt;
    expect(real.type.format?.(real)).toBe('1m30.25s');
    expect(call(real, 'String')).toBe('1m30.25s');
    expect(call(real, 'Seconds')).toBe(90.25);
    expect(call(wrap(durationPointerType, undefined), 'GetSeconds')).toMatchObject({ value: 0 });
  });

  it('shows free-form structs through structpb', () => {
    const mesh = meshConfigValue({
      extensionProviders: [
        { name: 'als', envoyFileAccessLog: { logFormat: { labels: { a: 'x', n: null, l: [1] } } } },
      ],
    });
    const providers = field(mesh, 'ExtensionProviders') as GoSlice;
    const provider = wrap(providers.type.elem!, providers.items?.[0]);
    const format = field(call(provider, 'GetEnvoyFileAccessLog'), 'LogFormat');
    const labels = call(format, 'GetLabels') as GoPointer;
    expect(labels.type.name).toBe('*structpb.Struct');
    expect(call(labels, 'AsMap')).toEqual({ a: 'x', n: null, l: [1] });
    const fields = field(labels, 'Fields') as GoMap;
    const member = (key: string) => wrap(fields.type.elem!, fields.entries?.[key]);
    expect(call(member('a'), 'GetStringValue')).toBe('x');
    expect(call(member('a'), 'GetNumberValue')).toBe(0);
    expect(call(member('n'), 'AsInterface')).toBeNull();
    expect(call(call(member('l'), 'GetListValue'), 'AsSlice')).toEqual([1]);
    expect(protoToJson(labels)).toBe('{"a":"x","l":[1],"n":null}');
  });

  it('encodes as protobuf JSON wherever Go has its own encoder', () => {
    const { target } = view;
    expect((target as GoStruct).type.encodeJSON?.({ concurrency: 2 })).toBe('{"concurrency":2}');
    expect(durationPointerType.elem?.encodeJSON).toBeUndefined();
  });

  it('prints in the text format of protobuf', () => {
    const message = {
      serviceCluster: 'c',
      interceptionMode: 1,
      concurrency: 2,
      drainDuration: { seconds: 1, nanos: 5 },
      proxyMetadata: { k: 'v' },
      extraStatTags: ['a', 'b'],
      tracing: { sampling: 1.5 },
      holdApplicationUntilProxyStarts: false,
    };
    expect(call(proxyConfigValue(message), 'String')).toBe(
      'service_cluster:"c" drain_duration:{seconds:1 nanos:5} concurrency:{value:2} interception_mode:TPROXY tracing:{sampling:1.5} proxy_metadata:{key:"k" value:"v"} extra_stat_tags:"a" extra_stat_tags:"b" hold_application_until_proxy_starts:{}',
    );
  });
});

describe('protoToJson', () => {
  it('leaves defaults out of a proxy config only', () => {
    expect(protoToJson(proxyConfigValue(defaultProxyConfig()))).toBe('{}');
    const mesh = meshConfigValue({ defaultConfig: { statusPort: 15020 } });
    expect(protoToJson(mesh)).toBe('{"defaultConfig":{"statusPort":15020}}');
    expect(protoToJson(field(view, 'Tracing') as GoPointer)).toContain('"sampling":12.5');
  });

  it('gives an empty object for nil', () => {
    expect(protoToJson(proxyConfigValue(null))).toBe('{}');
  });

  it('writes durations and wrappers as bare values', () => {
    expect(protoToJson(field(view, 'DrainDuration') as GoPointer)).toBe('"90.250s"');
    expect(protoToJson(field(view, 'Concurrency') as GoPointer)).toBe('0');
    expect(protoToJson(field(view, 'HoldApplicationUntilProxyStarts') as GoPointer)).toBe('true');
    const tracing = proxyConfigValue({ tracing: { stackdriver: { maxNumberOfAttributes: 5 } } });
    const driver = call(field(tracing, 'Tracing'), 'GetStackdriver');
    expect(protoToJson(field(driver, 'MaxNumberOfAttributes') as GoPointer)).toBe('"5"');
  });
});
