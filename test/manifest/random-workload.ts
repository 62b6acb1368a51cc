import type { Random } from './random-manifest.ts';

/** The lines of a value, without the key or dash in front: text for that line, and lines below it. */
type Written = readonly [head: string, ...below: string[]];

/**
 * A workload as people write them, in every style that YAML knows: quotes, brackets, anchors and aliases, merge keys,
 * folded and literal text, comments and blank lines anywhere, odd indents, tabs in strings, line ends of Windows.
 */
export function randomWorkload(int: Random): string {
  const pick = <T>(list: readonly T[]): T => list[int(list.length - 1)] as T;
  const chance = (percent: number): boolean => int(99) < percent;
  const step = pick([2, 2, 2, 4]);
  const dash = pick([0, 0, 2]);
  let comments = 0;

  const pad = (column: number): string => ' '.repeat(column);
  const comment = (): string =>
    `# ${pick(['größe', '大きさ 😀', "it's: {", '- no item', 'TODO'])} ${++comments}`;
  const noise = (column: number): string[] => {
    const lines: string[] = [];
    while (chance(12))
      lines.push(chance(40) ? pick(['', '', pad(column)]) : pad(column) + comment());
    return lines;
  };
  const tail = (): string =>
    chance(12) ? `${pick(['  ', ' ', '\t'])}${comment()}` : pick(['', '', '', ' ']);
  const quoted = (text: string): string =>
    pick([
      JSON.stringify(text),
      `'${text.replaceAll("'", "''")}'`,
      /^[a-z/][\w./-]*$/i.test(text) ? text : JSON.stringify(text),
    ]);
  const key = (name: string): string => (chance(8) ? JSON.stringify(name) : name);
  const flow = (value: unknown): string => {
    if (Array.isArray(value)) {
      const gap = pick(['', ' ']);
      return `[${gap}${value.map(flow).join(pick([', ', ',  ', ' , ']))}${gap}]`;
    }
    if (typeof value === 'object' && value !== null) {
      const gap = pick(['', ' ']);
      return `{${gap}${Object.entries(value)
        .map(([name, one]) => `${key(name)}: ${flow(one)}`)
        .join(', ')}${gap}}`;
    }
    return typeof value === 'string' ? quoted(value) : String(value);
  };
  const text = (value: string, column: number): Written => {
    if (value.includes('\n') || chance(5)) {
      const lines = value.split('\n');
      const chomp = value.endsWith('\n') ? pick(['', '+']) : '-';
      if (value.endsWith('\n')) lines.pop();
      return [
        `|${chomp}${tail()}`,
        ...lines.map((line) => (line === '' ? '' : pad(column + step) + line)),
      ];
    }
    if (value.length > 20 && value.includes(' ') && chance(50)) {
      const at = value.indexOf(' ');
      const [first, rest] = [value.slice(0, at), value.slice(at + 1)];
      if (chance(50)) return ['>-', pad(column + step) + first, pad(column + step) + rest];
      return [`"${first}`, `${pad(column + step)}${rest}"${tail()}`];
    }
    return [quoted(value) + tail()];
  };
  const write = (value: unknown, column: number, inList: boolean): Written => {
    if (typeof value === 'string' && value.startsWith('\u0000')) return [value.slice(1) + tail()];
    if (typeof value === 'string') return text(value, column);
    if (typeof value !== 'object' || value === null) return [String(value) + tail()];
    const empty = Object.keys(value).length === 0;
    if (!empty && fitsBrackets(value) && chance(6)) return openBrackets(value, column + step);
    if (empty || (fitsBrackets(value) && chance(18))) {
      return [flow(value) + tail()];
    }
    const anchor = Object.hasOwn(value, '\u0000anchor')
      ? `&${(value as never)['\u0000anchor']}`
      : '';
    if (Array.isArray(value)) {
      const inner = inList ? column + step : column + dash;
      return [
        anchor + tail(),
        ...value.flatMap((item) => [
          ...noise(inner),
          ...entry(`${pad(inner)}-`, item, inner, true),
        ]),
      ];
    }
    const inner = column + step;
    const lines = Object.entries(value)
      .filter(([name]) => name !== '\u0000anchor')
      .flatMap(([name, one], index) => [
        ...(inList && index === 0 && anchor === '' ? [] : noise(inner)),
        ...entry(`${pad(inner)}${name === '<<' ? name : key(name)}:`, one, inner, false),
      ]);
    if (inList && anchor === '') {
      const [first = '', ...rest] = lines;
      return [`${pad(step - 2)}${first.trimStart()}`, ...rest];
    }
    return [anchor + tail(), ...lines];
  };
  /** Neither anchors, aliases nor lines inside. */
  const fitsBrackets = (value: unknown): boolean => {
    if (typeof value === 'string') return !/[\0\n]/.test(value);
    if (typeof value !== 'object' || value === null) return true;
    return !Object.hasOwn(value, '\u0000anchor') && Object.values(value).every(fitsBrackets);
  };
  /** Brackets with a member to a line, comments and all. */
  const openBrackets = (value: object, column: number): Written => {
    const list = Array.isArray(value);
    const members = list
      ? value.map(flow)
      : Object.entries(value).map(([name, one]) => `${key(name)}: ${flow(one)}`);
    const lines = members.flatMap((member, at) => [
      ...noise(column),
      `${pad(column)}${member}${at < members.length - 1 || chance(20) ? ',' : ''}${tail()}`,
    ]);
    return [list ? '[' : '{', ...lines, `${pad(column)}${list ? ']' : '}'}${tail()}`];
  };
  const entry = (start: string, value: unknown, column: number, inList: boolean): string[] => {
    const [head, ...below] = write(value, column, inList);
    return [head === '' ? start : `${start} ${head}`, ...below];
  };
  const named = <T extends object>(anchor: string, value: T): T =>
    Object.assign(value, { '\u0000anchor': anchor });

  const handler = (): object =>
    pick<object>([
      { httpGet: { path: '/ready', port: 8080 } },
      {
        httpGet: {
          path: '/a?b',
          port: 'http',
          scheme: 'HTTPS',
          httpHeaders: [{ name: 'X', value: 'y' }],
        },
      },
      { tcpSocket: { port: 8080 } },
      { grpc: { port: 9090 } },
      { exec: { command: ['true'] } },
    ]);
  const shareLabels = chance(20);
  const shareEnv = chance(20);
  const container = (name: string, first: boolean): object => ({
    ...(chance(50) ? { name, image: `${name}:1` } : { image: `${name}:1`, name }),
    ...(chance(40) && { ports: [{ containerPort: 8080, ...(chance(60) && { name: 'http' }) }] }),
    ...(chance(40) && {
      readinessProbe: { ...handler(), ...(chance(50) && { periodSeconds: 3 }) },
    }),
    ...(chance(20) && { livenessProbe: handler() }),
    ...(chance(10) && { lifecycle: { preStop: { httpGet: { path: '/bye', port: 8080 } } } }),
    ...(chance(30) && {
      args: ['--a', 'b\tc', 'line one\nline two\n', 'a longer text that may be folded'],
    }),
    ...(shareEnv && name !== 'migrate'
      ? { env: first ? named('env', [{ name: 'A', value: 'ünï' }]) : '\u0000*env' }
      : chance(30) && {
          env: [
            { name: 'A', value: '1' },
            { name: 'B', valueFrom: { fieldRef: { fieldPath: 'status.podIP' } } },
          ],
        }),
    ...(chance(20) && { volumeMounts: [{ name: 'data', mountPath: '/d' }] }),
    ...(chance(15) && { securityContext: {} }),
  });
  const annotations = {
    ...(chance(40) && {
      note: pick(['one', 'a text that is long enough to fold it', 'a\nb\n', 'tab\there']),
    }),
    ...(chance(25) && {
      'prometheus.io/port': pick(['8080', '9090']),
      'prometheus.io/scrape': 'true',
    }),
    ...(chance(15) && { 'traffic.sidecar.istio.io/excludeOutboundPorts': '3306' }),
  };
  const labels = {
    app: 'web',
    ...(chance(30) && { version: 'v1', 'app.kubernetes.io/name': 'web' }),
  };
  const metadata = {
    labels: shareLabels ? '\u0000*labels' : labels,
    ...((Object.keys(annotations).length > 0 || chance(20)) && { annotations }),
  };
  const count = 1 + int(2);
  const spec = {
    ...(chance(20) && { serviceAccountName: 'web' }),
    ...(chance(20) && { securityContext: pick([{}, { runAsUser: 5 }, { fsGroup: 7 }]) }),
    ...(chance(20) && { initContainers: [container('migrate', false)] }),
    containers: Array.from({ length: count }, (_, at) => container(`c${at}`, at === 0)),
    ...(chance(25) && { volumes: [{ name: 'data', emptyDir: {} }] }),
    ...(chance(10) && { imagePullSecrets: [{ name: 'own' }] }),
  };
  const object = {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: {
      name: 'web',
      ...(chance(30) && { annotations: { folded: 'a text that is long enough to fold' } }),
    },
    spec: {
      ...(chance(70) || shareLabels
        ? { selector: { matchLabels: shareLabels ? named('labels', { ...labels }) : labels } }
        : {}),
      template: { ...(chance(90) || shareLabels ? { metadata } : {}), spec },
    },
  };
  const lines = Object.entries(object).flatMap(([name, value]) => [
    ...noise(0),
    ...entry(`${key(name)}:`, value, 0, false),
  ]);
  const before = chance(20)
    ? pick([['---'], ['# top', '---'], ['%YAML 1.1', '---'].slice(1), ['', '# top']])
    : [];
  const lineBreak = chance(15) ? '\r\n' : '\n';
  const all = [...before, ...lines, ...noise(0)].join(lineBreak);
  return (chance(5) ? '\ufeff' : '') + all + (chance(85) ? lineBreak : '');
}
