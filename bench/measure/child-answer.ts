import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { pinned } from './pinning.ts';

/** Runs a module of the benchmark in a process of its own, and gives what it sends back. */
export async function answerOf<Answer>(
  module: URL,
  task: unknown,
  nodeFlags: readonly string[] = [],
): Promise<Answer> {
  const [program, args] = pinned(0, [process.execPath, ...nodeFlags, module.pathname]);
  const child = spawn(program, args, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  child.send({ task });
  const answer = await nextMessage<Answer>(child);
  child.disconnect();
  await once(child, 'exit');
  return answer;
}

/** The other end of {@link answerOf}: does the task that this process was started for. */
export async function answerTask<Task>(work: (task: Task) => unknown): Promise<void> {
  const [message] = (await once(process, 'message')) as [{ readonly task: Task }];
  process.send?.(await work(message.task));
}

/** What a child process sends next. Throws when it ends instead. */
export async function nextMessage<Message>(child: ChildProcess): Promise<Message> {
  const ended = new AbortController();
  const end = once(child, 'exit', { signal: ended.signal }).then(([code, signal]) => {
    throw new Error(`${child.spawnargs.join(' ')} ended with ${code ?? signal}`);
  });
  end.catch(() => {});
  try {
    const [message] = await Promise.race([once(child, 'message'), end]);
    return message as Message;
  } finally {
    ended.abort();
  }
}
