import type { Followed, FollowStatus } from '../kube/followed.ts';

/** Everything of the cluster that is followed, in one place: for metrics of staleness, and for diagnosis. */
export interface FollowRegistry {
  readonly add: (followed: Followed<unknown>) => void;
  statuses(): readonly FollowStatus[];
}

/** An empty registry. */
export function createFollowRegistry(): FollowRegistry {
  const all: Followed<unknown>[] = [];
  return {
    add: (followed) => {
      all.push(followed);
    },
    statuses: () => all.map((followed) => followed.status()),
  };
}
