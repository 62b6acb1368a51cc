/** The Kubernetes types that the injector works on: public door. */
export { goType } from './go-types.ts';
export { structSchema } from './struct-schema.ts';
export type {
  DeclaredField,
  FieldSchema,
  ListSchema,
  StructSchema,
  TypeSchema,
} from './types.ts';
