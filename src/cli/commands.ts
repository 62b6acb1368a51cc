import type { Command } from 'commander';
import type { CliContext } from './context.ts';
import {
  diffExitCodes,
  type ExitCodes,
  explainExitCodes,
  findingExitCodes,
  injectExitCodes,
  uninjectExitCodes,
} from './exit-codes.ts';

/** A command of the program. Its module is loaded only when the command is asked for. */
export interface CommandEntry {
  readonly name: string;
  /** One line for the list of commands. */
  readonly summary: string;
  /** Where they are not the usual ones. */
  readonly exitCodes?: ExitCodes;
  readonly load: () => Promise<CommandModule>;
}

/** What a file in commands/ exports. */
export interface CommandModule {
  /**
   * Gives the command its description, options, examples and action. The action throws an
   * `OutriggerError` when it fails; `context.exitCode` is for other endings.
   */
  define(command: Command, context: CliContext): void;
}

/** Every command, in the order of the help. A new command is a file in commands/ and a line here. */
export const commands: readonly CommandEntry[] = [
  {
    name: 'audit',
    summary: 'list pods that should have a sidecar and have none, or another one',
    exitCodes: findingExitCodes,
    load: () => import('./commands/audit.ts'),
  },
  {
    name: 'certs',
    summary: 'make and show certificates by hand',
    load: () => import('./commands/certs.ts'),
  },
  {
    name: 'completion',
    summary: 'print a completion script for a shell',
    load: () => import('./commands/completion.ts'),
  },
  {
    name: 'config',
    summary: 'find mistakes in a configuration, or print it as ConfigMaps',
    exitCodes: findingExitCodes,
    load: () => import('./commands/config.ts'),
  },
  {
    name: 'doctor',
    summary: 'find out what keeps pods in a cluster from being injected',
    exitCodes: findingExitCodes,
    load: () => import('./commands/doctor.ts'),
  },
  {
    name: 'kube-inject',
    summary: 'add the sidecar to the workloads in Kubernetes manifests',
    exitCodes: injectExitCodes,
    load: () => import('./commands/kube-inject.ts'),
  },
  {
    name: 'diff',
    summary: 'show what injection would change',
    exitCodes: diffExitCodes,
    load: () => import('./commands/diff.ts'),
  },
  {
    name: 'explain',
    summary: 'tell why a pod is injected or not',
    exitCodes: explainExitCodes,
    load: () => import('./commands/explain.ts'),
  },
  {
    name: 'krm',
    summary: 'inject as a KRM function, for Kustomize and kpt',
    load: () => import('./commands/krm.ts'),
  },
  {
    name: 'manifests',
    summary: 'print everything that has to be installed in a cluster',
    load: () => import('./commands/manifests.ts'),
  },
  {
    name: 'serve',
    summary: 'run the admission webhook',
    load: () => import('./commands/serve.ts'),
  },
  {
    name: 'tag',
    summary: 'make, show and remove revision tags',
    load: () => import('./commands/tag.ts'),
  },
  {
    name: 'template',
    summary: 'list, show, try and check templates',
    exitCodes: findingExitCodes,
    load: () => import('./commands/template.ts'),
  },
  {
    name: 'try',
    summary: 'send a pod to a running webhook and see what becomes of it',
    load: () => import('./commands/try.ts'),
  },
  {
    name: 'uninject',
    summary: 'take the sidecar out of Kubernetes manifests again',
    exitCodes: uninjectExitCodes,
    load: () => import('./commands/uninject.ts'),
  },
  {
    name: 'version',
    summary: 'print the version',
    load: () => import('./commands/version.ts'),
  },
];
