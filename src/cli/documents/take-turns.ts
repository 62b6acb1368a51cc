/** After so much work without a pause there is one, in milliseconds. */
const workTime = 50;

let worksSince = 0;

/**
 * Gives everybody else in the process a turn when it is time for it. Files are read without waiting, so without this
 * even Ctrl-C would not be heard before the end.
 */
export async function takeTurns(): Promise<void> {
  if (Date.now() - worksSince < workTime) return;
  await new Promise((resolve) => setImmediate(resolve));
  worksSince = Date.now();
}
