import type { StructTable } from '../notation.ts';

/** Security settings of a container, some of them shared with the pod. */
export const security: StructTable = {
  SecurityContext: `
    capabilities *Capabilities, privileged *bool, seLinuxOptions *SELinuxOptions,
    windowsOptions *WindowsSecurityContextOptions, runAsUser *int64, runAsGroup *int64,
    runAsNonRoot *bool, readOnlyRootFilesystem *bool, allowPrivilegeEscalation *bool,
    procMount *~ProcMountType, seccompProfile *SeccompProfile, appArmorProfile *AppArmorProfile
  `,
  Capabilities: 'add []~Capability, drop []~Capability',
  SELinuxOptions: 'user, role, type, level',
  WindowsSecurityContextOptions: `
    gmsaCredentialSpecName=GMSACredentialSpecName *string,
    gmsaCredentialSpec=GMSACredentialSpec *string, runAsUserName *string, hostProcess *bool
  `,
  SeccompProfile: 'type! ~SeccompProfileType, localhostProfile *string',
  AppArmorProfile: 'type! ~AppArmorProfileType, localhostProfile *string',
};
