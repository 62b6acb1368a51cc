import { snakeCase } from '../descriptor/proto-names.ts';
import type { Duration, Message } from '../message.ts';

const notNegative = [
  'listenerPerConnectionBufferLimitBytes',
  'clusterPerConnectionBufferLimitBytes',
  'httpIdleTimeout',
  'httpMaxConnectionDuration',
  'httpDrainTimeout',
  'httpRequestTimeout',
  'httpRequestHeadersTimeout',
  'httpStreamIdleTimeout',
  'httpMaxStreamDuration',
];
const positive = [
  'httpMaxConcurrentStreams',
  'listenerConnectionLimit',
  'globalDownstreamConnectionLimit',
];
const windowSizes = ['http2InitialStreamWindowSize', 'http2InitialConnectionWindowSize'];
const smallestWindow = 65535;

/** What is wrong with a ProxyConfig's connection settings; members that are not set are fine. */
export function connectionProblems(settings: Message): readonly string[] {
  const problems: string[] = [];
  const check = (names: readonly string[], least: number, problem: string) => {
    for (const name of names) {
      const value = sizeOf(settings[name]);
      if (value !== undefined && value < least) problems.push(`${snakeCase(name)} ${problem}`);
    }
  };
  check(notNegative, 0, 'must be non-negative');
  check(positive, 1, 'must be positive');
  check(windowSizes, smallestWindow, `must be at least ${smallestWindow}`);
  return problems;
}

function sizeOf(value: unknown): number | undefined {
  if (typeof value === 'number') return value;
  if (typeof value !== 'object' || value === null) return undefined;
  const { seconds, nanos } = value as Duration;
  return seconds === 0 ? nanos : seconds;
}
