import { OutriggerError } from '../../src/errors.ts';
import type { InjectorTexts, Reading, Source, SourceText } from '../../src/serving/source.ts';

/** An injector configuration whose sidecar has this image. */
export function configText(image: string): string {
  return JSON.stringify({
    policy: 'enabled',
    templates: {
      sidecar: `spec: {containers: [{name: istio-proxy, image: "${image}"}]}`,
    },
  });
}

export function sourceText(text: string, file = 'the source'): SourceText {
  return {
    text,
    blame: (error) =>
      error instanceof OutriggerError
        ? new OutriggerError(error.code, error.message, { place: { file } })
        : error,
  };
}

export function injectorTexts(image: string, values = '{}'): InjectorTexts {
  return { config: sourceText(configText(image)), values: sourceText(values) };
}

/** A source that tests change. */
export class FakeSource<T> implements Source<T> {
  readonly description = 'the source';
  stopped = false;
  #reading: Reading<T>;
  readonly #listeners: (() => void)[] = [];

  constructor(value?: T) {
    this.#reading =
      value === undefined
        ? { state: 'waiting', reason: 'the source to be read' }
        : { state: 'there', value };
  }

  read(): Reading<T> {
    return this.#reading;
  }

  set(reading: Reading<T>): void {
    this.#reading = reading;
    for (const listener of this.#listeners) listener();
  }

  give(value: T): void {
    this.set({ state: 'there', value });
  }

  fail(message: string): void {
    const error = new OutriggerError('OUTRIGGER_CONFIG', message, {
      place: { file: 'x', line: 3 },
    });
    this.set({ state: 'wrong', error });
  }

  listen(changed: () => void): void {
    this.#listeners.push(changed);
  }

  async stop(): Promise<void> {
    this.stopped = true;
  }
}
