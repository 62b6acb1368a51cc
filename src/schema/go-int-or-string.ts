import type { GoSource, GoType } from '../gotemplate/value/model.ts';
import { GoInt, GoStruct, int32Type, intType, stringType } from '../gotemplate/value/model.ts';

function rawIn(source: unknown): string | number {
  const raw =
    typeof source === 'object' && source !== null ? (source as GoSource)['value'] : source;
  return typeof raw === 'string' || typeof raw === 'number' ? raw : 0;
}

function receiverRaw(receiver: unknown): string | number {
  return receiver instanceof GoStruct ? rawIn(receiver.source) : 0;
}

/** Go's `strconv.Atoi` with its error dropped. */
function integerOf(text: string): number {
  return /^[-+]?[0-9]{1,15}$/.test(text) ? Number(text) : 0;
}

const kindType: GoType = { kind: 'int64', name: 'intstr.Type' };

/** `intstr.IntOrString`: a port number or a port's name, a percentage or a count. */
export const intOrStringType: GoType = {
  kind: 'struct',
  name: 'intstr.IntOrString',
  fields: new Map(
    (
      [
        ['Type', kindType, (raw) => (typeof raw === 'string' ? 1 : 0)],
        ['IntVal', int32Type, (raw) => (typeof raw === 'string' ? 0 : raw)],
        ['StrVal', stringType, (raw) => (typeof raw === 'string' ? raw : '')],
      ] satisfies [string, GoType, (raw: string | number) => unknown][]
    ).map(([goName, type, read]) => [
      goName,
      {
        goName,
        type,
        jsonName: '',
        omitEmpty: false,
        embedded: false,
        read: (source: GoSource) => read(rawIn(source)),
      },
    ]),
  ),
  methods: new Map([
    [
      'IntValue',
      {
        name: 'IntValue',
        in: [],
        pointerOnly: true,
        call: (receiver: unknown) => {
          const raw = receiverRaw(receiver);
          return new GoInt(intType, typeof raw === 'string' ? integerOf(raw) : raw);
        },
      },
    ],
    [
      'String',
      {
        name: 'String',
        in: [],
        pointerOnly: true,
        call: (receiver: unknown) => (receiver === null ? '<nil>' : String(receiverRaw(receiver))),
      },
    ],
  ]),
  encodeJSON: (source) => JSON.stringify(rawIn(source)),
  format: (source) => String(rawIn(source)),
};
