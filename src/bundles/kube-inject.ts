/** The program for `outrigger kube-inject`, which is built in one piece. */
import { setFlagsFromString } from 'node:v8';

// What was live a moment ago is garbage with the next document: the heap need not grow to several times of what
// is live before that is taken away.
setFlagsFromString('--heap-growing-percent=20');

export { runProcess } from '../cli/run-process.ts';
