import { describe, expect, it } from 'vitest';
import { goCamelCase, goTypeName, snakeCase } from '../../src/mesh/descriptor/proto-names.ts';
import { messageDescriptor, messageNames } from '../../src/mesh/descriptor/registry.ts';

describe('the type tables', () => {
  it('refer to no type that they do not have', () => {
    for (const name of messageNames()) {
      for (const field of messageDescriptor(name).fields) {
        expect(field.jsonName, name).toMatch(/^[a-z][\w-]*$/);
        if (field.type.kind === 'message') {
          expect(messageNames(), `${name}.${field.jsonName}`).toContain(
            field.type.message.fullName,
          );
        }
      }
    }
  });

  it('refuse a name that nobody declared', () => {
    expect(() => messageDescriptor('istio.mesh.v1alpha1.Nope')).toThrow('Nope');
  });

  it('look a name up from the inside out', () => {
    const field = messageDescriptor('istio.mesh.v1alpha1.ProxyConfig.ProxyHeaders').fields.find(
      ({ jsonName }) => jsonName === 'server',
    );
    expect(field?.type).toMatchObject({
      message: { fullName: 'istio.mesh.v1alpha1.ProxyConfig.ProxyHeaders.Server' },
    });
  });
});

describe('names', () => {
  it('follow the rules of protoc-gen-go', () => {
    expect(goCamelCase('proxy_admin_port')).toBe('ProxyAdminPort');
    expect(goCamelCase('k8s_sa_jwt_path')).toBe('K8SSaJwtPath');
    expect(goCamelCase('consecutive_5xx_errors')).toBe('Consecutive_5XxErrors');
    expect(goCamelCase('mesh_mTLS')).toBe('MeshMTLS');
    expect(goTypeName('istio.mesh.v1alpha1.Tracing.Zipkin')).toBe('v1alpha1.Tracing_Zipkin');
    expect(snakeCase('http2InitialStreamWindowSize')).toBe('http2_initial_stream_window_size');
  });
});
