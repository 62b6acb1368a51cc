/**
 * Loaded with `--require` into a process that is measured: tells what it has used so far. A server tells when it
 * is asked over IPC, any other program when it ends, on descriptor 3. Plain JavaScript, because to strip types
 * would make the process larger.
 */
'use strict';

if (process.send === undefined) {
  process.on('exit', () => {
    require('node:fs').writeSync(3, JSON.stringify(usage()));
  });
} else {
  const { monitorEventLoopDelay, performance } = require('node:perf_hooks');
  const resolution = 5;
  const delay = monitorEventLoopDelay({ resolution });
  delay.enable();
  let utilization = performance.eventLoopUtilization();
  process.on('message', (message) => {
    if (message !== 'usage') return;
    const since = performance.eventLoopUtilization(utilization);
    utilization = performance.eventLoopUtilization();
    // The histogram counts from timer to timer, so that its resolution is part of every figure.
    const ms = (nanoseconds) => Math.max(0, nanoseconds / 1e6 - resolution);
    process.send({
      ...usage(),
      rssKiB: process.memoryUsage.rss() / 1024,
      loopDelayMs: { p50: ms(delay.percentile(50)), p99: ms(delay.percentile(99)) },
      loopUtilization: since.utilization,
    });
    delay.reset();
  });
  process.channel.unref();
}

function usage() {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  return { cpuUs: userCPUTime + systemCPUTime, peakKiB: maxRSS };
}
