/// ServerVaultCapabilities, the same for every vault of the sandbox.
enum Capabilities {
  static let encoded: [UInt8] = {
    let names = supported.map { ($0, JSONText.bool(true)) } + missing.map { ($0, JSONText.bool(false)) }
    return JSONText.object(names).bytes
  }()

  private static let supported = [
    "PublicLinkSharingSupported", "FacetSearchSupported", "PropertyDefSearchabilitySupported",
    "FileStreamingSupported", "SearchOptionsSupported", "JSONExtApplicationsSupported",
    "SearchReferencedValueListItemsSupported", "GetTextContentWithOptionsSupported",
    "DetectTextLanguageSupported", "ObjectDataRetrievalInChunksSupported", "SettingsManagerSupported",
    "ExternalRepositoryObjectMigrationSupported", "ClientHttpApiSupported",
    "ReverseGroupingLevelSupported", "ReplicationConfigurationIDSupported",
    "AsyncNACLChangePropagationSupported", "AsyncTasksRetrievalSupported", "FindDuplicatesSupported",
    "FavorFullTextSearchSupported", "ApplicationTaskQueueSupported", "ObjectPermissionsForClientSupported",
    "UndeleteUserAccountByGUIDSupported", "UseUserVisibleACLInSearches",
    "NamedValueStorageConflictDetectionSupported", "HierarchicalObjectTypePropertiesSupported",
    "EmbeddingToSharePointSupported", "EmbeddingToSalesforceSupported", "AsyncModifyObjectClassSupported",
    "WebUserInterfaceSupported", "RemoveFromRecentsSupported", "EmbeddingToGoogleGSuiteSupported",
    "EmbeddingToArcGisSupported", "WebClientsProductionTelemetryEnabled",
    "SharedLinkBasedWOPIOperationSupported", "MdccResolvedOnServer", "NewWebWOPICoAuthoringSupported",
    "MFilesLinkSupported", "MdccConversionOnServer", "VaultLevelOptimizationJobsSupported",
    "ImportViewsWithOlderLastModifiedSupported", "VisitorLinksSupported",
    "AddObjectWithMultipleFilesSupported",
  ]

  private static let missing = [
    "VaultLoginAccountsSupported", "LatestVersionPublicLinkSharingSupported", "AutomaticMetadataSupported",
    "FullControlVaultUserCanModifyCodeSupported", "GreenLightsSupported",
  ]
}
