import { Refusal } from '../refusal.ts';

/** Ports of the proxy and its agent, and what answers there (`pilot/cmd/pilot-agent/status/server.go`). */
const reservedPorts: ReadonlyMap<number, string> = new Map([
  [15000, 'Envoy admin'],
  [15001, 'outbound traffic capture'],
  [15004, 'pilot debug'],
  [15006, 'inbound traffic capture'],
  [15008, 'HBONE tunnel'],
  [15020, 'pilot-agent status / merged Prometheus'],
  [15021, 'Envoy health'],
  [15053, 'DNS proxy'],
  [15090, 'Envoy Prometheus (already merged)'],
]);

const decimal = /^[+-]?[0-9]+$/;

/** Where the port was written, in upstream's words. */
export interface PortOrigin {
  /** Starts every refusal. */
  readonly prefix: string;
  /** What the port is called. */
  readonly noun: string;
  /** The annotation to blame. */
  readonly subject: string;
}

/**
 * Refuses a port that the agent could not scrape: not a port, or one of its own. `agentPort` is where the
 * agent serves the merged metrics, as text. Throws a {@link Refusal}.
 */
export function checkScrapePort(port: string, agentPort: string, origin: PortOrigin): void {
  const { prefix, noun, subject } = origin;
  const number = decimal.test(port) ? Number(port) : Number.NaN;
  if (!(number >= 1 && number <= 65535)) {
    throw new Refusal(`${prefix}: invalid ${noun} "${port}"`, subject);
  }
  if (String(number) === agentPort) {
    throw new Refusal(`${prefix}: ${noun} ${port} conflicts with agent port`, subject);
  }
  const reason = reservedPorts.get(number);
  if (reason !== undefined) {
    throw new Refusal(
      `${prefix}: ${noun} ${port} is reserved for Istio (${reason}) and cannot be scraped`,
      subject,
    );
  }
}
