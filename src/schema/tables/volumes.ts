import type { StructTable } from '../notation.ts';

/** Volumes and the sources that come from the cluster itself. */
export const volumes: StructTable = {
  Volume: 'name!, ...VolumeSource',
  VolumeSource: `
    hostPath *HostPathVolumeSource, emptyDir *EmptyDirVolumeSource,
    gcePersistentDisk=GCEPersistentDisk *GCEPersistentDiskVolumeSource,
    awsElasticBlockStore=AWSElasticBlockStore *AWSElasticBlockStoreVolumeSource,
    gitRepo *GitRepoVolumeSource, secret *SecretVolumeSource, nfs=NFS *NFSVolumeSource,
    iscsi=ISCSI *ISCSIVolumeSource, glusterfs *GlusterfsVolumeSource,
    persistentVolumeClaim *PersistentVolumeClaimVolumeSource, rbd=RBD *RBDVolumeSource,
    flexVolume *FlexVolumeSource, cinder *CinderVolumeSource, cephfs=CephFS *CephFSVolumeSource,
    flocker *FlockerVolumeSource, downwardAPI *DownwardAPIVolumeSource, fc=FC *FCVolumeSource,
    azureFile *AzureFileVolumeSource, configMap *ConfigMapVolumeSource,
    vsphereVolume *VsphereVirtualDiskVolumeSource, quobyte *QuobyteVolumeSource,
    azureDisk *AzureDiskVolumeSource, photonPersistentDisk *PhotonPersistentDiskVolumeSource,
    projected *ProjectedVolumeSource, portworxVolume *PortworxVolumeSource,
    scaleIO *ScaleIOVolumeSource, storageos=StorageOS *StorageOSVolumeSource,
    csi=CSI *CSIVolumeSource, ephemeral *EphemeralVolumeSource, image *ImageVolumeSource
  `,
  HostPathVolumeSource: 'path!, type *~HostPathType',
  EmptyDirVolumeSource: 'medium ~StorageMedium, sizeLimit *Quantity',
  SecretVolumeSource: 'secretName, items []KeyToPath, defaultMode *int32, optional *bool',
  ConfigMapVolumeSource: `
    ...LocalObjectReference, items []KeyToPath, defaultMode *int32, optional *bool
  `,
  KeyToPath: 'key!, path!, mode *int32',
  DownwardAPIVolumeSource: 'items []DownwardAPIVolumeFile, defaultMode *int32',
  DownwardAPIVolumeFile: `
    path!, fieldRef *ObjectFieldSelector, resourceFieldRef *ResourceFieldSelector, mode *int32
  `,
  ProjectedVolumeSource: 'sources! []VolumeProjection, defaultMode *int32',
  VolumeProjection: `
    secret *SecretProjection, downwardAPI *DownwardAPIProjection, configMap *ConfigMapProjection,
    serviceAccountToken *ServiceAccountTokenProjection,
    clusterTrustBundle *ClusterTrustBundleProjection, podCertificate *PodCertificateProjection
  `,
  SecretProjection: '...LocalObjectReference, items []KeyToPath, optional *bool',
  ConfigMapProjection: '...LocalObjectReference, items []KeyToPath, optional *bool',
  DownwardAPIProjection: 'items []DownwardAPIVolumeFile',
  ServiceAccountTokenProjection: 'audience, expirationSeconds *int64, path!',
  ClusterTrustBundleProjection: `
    name *string, signerName *string, labelSelector *LabelSelector, optional *bool, path!
  `,
  PodCertificateProjection: `
    signerName, keyType, maxExpirationSeconds *int32, credentialBundlePath, keyPath,
    certificateChainPath, userAnnotations {}string
  `,
  PersistentVolumeClaimVolumeSource: 'claimName!, readOnly bool',
  EphemeralVolumeSource: 'volumeClaimTemplate *PersistentVolumeClaimTemplate',
  PersistentVolumeClaimTemplate: 'metadata! ...ObjectMeta, spec! PersistentVolumeClaimSpec',
  PersistentVolumeClaim: `
    ...TypeMeta, metadata! ...ObjectMeta, spec! PersistentVolumeClaimSpec,
    status! PersistentVolumeClaimStatus
  `,
  PersistentVolumeClaimSpec: `
    accessModes []~PersistentVolumeAccessMode, selector *LabelSelector,
    resources! VolumeResourceRequirements, volumeName, storageClassName *string,
    volumeMode *~PersistentVolumeMode, dataSource *TypedLocalObjectReference,
    dataSourceRef *TypedObjectReference, volumeAttributesClassName *string
  `,
  VolumeResourceRequirements: 'limits ResourceList, requests ResourceList',
  ImageVolumeSource: 'reference, pullPolicy ~PullPolicy',
  PersistentVolumeClaimStatus: '*',
};
