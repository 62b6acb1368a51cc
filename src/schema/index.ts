/** The Kubernetes types that the injector works on: public door. */
export { goType } from './go-types.ts';
export { parseQuantity, QuantityError } from './quantity.ts';
export { structNames, structSchema } from './struct-schema.ts';
export type {
  DeclaredField,
  FieldSchema,
  ListSchema,
  MapSchema,
  StructSchema,
  TypeSchema,
} from './types.ts';
