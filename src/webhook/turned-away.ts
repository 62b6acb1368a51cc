/** Why a request that may be quite all right is not worked on. Stable: metric labels and log queries rely on it. */
export type TurnedAway = 'overloaded' | 'too-late';

/** For the sender. */
export const turnedAwayMessages: { readonly [why in TurnedAway]: string } = {
  overloaded: 'the webhook has more requests than it can answer in time',
  'too-late': 'the sender does not wait for this answer any more',
};
