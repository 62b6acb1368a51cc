/** The flags of `try`, as the command line parser hands them over. */
export interface TryOptions {
  readonly url: string;
  readonly filename?: string;
  readonly namespace: string;
  readonly caFile?: string;
  readonly output: 'yaml' | 'json' | 'patch' | 'review';
}
