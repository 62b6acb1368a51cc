import type { StructTable } from '../notation.ts';

/** Object metadata and the references that everybody uses. */
export const metadata: StructTable = {
  TypeMeta: 'kind, apiVersion',
  ObjectMeta: `
    name, generateName, namespace, selfLink, uid ~types.UID, resourceVersion, generation int64,
    creationTimestamp Time, deletionTimestamp *Time, deletionGracePeriodSeconds *int64,
    labels {}string, annotations {}string, ownerReferences []OwnerReference by uid,
    finalizers []string as set, managedFields []ManagedFieldsEntry
  `,
  OwnerReference: `
    apiVersion!, kind!, name!, uid! ~types.UID, controller *bool, blockOwnerDeletion *bool
  `,
  ManagedFieldsEntry: `
    manager, operation ~ManagedFieldsOperationType, apiVersion, time *Time, fieldsType,
    fieldsV1 *raw, subresource
  `,
  ObjectReference: 'kind, namespace, name, uid ~types.UID, apiVersion, resourceVersion, fieldPath',
  LocalObjectReference: 'name',
  TypedLocalObjectReference: 'apiGroup! *string, kind!, name!',
  TypedObjectReference: 'apiGroup! *string, kind!, name!, namespace *string',
  LabelSelector: 'matchLabels {}string, matchExpressions []LabelSelectorRequirement',
  LabelSelectorRequirement: 'key!, operator! ~LabelSelectorOperator, values []string',
  ListMeta: 'selfLink, resourceVersion, continue, remainingItemCount *int64',
  List: '...TypeMeta, metadata! ListMeta, items! []raw',
};
