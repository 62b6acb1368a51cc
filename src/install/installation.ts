/** What an installation may be made different in. */
export interface InstallationSettings {
  /** Empty or `default` for the default revision. */
  readonly revision: string;
  /** Where the injector runs. */
  readonly namespace: string;
  /** Where Istio's ConfigMaps are. */
  readonly istioNamespace: string;
  /** Container image; that of manifests/base when absent. */
  readonly image?: string | undefined;
}

/** As manifests/base has it. */
export const baseSettings = {
  revision: 'default',
  namespace: 'outrigger-system',
  istioNamespace: 'istio-system',
} as const satisfies InstallationSettings;

/** Whether a revision is the default one, which has the plain names. */
export function isDefaultRevision(revision: string): boolean {
  return revision === '' || revision === baseSettings.revision;
}
