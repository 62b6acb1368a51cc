import type { StructTable } from '../notation.ts';

/** Probes and life cycle handlers. */
export const probe: StructTable = {
  Probe: `
    ...ProbeHandler, initialDelaySeconds int32, timeoutSeconds int32, periodSeconds int32,
    successThreshold int32, failureThreshold int32, terminationGracePeriodSeconds *int64
  `,
  ProbeHandler: `
    exec *ExecAction, httpGet *HTTPGetAction, tcpSocket *TCPSocketAction, grpc *GRPCAction
  `,
  ExecAction: 'command []string',
  HTTPGetAction: 'path, port! IntOrString, host, scheme ~URIScheme, httpHeaders []HTTPHeader',
  HTTPHeader: 'name!, value!',
  TCPSocketAction: 'port! IntOrString, host',
  GRPCAction: 'port! int32, service! *string',
  Lifecycle: 'postStart *LifecycleHandler, preStop *LifecycleHandler, stopSignal *~Signal',
  LifecycleHandler: `
    exec *ExecAction, httpGet *HTTPGetAction, tcpSocket *TCPSocketAction, sleep *SleepAction
  `,
  SleepAction: 'seconds! int64',
};
