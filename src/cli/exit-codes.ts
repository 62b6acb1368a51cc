/** Exit codes of a command; scripts rely on them. */
export interface ExitCodes {
  /** It did not work: input, configuration, cluster. */
  readonly failure: number;
  /** The command line cannot be understood. */
  readonly usage: number;
  /** All of them, a line each, for the help. */
  readonly help: string;
}

/** It worked; the same for every command. */
export const ok = 0;

/** The code of a difference, for {@link diffExitCodes}. */
export const differs = 1;

/** The code of something without a sidecar, for {@link explainExitCodes}. */
export const notInjected = 1;

/** Those of most commands; 64 is `EX_USAGE` of sysexits, as in `istioctl/cmd/sysexits.go`. */
export const usualExitCodes: ExitCodes = {
  failure: 1,
  usage: 64,
  help: `  0   it worked
  1   it failed: the input, the configuration or the cluster
  64  the command line cannot be understood
`,
};

/** The code of `kube-inject --strict` for what worked, but gives reason to look at it. */
export const somethingToLookAt = 2;

/** Those of `uninject`: what `--check` finds is a failure, too. */
export const uninjectExitCodes: ExitCodes = {
  ...usualExitCodes,
  help: `  0   it worked, also when there was nothing to do; with --check, nothing would change
  1   it failed: the input or the configuration; with --check, also when something would change
  64  the command line cannot be understood
`,
};

/** Those of `kube-inject`. */
export const injectExitCodes: ExitCodes = {
  ...usualExitCodes,
  help: `  0   it worked, also when there was nothing to do; with --check, nothing would change
  1   it failed: the input or the configuration; with --check, also when something would change
  2   with --strict: it worked, but a workload was left out, or there is a note about one
  64  the command line cannot be understood
`,
};

/** Those of commands that look for something wrong: finding it is a failure, too. */
export const findingExitCodes: ExitCodes = {
  ...usualExitCodes,
  help: `  0   nothing wrong was found
  1   something wrong was found, or it failed: the input, the configuration or the cluster
  64  the command line cannot be understood
`,
};

/** As those of diff and `kubectl diff`. */
export const diffExitCodes: ExitCodes = {
  failure: 2,
  usage: 2,
  help: `  0   injection would change nothing; with --live, applying would change nothing
  1   it would change something
  2   it failed: the command line, the input, the configuration or the cluster
`,
};

/** As those of diff: 1 is an answer, not a failure. */
export const explainExitCodes: ExitCodes = {
  failure: 2,
  usage: 2,
  help: `  0   everything that was asked about is injected, or would be
  1   something of it is not, or would be refused
  2   it failed: the command line, the input, the configuration or the cluster
`,
};
