import { formatFloat64 } from '../fmt/go-float.ts';
import { GoOpaque, type GoType } from './model.ts';

function signed(value: number): string {
  const text = formatFloat64(value);
  return /^[+-]/.test(text) ? text : `+${text}`;
}

const complexType: GoType = {
  kind: 'complex128',
  name: 'complex128',
  format: (value) => (value instanceof GoComplex ? value.text() : ''),
};

/** A complex number; templates can write one, and hardly do anything with it. */
export class GoComplex extends GoOpaque {
  readonly type = complexType;
  readonly re: number;
  readonly im: number;

  constructor(re: number, im: number) {
    super();
    this.re = re;
    this.im = im;
  }

  text(): string {
    return `(${formatFloat64(this.re)}${signed(this.im)}i)`;
  }
}
