/** The program for `outrigger kube-inject`, which is built in one piece. */
export { runProcess } from '../cli/run-process.ts';
