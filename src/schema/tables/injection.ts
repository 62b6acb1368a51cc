import type { StructTable } from '../notation.ts';

/** What the injector itself keeps as JSON: its configuration, records in annotations and in the agent's environment. */
export const injection: StructTable = {
  /** The injector configuration (`pkg/kube/inject/inject.go`, Config). */
  'InjectorConfig as inject.Config': `
    policy, defaultTemplates []string, templates {}string, aliases {}[]string,
    neverInjectSelector []LabelSelector, alwaysInjectSelector []LabelSelector,
    injectedAnnotations {}string
  `,
  /** `proxy.istio.io/overrides` (`pkg/kube/inject/webhook.go`). */
  'ParsedContainers as inject.ParsedContainers':
    'containers []Container, initContainers []Container',
  /** `sidecar.istio.io/status`. */
  'SidecarInjectionStatus as inject.SidecarInjectionStatus': `
    initContainers! []string, containers! []string, volumes! []string,
    imagePullSecrets! []string, revision!
  `,
  /** An entry of `ISTIO_KUBE_APP_PROBERS` (`pilot/cmd/pilot-agent/status/server.go`). */
  'Prober as status.Prober': `
    httpGet *HTTPGetAction, tcpSocket *TCPSocketAction, grpc *GRPCAction, timeoutSeconds int32
  `,
};
