import type { Rule } from "../../contract";

const encryptionHasItsKey: Rule = {
  id: "encryption-has-its-key",
  statement:
    "Services that encrypt have a key that they can reach, and a change to Vault says what becomes of the KMS key.",
  check({ keyManagement, keys, services, databases }, report) {
    const own = services.filter(({ encryption }) => encryption && !encryption.readsOf).map(({ name }) => name);
    if (keyManagement.provider === "vault") {
      const { encryptedByKmsBefore: before } = keyManagement;
      if (before === undefined && own.length > 0) {
        report(
          ["keyManagement", "encryptedByKmsBefore"],
          "must be said, because services encrypt: true keeps the KMS key for what was encrypted with it; set false if the environment was on Vault from its start",
        );
      }
      if (keys.application && before !== true) {
        report(
          ["keys", "application"],
          "is a KMS key, but keyManagement keeps the services' keys in Vault; set keyManagement.encryptedByKmsBefore: true if services encrypted with it before, or remove it",
        );
      }
    }
    services.forEach(({ name, encryption, database: use }, index) => {
      const at = ["services", index, "encryption"];
      const owner = encryption?.readsOf;
      if (owner === name) report([...at, "readsOf"], "is the service itself; leave it out to encrypt and decrypt");
      else if (owner !== undefined && !own.includes(owner)) {
        const remedy = own.length > 0 ? `use one of ${own.join(", ")}` : "add encryption: {} to it";
        report([...at, "readsOf"], `is not a service that encrypts; ${remedy}`);
      }
      const database = encryption && databases.findIndex((one) => one.name === use?.name);
      if (database === undefined || database < 0) return;
      // A function that connects to a database has no way out of its network, if the toolkit made it.
      if (databases[database]?.network.existing) return;
      if (keyManagement.provider === "vault") {
        if (keyManagement.privateAccess) return;
        report(
          at,
          `cannot reach Vault from the network of the database ${use?.name}; set keyManagement.privateAccess if there is a private connection, or encrypt in another service`,
        );
      }
    });
  },
};

export const encryptionRules: readonly Rule[] = [encryptionHasItsKey];
