import type { GoType } from '../../gotemplate/value/model.ts';
import { GoInt } from '../../gotemplate/value/model.ts';
import type { EnumDescriptor } from '../descriptor/descriptor.ts';
import { goTypeName } from '../descriptor/proto-names.ts';
import { method } from './method.ts';

const types = new WeakMap<EnumDescriptor, GoType>();

/** An enum: an int32 that prints by name. */
export function enumType(descriptor: EnumDescriptor): GoType {
  let type = types.get(descriptor);
  if (type === undefined) {
    type = {
      kind: 'int32',
      name: goTypeName(descriptor.fullName),
      enumNames: descriptor.names,
      methods: new Map([
        method(
          'String',
          (receiver) => {
            const number = receiver instanceof GoInt ? Number(receiver.value) : 0;
            return descriptor.names.get(number) ?? String(number);
          },
          false,
        ),
      ]),
    };
    types.set(descriptor, type);
  }
  return type;
}
