import { describe, expect, it } from 'vitest';
import { messageDescriptor } from '../../src/mesh/descriptor/registry.ts';
import { readMessage } from '../../src/mesh/json/read-message.ts';
import { writeMessage } from '../../src/mesh/json/write-message.ts';

const proxyConfig = messageDescriptor('istio.mesh.v1alpha1.ProxyConfig');
const meshConfig = messageDescriptor('istio.mesh.v1alpha1.MeshConfig');

describe('writeMessage', () => {
  it('writes members in declaration order, a oneof at the place of its members', () => {
    expect(
      writeMessage(proxyConfig, {
        statusPort: 1,
        drainDuration: { seconds: 45, nanos: 0 },
        tracingServiceName: 2,
        configPath: '/c',
      }),
    ).toBe(
      '{"configPath":"/c","tracingServiceName":"CANONICAL_NAME_AND_NAMESPACE","drainDuration":"45s","statusPort":1}',
    );
  });

  it('writes what is set though it is zero', () => {
    expect(
      writeMessage(proxyConfig, {
        concurrency: 0,
        tracing: {},
        holdApplicationUntilProxyStarts: false,
        terminationDrainDuration: { seconds: 0, nanos: 0 },
        serviceCluster: '',
      }),
    ).toBe(
      '{"serviceCluster":"","concurrency":0,"tracing":{},"terminationDrainDuration":"0s","holdApplicationUntilProxyStarts":false}',
    );
  });

  it('writes enums by name, unknown ones by number, also in lists', () => {
    expect(writeMessage(proxyConfig, { controlPlaneAuthPolicy: 1000, interceptionMode: 9 })).toBe(
      '{"controlPlaneAuthPolicy":"INHERIT","interceptionMode":9}',
    );
    expect(writeMessage(proxyConfig, { tracing: { openCensusAgent: { context: [4, 0] } } })).toBe(
      '{"tracing":{"openCensusAgent":{"context":["B3","UNSPECIFIED"]}}}',
    );
  });

  it('quotes 64-bit integers and nothing else that is a number', () => {
    expect(
      writeMessage(proxyConfig, {
        tracing: {
          stackdriver: { maxNumberOfAttributes: 200 },
          maxPathTagLength: 5,
          sampling: 0.1,
        },
      }),
    ).toBe(
      '{"tracing":{"stackdriver":{"maxNumberOfAttributes":"200"},"maxPathTagLength":5,"sampling":0.1}}',
    );
  });

  it('sorts map keys by bytes and escapes strings for HTML', () => {
    expect(
      writeMessage(proxyConfig, {
        proxyMetadata: { '\u{1f600}': 'e', '\uffff': 'f', b: '<&>', a: 'x\u2028"/' },
      }),
    ).toBe(
      '{"proxyMetadata":{"a":"x\\u2028\\"/","b":"\\u003c\\u0026\\u003e","\uffff":"f","\u{1f600}":"e"}}',
    );
  });

  it('writes free-form structs as they are, keys sorted', () => {
    const provider = {
      name: 'als',
      envoyFileAccessLog: { logFormat: { labels: { b: [1, null, true], a: { c: 'x' } } } },
    };
    const message = readMessage(meshConfig, { extensionProviders: [provider] }, {});
    expect(writeMessage(meshConfig, message)).toBe(
      '{"extensionProviders":[{"name":"als","envoyFileAccessLog":{"logFormat":{"labels":{"a":{"c":"x"},"b":[1,null,true]}}}}]}',
    );
  });

  it('writes numbers that JSON has not as strings', () => {
    expect(writeMessage(proxyConfig, { tracing: { sampling: Number.NaN } })).toBe(
      '{"tracing":{"sampling":"NaN"}}',
    );
    expect(writeMessage(proxyConfig, { tracing: { sampling: -0 } })).toBe(
      '{"tracing":{"sampling":-0}}',
    );
  });
});
