/** A function as profiles name it. */
export interface Frame {
  readonly functionName: string;
  /** Of the module it is in. */
  readonly url: string;
}

/** The parts of the engine's work that have figures of their own, in their order. */
export const stages = [
  'decode',
  'decision',
  'render',
  'overlay parse',
  'merge',
  'post-process',
  'hints',
  'patch',
  'garbage collection',
  'other',
] as const;

/** One of {@link stages}. */
export type Stage = (typeof stages)[number];

/**
 * Which code begins which stage. Whatever that calls belongs to the stage, unless it begins another one. Code
 * that several stages share (YAML, the type table, copying) is in no row, and so counts for its caller.
 */
const beginnings: readonly {
  readonly stage: Stage;
  readonly module: RegExp;
  readonly functions?: readonly string[];
}[] = [
  { stage: 'decode', module: /\/inject\/injector\.ts$/, functions: ['readPod'] },
  { stage: 'decision', module: /\/inject\/decide\// },
  {
    stage: 'overlay parse',
    module: /\/inject\/render\/(?:render-overlay|overlay-reader)\.ts$/,
    functions: ['readOverlay', 'read'],
  },
  {
    stage: 'overlay parse',
    module: /\/inject\/render\/(?:overlay-maker|overlay-skeleton)\.ts$/,
    functions: ['learn', 'buildSkeleton'],
  },
  { stage: 'render', module: /\/inject\/(?:render|data|trust|functions|validate)\// },
  { stage: 'render', module: /\/(?:gotemplate|mesh)\// },
  { stage: 'merge', module: /\/inject\/overlay\// },
  { stage: 'post-process', module: /\/inject\/postprocess\// },
  { stage: 'hints', module: /\/inject\/hints\// },
  { stage: 'patch', module: /\/merge\/(?:.*\/)?[^/]*patch[^/]*\.ts$/ },
];

/** The stage that a function begins; undefined when it carries on with its caller's. */
export function stageOf({ functionName, url }: Frame): Stage | undefined {
  if (functionName === '(garbage collector)') return 'garbage collection';
  return beginnings.find(
    ({ module, functions }) =>
      module.test(url) && (functions === undefined || functions.includes(functionName)),
  )?.stage;
}
