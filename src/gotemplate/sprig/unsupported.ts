import {
  anySliceType,
  type FunctionMap,
  GoCallError,
  type GoFunction,
  type GoType,
  intType,
  stringType,
  uint32Type,
} from '../value/model.ts';
import { fixed } from './define.ts';

/** sprig's type for a certificate and its key. */
const certificateType: GoType = { kind: 'struct', name: 'sprig.certificate', fields: new Map() };

/** A function that templates may name, and that only fails when it is called. */
export function unsupported(name: string, parameters: readonly GoType[], out: GoType): GoFunction {
  return fixed(parameters, out, () => {
    throw new GoCallError(`${name} is not supported by this injector`);
  });
}

const names = anySliceType;

/**
 * Functions that make keys, passwords or certificates, or ask the network: nothing that the text of a pod
 * should depend on.
 */
export const unsupportedFunctions: FunctionMap = Object.fromEntries(
  (
    [
      ['bcrypt', [stringType], stringType],
      ['htpasswd', [stringType, stringType], stringType],
      ['derivePassword', [uint32Type, stringType, stringType, stringType, stringType], stringType],
      ['encryptAES', [stringType, stringType], stringType],
      ['decryptAES', [stringType, stringType], stringType],
      ['genPrivateKey', [stringType], stringType],
      ['buildCustomCert', [stringType, stringType], certificateType],
      ['genCA', [stringType, intType], certificateType],
      ['genCAWithKey', [stringType, intType, stringType], certificateType],
      ['genSelfSignedCert', [stringType, names, names, intType], certificateType],
      [
        'genSelfSignedCertWithKey',
        [stringType, names, names, intType, stringType],
        certificateType,
      ],
      ['genSignedCert', [stringType, names, names, intType, certificateType], certificateType],
      [
        'genSignedCertWithKey',
        [stringType, names, names, intType, certificateType, stringType],
        certificateType,
      ],
      ['getHostByName', [stringType], stringType],
    ] as const
  ).map(([name, parameters, out]) => [name, unsupported(name, parameters, out)]),
);
