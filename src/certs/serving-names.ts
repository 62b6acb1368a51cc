/**
 * The names that a serving certificate must have: those the API server calls a Service by, and those of the
 * machine itself for trying things out. The API server verifies `<service>.<namespace>.svc`.
 */
export function servingNames(
  service: string,
  namespace: string,
  more: readonly string[] = [],
): readonly string[] {
  const names = [
    `${service}.${namespace}.svc`,
    `${service}.${namespace}.svc.cluster.local`,
    `${service}.${namespace}`,
    service,
    ...more,
    'localhost',
    '127.0.0.1',
    '::1',
  ];
  return [...new Set(names)];
}
