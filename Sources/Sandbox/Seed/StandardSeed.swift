extension SandboxSeed {
  static let standardJSON = """
    {
      "vaults": [
        {"name": "Sample Vault", "guid": "{C840BE1A-5B47-4AC0-8EF7-835C166C8E24}"},
        {"name": "Finance", "guid": "{6D1A7C52-0B7E-4F7B-9E2D-3C5A81F0B4D1}"},
        {"name": "Human Resources", "guid": "{A3F95E08-9C41-4D26-B7A4-52E1D6C0937F}"},
        {"name": "Archive", "guid": "{1E8B4D70-63A2-49CF-8D15-7F20C9B6E3A4}"},
        {"name": "Archive", "guid": "{92C7F3B6-15D8-4E0A-A6B9-04D83E5F7C12}"}
      ],
      "accounts": [
        {"name": "admin", "password": "demo", "full_name": "Ada Admin", "user_id": 1, "admin": true, "vaults": "*"},
        {"name": "editor", "password": "demo", "full_name": "Eddie Editor", "user_id": 2, "license": "named",
         "vaults": ["Sample Vault", "Finance"]},
        {"name": "reader", "password": "demo", "full_name": "Rita Reader", "user_id": 3, "license": "readonly",
         "vaults": ["Sample Vault"]},
        {"name": "concurrent", "password": "demo", "full_name": "Connie Concurrent", "user_id": 4,
         "license": "concurrent", "vaults": ["Sample Vault"]},
        {"name": "external", "password": "demo", "full_name": "Ezra External", "user_id": 5, "internal": false,
         "vaults": ["Sample Vault"]},
        {"name": "winuser", "password": "demo", "full_name": "Winnie Windows", "user_id": 6, "windows": true,
         "domain": "SANDBOX", "vaults": ["Sample Vault"]},
        {"name": "novault", "password": "demo", "full_name": "Nora Novault", "user_id": 7, "vaults": []},
        {"name": "leaver", "password": "demo", "full_name": "Leo Leaver", "user_id": 8, "enabled": false,
         "vaults": ["Sample Vault"]}
      ]
    }
    """
}
