/** Exit codes of every command; scripts rely on them. */
export const exitCodes = {
  /** It worked. Documents that were left alone do not change that. */
  ok: 0,
  /** It did not work: input, configuration, cluster. */
  failure: 1,
  /** The command line cannot be understood (`EX_USAGE` of sysexits, as in `istioctl/cmd/sysexits.go`). */
  usage: 64,
} as const;
