import type { CliContext } from '../context.ts';

/** By then the engine has learnt what it can from its sample, and a probe has seen that the server is ready. */
const settledMs = 1000;
/** In per cent; less would take more time than it saves memory. */
const heapGrowth = 20;

/**
 * Frees what it took to start, once that is over, and keeps what pods leave behind from piling up. V8 would let the
 * heap grow to several times its size before it looks for garbage for the first time.
 */
export function settleMemory(context: Pick<CliContext, 'saveMemory' | 'collectGarbage'>): void {
  setTimeout(() => {
    context.saveMemory?.(heapGrowth);
    context.collectGarbage?.();
  }, settledMs).unref();
}
