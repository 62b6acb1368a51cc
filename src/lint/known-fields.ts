/** Exports: {@link fieldOf}. */
import type { GoType } from '../gotemplate/index.ts';
import { findMethod } from '../gotemplate/value/struct-field.ts';
import { type Known, unknown } from './abstract-value.ts';

/** What is known of a member; undefined when the value surely has none of that name. */
export function fieldOf(value: Known, name: string): Known | undefined {
  switch (value.kind) {
    case 'values':
      return { kind: 'values', path: [...value.path, name] };
    case 'dict':
      return value.members.get(name) ?? unknown;
    case 'typed':
      return fieldOfType(value.type, name);
    case 'texts':
    case 'unknown':
      return unknown;
    default:
      return unknown;
  }
}

function fieldOfType(type: GoType, name: string): Known | undefined {
  const target = type.kind === 'pointer' ? type.elem : type;
  if (target === undefined || target.kind === 'interface') return unknown;
  const method = findMethod(target, name);
  if (method !== undefined) return getterResult(target, name);
  if (target.kind === 'map') {
    return target.elem === undefined ? unknown : { kind: 'typed', type: target.elem };
  }
  if (target.kind !== 'struct') return undefined;
  const field = fieldType(target, name);
  if (field === undefined) return undefined;
  if (target.name === 'inject.SidecarTemplateData' && name === 'Values') {
    return { kind: 'values', path: [] };
  }
  if (target.name === 'v1.ObjectMeta' && name === 'Annotations') {
    return { kind: 'texts', of: 'annotation' };
  }
  if (target.name === 'v1.ObjectMeta' && name === 'Labels') return { kind: 'texts', of: 'label' };
  return { kind: 'typed', type: field };
}

/** A getter of a message gives what its field holds; of other methods nothing is known. */
function getterResult(type: GoType, name: string): Known {
  const field = name.startsWith('Get') ? fieldType(type, name.slice(3)) : undefined;
  return field === undefined ? unknown : { kind: 'typed', type: field };
}

function fieldType(type: GoType, name: string): GoType | undefined {
  const own = type.fields?.get(name);
  if (own !== undefined) return own.type;
  for (const field of type.fields?.values() ?? []) {
    if (!field.embedded) continue;
    const inner = fieldType(field.type, name);
    if (inner !== undefined) return inner;
  }
  return undefined;
}
