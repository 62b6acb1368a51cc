import type { StructTable } from '../notation.ts';

/** Volume sources that a storage system provides. */
export const storage: StructTable = {
  CSIVolumeSource: `
    driver!, readOnly *bool, fsType *string, volumeAttributes {}string,
    nodePublishSecretRef *LocalObjectReference
  `,
  NFSVolumeSource: 'server!, path!, readOnly bool',
  AWSElasticBlockStoreVolumeSource: 'volumeID!, fsType, partition int32, readOnly bool',
  AzureDiskVolumeSource: `
    diskName!, diskURI=DataDiskURI!, cachingMode *~AzureDataDiskCachingMode, fsType *string,
    readOnly *bool, kind *~AzureDataDiskKind
  `,
  AzureFileVolumeSource: 'secretName!, shareName!, readOnly bool',
  CephFSVolumeSource: `
    monitors! []string, path, user, secretFile, secretRef *LocalObjectReference, readOnly bool
  `,
  CinderVolumeSource: 'volumeID!, fsType, readOnly bool, secretRef *LocalObjectReference',
  FCVolumeSource: 'targetWWNs []string, lun *int32, fsType, readOnly bool, wwids=WWIDs []string',
  FlexVolumeSource: `
    driver!, fsType, secretRef *LocalObjectReference, readOnly bool, options {}string
  `,
  FlockerVolumeSource: 'datasetName, datasetUUID',
  GCEPersistentDiskVolumeSource: 'pdName=PDName!, fsType, partition int32, readOnly bool',
  GitRepoVolumeSource: 'repository!, revision, directory',
  GlusterfsVolumeSource: 'endpoints=EndpointsName!, path!, readOnly bool',
  ISCSIVolumeSource: `
    targetPortal!, iqn=IQN!, lun! int32, iscsiInterface=ISCSIInterface, fsType, readOnly bool,
    portals []string, chapAuthDiscovery=DiscoveryCHAPAuth bool,
    chapAuthSession=SessionCHAPAuth bool, secretRef *LocalObjectReference, initiatorName *string
  `,
  PhotonPersistentDiskVolumeSource: 'pdID!, fsType',
  PortworxVolumeSource: 'volumeID!, fsType, readOnly bool',
  QuobyteVolumeSource: 'registry!, volume!, readOnly bool, user, group, tenant',
  RBDVolumeSource: `
    monitors=CephMonitors! []string, image=RBDImage!, fsType, pool=RBDPool, user=RadosUser,
    keyring, secretRef *LocalObjectReference, readOnly bool
  `,
  ScaleIOVolumeSource: `
    gateway!, system!, secretRef! *LocalObjectReference, sslEnabled=SSLEnabled bool,
    protectionDomain, storagePool, storageMode, volumeName, fsType, readOnly bool
  `,
  StorageOSVolumeSource: `
    volumeName, volumeNamespace, fsType, readOnly bool, secretRef *LocalObjectReference
  `,
  VsphereVirtualDiskVolumeSource: 'volumePath!, fsType, storagePolicyName, storagePolicyID',
};
