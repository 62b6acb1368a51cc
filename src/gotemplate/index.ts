/** Go's text/template: public door, exported as `outrigger/gotemplate`. */
export type { FixedText, TemplateOutput } from './compile/execution.ts';
export type { MissingKey } from './compile/fields.ts';
export type { SparseMap } from './compile/insight.ts';
export { TemplateExecError, TemplateParseError } from './errors.ts';
export { formatValue } from './fmt/format-value.ts';
export { createSprig, type SprigOptions, sprig } from './sprig/index.ts';
export {
  parseTemplate,
  parseTemplateTree,
  type Template,
  type TemplateOptions,
  type TemplateTree,
} from './template.ts';
export {
  anyMapType,
  anySliceType,
  anyType,
  boolType,
  type FunctionMap,
  float64Type,
  GoCallError,
  type GoField,
  type GoFunction,
  GoInt,
  type GoKind,
  GoMap,
  type GoMethod,
  GoNamed,
  GoOpaque,
  GoPointer,
  GoSlice,
  type GoSource,
  GoStruct,
  type GoType,
  int32Type,
  int64Type,
  intType,
  mapOf,
  pointerTo,
  sliceOf,
  stringMapType,
  stringSliceType,
  stringType,
  wrap,
} from './value/model.ts';
