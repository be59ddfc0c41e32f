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

/// The ways to log in that the server offers: M-Files accounts and Windows accounts.
enum AuthenticationProtocols {
  static let encoded: [UInt8] = JSONText.array([
    plugin("M-Files", isDefault: true), plugin("Windows", isDefault: false),
  ]).bytes

  /// A PluginInfoConfiguration without a plug-in behind it.
  private static func plugin(_ name: String, isDefault: Bool) -> JSONText {
    [
      "Name": .string(name), "IsDefault": .bool(isDefault), "AssemblyName": "", "BridgeClassName": "",
      "IsScopeIndependent": true, "Protocol": "", "Configuration": [:], "ConfigurationSource": [:],
    ]
  }
}
