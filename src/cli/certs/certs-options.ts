/** The flags of `certs create`, as the command line parser hands them over. */
export interface CreateOptions {
  readonly dir: string;
  readonly service: string;
  readonly namespace: string;
  readonly tlsNames: readonly string[];
  readonly days: number;
  readonly force?: boolean;
}

/** The flags of `certs show`. */
export interface ShowOptions {
  readonly output?: 'json';
}
