/** The program for `outrigger serve`, which is built in one piece. */
export { runProcess } from '../cli/run-process.ts';
