import { describe, expect, it } from 'vitest';
import { proxyImages } from '../../src/inject/data/image-names.ts';
import type { JsonValue } from '../../src/json.ts';

interface Wish {
  tag?: JsonValue;
  variant?: string;
  imageType?: string;
  annotation?: string;
  names?: { proxyImage?: string; proxyInitImage?: string; hub?: string };
}

function images({ tag, variant = '', imageType, annotation, names = {} }: Wish) {
  return proxyImages(
    { hub: 'hub', proxyImage: '', proxyInitImage: '', ...names, tag, variant },
    imageType === undefined ? {} : { image: { imageType } },
    annotation === undefined ? {} : { 'sidecar.istio.io/proxyImageType': annotation },
  );
}

describe('the tag of the proxy image', () => {
  it.each<[Wish, string]>([
    [{ tag: 11 }, '11'],
    [{ tag: 1.12, imageType: 'distroless' }, '1.12-distroless'],
    [{ tag: '1.11.2-x.17', annotation: 'distroless' }, '1.11.2-x.17-distroless'],
    [{ tag: '1.11.2-x.17', imageType: 'distroless', annotation: 'debug' }, '1.11.2-x.17-debug'],
    [{ tag: '1.11.2-x.17', imageType: 'debug', annotation: 'default' }, '1.11.2-x.17'],
    [{ tag: '1.11.2-x.17-distroless', imageType: 'default' }, '1.11.2-x.17'],
    [{ tag: '1.11.2-x.17-distroless', annotation: 'default' }, '1.11.2-x.17'],
    [{ tag: '1.12-debug', imageType: 'distroless' }, '1.12-distroless'],
    [{ tag: '1.12-distroless', annotation: 'distroless' }, '1.12-distroless'],
    [{ tag: '1.12-odd-tag' }, '1.12-odd-tag'],
    [{ tag: '1.12-odd-tag-distroless', imageType: 'default' }, '1.12-odd-tag'],
    [{ tag: '1.12-odd-tag', annotation: 'distroless' }, '1.12-odd-tag-distroless'],
    [{ tag: '1.2-debug-distroless', variant: 'foo' }, '1.2-debug-foo'],
    [{ tag: '1.2', variant: 'distroless' }, '1.2-distroless'],
    [{ tag: '1.2', variant: 'distroless', imageType: 'debug' }, '1.2-debug'],
    [{ tag: '1.2', variant: 'distroless', annotation: '' }, '1.2'],
    [{ tag: '1.2-debug', variant: 'distroless', annotation: '' }, '1.2-debug'],
    [{ tag: 100000 }, '100000'],
    [{ tag: 1000000 }, '1e+06'],
    [{ tag: 20240101 }, '2.0240101e+07'],
    [{ tag: true }, 'true'],
    [{ tag: null }, '<nil>'],
    [{}, ''],
    [{ variant: 'debug' }, '-debug'],
  ])('%j is %j', (wish, tag) => {
    expect(images(wish).proxy).toBe(`hub/proxyv2:${tag}`);
  });
});

describe('the images', () => {
  it('have names of their own', () => {
    const names = { proxyImage: 'px', proxyInitImage: 'init/px' };
    expect(images({ tag: 'v', names })).toEqual({ proxy: 'hub/px:v', init: 'hub/init/px:v' });
  });

  it('begin with a slash without a hub', () => {
    expect(images({ tag: 'v', names: { hub: '' } }).proxy).toBe('/proxyv2:v');
  });

  it('differ in type when only the proxy config names one', () => {
    expect(images({ tag: 'v', variant: 'debug', imageType: 'distroless' })).toEqual({
      proxy: 'hub/proxyv2:v-distroless',
      init: 'hub/proxyv2:v-debug',
    });
    expect(images({ tag: 'v', imageType: 'distroless' }).init).toBe('hub/proxyv2:v');
    expect(images({ tag: 'v', imageType: 'distroless', annotation: 'debug' }).init).toBe(
      'hub/proxyv2:v-debug',
    );
  });
});
