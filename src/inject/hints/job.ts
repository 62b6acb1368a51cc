import { type Hint, nothing } from './hint.ts';

/** A Job counts as done when all its regular containers are, and a regular proxy never is. */
export const jobNeverEnds: Hint = ({ facts }) => {
  if (facts === undefined || facts.nativeSidecar) return nothing;
  const { kind, name } = facts.owner;
  if (kind !== 'Job' && kind !== 'CronJob') return nothing;
  return [
    {
      code: 'job-never-ends',
      message: `${kind} ${JSON.stringify(name)} may never complete: its proxy is a regular container and goes on running; use native sidecars, or have the application call /quitquitquit on the agent`,
    },
  ];
};
