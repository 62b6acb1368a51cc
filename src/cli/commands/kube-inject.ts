import type { Command } from 'commander';
import type { CliContext } from '../context.ts';

export function define(command: Command, _context: CliContext): void {
  command.description('Adds the sidecar to the workloads in Kubernetes manifests.');
}
