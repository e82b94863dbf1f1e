import { defineEnvironment, type EnvironmentInput } from "../../config";
import staging from "../../environments/staging";
import { ConfigError, type ConfigIssue } from "../../modules/core";
import { existing } from "../support/existing-networks-environment";

/** A value of any shape: mistakes are what the types forbid. */
// biome-ignore lint/suspicious/noExplicitAny: the tests write what the compiler would refuse
type Loose = any;

/** The mistakes that are found in staging once it has been changed. */
function mistakesOf(change: (environment: Loose) => void): readonly ConfigIssue[] {
  // As text and back: what environments share is shared within a structured clone as well, and would be changed in all places.
  const input = JSON.parse(JSON.stringify(staging.input)) as Loose;
  change(input);
  try {
    defineEnvironment(input as EnvironmentInput).resolve();
  } catch (error) {
    if (error instanceof ConfigError) return error.issues;
    throw error;
  }
  return [];
}

type Mistake = readonly [
  what: string,
  change: (environment: Loose) => void,
  path: string,
  message: string,
  received: string,
];

const table = (environment: Loose) => environment.tables[0];
const service = (environment: Loose) => environment.services[0];

const python = { code: { folder: "services/quotes/app" }, runtime: "python3.13", handler: "handler.handler" };

/** Has the service in Python. */
function inPython(environment: Loose, change: Loose = {}): void {
  const { function: fn } = environment.services[0];
  for (const field of ["entry", "provisionedConcurrency", "sourceMap"]) delete fn[field];
  Object.assign(fn, structuredClone(python), change);
}

const imageIn = (region: string): string =>
  `444455556666.dkr.ecr.${region}.amazonaws.com/orders@sha256:${"0123456789abcdef".repeat(4)}`;
const bothImages = { "eu-west-1": imageIn("eu-west-1"), "eu-central-1": imageIn("eu-central-1") };
const tracingLayer = {
  arns: {
    "eu-west-1": "arn:aws:lambda:eu-west-1:901920570463:layer:aws-otel:3",
    "eu-central-1": "arn:aws:lambda:eu-central-1:901920570463:layer:aws-otel:3",
  },
};

/** Has the service as an image. */
function inImage(environment: Loose, uris: Loose): void {
  const { function: fn } = environment.services[0];
  for (const field of ["entry", "runtime", "handler", "provisionedConcurrency", "sourceMap"]) delete fn[field];
  fn.code = { image: { uris } };
}

/** Adds a database with PgBouncer as its pool. */
function addPgBouncer(environment: Loose, change: (database: Loose) => void = () => {}): void {
  addDatabase(environment, (database) => {
    database.network.interfaceEndpoints.push("ecr.api", "ecr.dkr", "logs", "secretsmanager");
    database.pgbouncer = pgbouncerOf(environment);
    change(database);
  });
}

const pgbouncerOf = ({ account }: Loose): Loose => ({
  image: `${account}.dkr.ecr.eu-west-1.amazonaws.com/pgbouncer@sha256:${"0123456789abcdef".repeat(4)}`,
  domainName: "ledger.pools.example.com",
  certificateSecretArn: `arn:aws:secretsmanager:eu-west-1:${account}:secret:pool-certificate-AbCdEf`,
});

/** Adds a database in VPCs that are given. */
function inExistingVpcs(environment: Loose, change: (network: Loose, database: Loose) => void = () => {}): void {
  addDatabase(environment, (database) => {
    database.network = { existing: structuredClone(existing) };
    change(database.network, database);
  });
}

/** Adds a database, which the service connects to, in place of its events and settings. */
function addDatabase(environment: Loose, change: (database: Loose) => void = () => {}): void {
  const ledger = {
    name: "ledger",
    cluster: {
      engineVersion: "16.6",
      databaseName: "ledger",
      capacity: { type: "serverless", minCapacity: 0.5, maxCapacity: 8 },
      maxRecoveryPointSeconds: 60,
    },
    network: { cidrBlock: "10.64.0.0/20", interfaceEndpoints: ["xray"] },
    users: ["ledger_service"],
  };
  environment.databases = [ledger];
  service(environment).database = { name: "ledger", user: "ledger_service" };
  delete service(environment).publishes;
  delete service(environment).encryption;
  delete service(environment).settings;
  change(ledger);
}
/** Brings the rotation of database passwords early. */
function rotateSecrets(environment: Loose): void {
  environment.exceptions = { secretRotation: { enabled: true, reason: "said for the sake of the test" } };
}
/** Staging's service behind a distribution, which answers for the regions. */
const edge = (environment: Loose) => {
  const changed = service(environment);
  delete changed.api.domainName;
  delete changed.hostedZoneId;
  delete changed.recovery;
  delete changed.publishes;
  changed.edge = { distribution: { aliases: ["shop.example.com"] }, hostedZoneId: "Z0STAGINGEXAMPLE" };
  return changed.edge;
};
/** Acknowledges the removal of a table. It has expired, which is no mistake: nothing else may fail for it. */
function removal(environment: Loose): Loose {
  const acknowledged = {
    stack: "staging-data",
    address: "aws_dynamodb_table.orders_table",
    reason: "the orders are in another table since spring",
    expires: "2025-01-31",
  };
  environment.acknowledgedRemovals = [acknowledged];
  return acknowledged;
}
/** Acknowledges a finding; it has expired as well. */
function finding(environment: Loose): Loose {
  const acknowledged = {
    rule: "no-public-storage",
    stack: "staging-edge",
    address: "aws_s3_bucket_acl.site.acl",
    reason: "the site is for everybody",
    expires: "2025-01-31",
  };
  environment.acknowledgedFindings = [acknowledged];
  return acknowledged;
}
const vault = {
  provider: "vault",
  address: "https://vault.example.com:8200",
  serverId: "vault.example.com",
  encryptedByKmsBefore: false,
};
const role = {
  provider: "vault",
  connection: "ledger",
  creationStatements: [
    `CREATE ROLE "{{name}}" LOGIN PASSWORD '{{password}}' VALID UNTIL '{{expiration}}' IN ROLE ledger_access`,
  ],
};
/** Adds a database without a pool, to which the service logs in as a user that Vault makes. */
function logInByVault(environment: Loose, change: (login: Loose) => void = () => {}): void {
  addDatabase(environment);
  const login = structuredClone(role);
  service(environment).database = { name: "ledger", user: "ledger_access", login };
  environment.exceptions = { databaseProxy: { enabled: false, reason: "Vault's users get through no pool" } };
  environment.keyManagement = { ...vault, databaseMount: "database", privateAccess: { cidrBlocks: ["10.80.0.0/24"] } };
  change(login);
}
/** Lets a function decide who may read orders. */
function byFunction(environment: Loose, authorizer: Loose): void {
  const { api } = service(environment);
  api.lambdaAuthorizers = { partners: authorizer };
  api.routes["GET /orders/{orderId}"] = { authorization: "CUSTOM", authorizer: "partners" };
}

/** Adds a service that decides about the callers of the first one. */
function withSignIn(environment: Loose, fn: Loose): Loose {
  byFunction(environment, { service: "sign-in" });
  const added: Loose = {
    name: "sign-in",
    function: { entry: "services/shipments/handler.ts", reservedConcurrency: 5, ...fn },
  };
  environment.services.push(added);
  return added;
}

/** Asks the clients of the API for certificates, with what that needs. */
function withCertificates(environment: Loose): void {
  const changed = service(environment);
  const truststore = (name: string) => ({ truststoreUri: `s3://trust-${name}/clients.pem`, truststoreVersion: "1" });
  changed.api.mutualTls = { "eu-west-1": truststore("ireland"), "eu-central-1": truststore("frankfurt") };
  changed.dns = { ...changed.dns, alarmCheck: { threshold: 100 } };
  delete changed.recovery;
}

const byToken = { authorization: "JWT", authorizer: "customers" };
/** Pages of another origin that send their tokens. */
const pages = {
  allowOrigins: ["https://shop.example.com"],
  allowMethods: ["GET", "POST"],
  allowHeaders: ["authorization"],
};
const groups = (managedRuleGroups: Loose): Loose => ({ scope: "CLOUDFRONT", managedRuleGroups });
/** A change of the limits by schedule. */
function schedule(environment: Loose): Loose {
  const found = { name: "morning", schedule: "cron(30 6 ? * MON-FRI *)", timezone: "UTC", min: 2, max: 4 };
  const { provisionedConcurrency } = service(environment).function;
  const { min, max } = provisionedConcurrency;
  provisionedConcurrency.schedules = [
    found,
    { ...found, name: "evening", schedule: "cron(0 20 ? * MON-FRI *)", min, max },
  ];
  return found;
}
/** The pattern of a rule that calls the service. */
function subscription(environment: Loose): Loose {
  const eventPattern = { source: ["orders"] };
  service(environment).subscriptions = { placed: { bus: "orders", eventPattern } };
  return eventPattern;
}
function manySubscriptions(environment: Loose, count: number): void {
  const rule = () => ({ bus: "orders", eventPattern: { source: ["orders"] } });
  service(environment).subscriptions = Object.fromEntries(
    Array.from({ length: count }, (_, at) => [`placed-${at}`, rule()]),
  );
}
const queries = (environment: Loose): Loose => {
  service(environment).savedQueries = { queries: {} };
  return service(environment).savedQueries.queries;
};
const accounts = (count: number, value: () => Loose): Loose =>
  Object.fromEntries(Array.from({ length: count }, (_, at) => [String(100_000_000_000 + at), value()]));
/** Adds tables with indexes, which the service reads and writes. */
function manyTables(environment: Loose, count: number, use: Loose = {}): void {
  for (let at = 1; at < count; at += 1) {
    const name = `orders-by-customer-${at}`;
    environment.tables.push({ ...structuredClone(table(environment)), name });
    service(environment).tables[name] = { access: "read-write", variable: `TABLE_${at}`, ...use };
  }
}
const twin = (environment: Loose) => ({ ...structuredClone(service(environment)), name: "twin" });

/** What the functions of a service with a database are told in variables. */
const databaseVariables = [
  ..."HOST READER_HOST PORT NAME USER AUTHENTICATION SECRET_ARN CA_FILE CANARY_NAME CANARY_PATH"
    .split(" ")
    .map((name) => `DATABASE_${name}`),
  "VAULT_DATABASE_MOUNT",
  "VAULT_DATABASE_ROLE",
];

// biome-ignore format: one line for each mistake reads as a table
const mistakes: readonly Mistake[] = [
  // The environment as a whole
  ["an unknown field", (e) => { e.stag = "hardening"; }, "stag", 'unknown field; did you mean "stage"?', '"hardening"'],
  ["a misspelt stage", (e) => { e.stage = "hardning"; }, "stage", 'is not one of the allowed values; did you mean "hardening"?', '"hardning"'],
  ["no stage", (e) => { delete e.stage; }, "stage", "is required; set it to one of foundation, hardening, optimization", "nothing"],
  ["a name with capitals", (e) => { e.name = "Staging"; }, "name", "is not kebab-case; use lower-case letters, digits and single hyphens", '"Staging"'],
  ["a name too long for what it is part of", (e) => { e.name = "a-very-long-environment"; }, "name", "is too large; use at most 16 characters", '"a-very-long-environment"'],
  ["an account id that is a number", (e) => { e.account = 333333333333; }, "account", "has the wrong type; use a string", "333333333333"],
  ["an account id that is too short", (e) => { e.account = "3333"; }, "account", "is not an AWS account id; use the 12 digits, as a string", '"3333"'],
  ["a role of another account", (e) => { e.deployRoleArn = "arn:aws:iam::999999999999:role/deploy"; }, "deployRoleArn", "is a role in another account, not 333333333333; use a role in the environment's account", '"arn:aws:iam::999999999999:role/deploy"'],
  ["a tag that AWS reserves", (e) => { e.tags["aws:team"] = "x"; }, "tags.aws:team", "this name is not allowed; use letters, digits, spaces and _.:/=+-@ in tag keys, not starting with aws:", '"x"'],
  // Regions
  ["a region that does not exist", (e) => { e.regions.home = "eu-west-9"; }, "regions.home", 'is not one of the allowed values; did you mean "eu-west-1"?', '"eu-west-9"'],
  ["a standby region equal to home", (e) => { e.regions.standby = ["eu-west-1"]; }, "regions.standby[0]", "is the home region; name another region, or leave it out", '"eu-west-1"'],
  ["a repeated standby region", (e) => { e.regions.standby.push("eu-central-1"); }, "regions.standby[1]", "is listed twice; remove the duplicate", '"eu-central-1"'],
  ["a standby region of another partition", (e) => { e.regions.standby = ["cn-north-1"]; }, "regions.standby[0]", "is in another AWS partition than home", '"cn-north-1"'],
  ["optimization without a standby region", (e) => { e.stage = "optimization"; e.regions.standby = []; delete service(e).recovery; }, "regions.standby", "names no region, but stage optimization replicates keys, tables and services; name one, or switch", "[]"],
  // Exceptions
  ["an exception for an unknown capability", (e) => { e.exceptions = { deadLeters: { enabled: false, reason: "we look at the logs" } }; }, "exceptions.deadLeters", 'did you mean "deadLetters"?', '{"enabled":false,"reason":"we look at the logs"}'],
  ["an exception without a reason", (e) => { e.exceptions = { deadLetters: { enabled: false } }; }, "exceptions.deadLetters.reason", "is required; add a string", "nothing"],
  ["an exception that changes nothing", (e) => { e.exceptions = { deadLetters: { enabled: true, reason: "we want dead letters" } }; }, "exceptions.deadLetters", "has no effect, because stage hardening brings it already; remove the exception", '{"enabled":true,"reason":"we want dead letters"}'],
  ["a capability without what it needs", (e) => { e.exceptions = { replicatedTables: { enabled: true, reason: "we want the data early" } }; }, "exceptions", "leave replicatedTables without replicatedKeys, which it needs; switch both on or both off", '{"replicatedTables":{"enabled":true,"reason":"we want the data early"}}'],
  // State
  ["state without a lock", (e) => { e.state.lockFile = false; }, "state.lockFile", "must be true, because two applies at once would corrupt the state; set it to true or leave it out", "false"],
  ["an unknown backend", (e) => { e.state = { backend: "s4" }; }, "state.backend", "is not one of the allowed values", '"s4"'],
  ["a bucket name that S3 refuses", (e) => { e.state.bucket = "My_Bucket"; }, "state.bucket", "is not an S3 bucket name; use 3 to 63 lower-case letters, digits and hyphens", '"My_Bucket"'],
  ["a second bucket of states in the region of the first", (e) => { e.state.secondary = { bucket: "other-states", region: "eu-north-1", kmsKeyArn: e.state.kmsKeyArn }; }, "state.secondary.region", "is the region of the first bucket, and would be lost with it; use another region", '"eu-north-1"'],
  ["a second bucket of states with a key of another region", (e) => { e.state.secondary = { bucket: "other-states", region: "eu-west-3", kmsKeyArn: e.state.kmsKeyArn }; }, "state.secondary.kmsKeyArn", "is a key in eu-north-1, but the bucket is in eu-west-3; use a key in the bucket's region", '"arn:aws:kms:eu-north-1:333333333333:key/mrk-1234abcd12ab34cd56ef1234567890ab"'],
  ["an active bucket of states that there is not", (e) => { e.state.active = "secondary"; }, "state.active", 'names a second bucket, and there is none; state "secondary", or remove it', '"secondary"'],
  ["a state key of another region", (e) => { e.state.region = "eu-west-2"; }, "state.kmsKeyArn", "is a key in eu-north-1, but the bucket is in eu-west-2; use a key in the bucket's region", '"arn:aws:kms:eu-north-1:333333333333:key/mrk-1234abcd12ab34cd56ef1234567890ab"'],
  ["a key prefix with a slash at its end", (e) => { e.state.keyPrefix = "evenkeel/"; }, "state.keyPrefix", "is not a key prefix; use letters, digits, - and /, without a / at either end", '"evenkeel/"'],
  ["local state where data matters", (e) => { e.state = { backend: "local" }; }, "state.backend", "keeps the state on one machine, without a lock; use s3, or set disposable: true", '"local"'],
  // Keys
  ["a rotation period below KMS's", (e) => { e.keys = { data: { rotationPeriodDays: 30 } }; }, "keys.data.rotationPeriodDays", "is too small; use at least 90", "30"],
  ["a rotation period above KMS's", (e) => { e.keys = { data: { rotationPeriodDays: 3000 } }; }, "keys.data.rotationPeriodDays", "is too large; use at most 2560", "3000"],
  ["a deletion window below KMS's", (e) => { e.keys = { data: { deletionWindowDays: 1 } }; }, "keys.data.deletionWindowDays", "is too small; use at least 7", "1"],
  ["an unknown keeper of keys", (e) => { e.keyManagement = { provider: "hsm" }; }, "keyManagement.provider", "is not one of the allowed values", '"hsm"'],
  ["Vault's options with KMS", (e) => { e.keyManagement = { provider: "kms", address: "https://vault.example.com" }; }, "keyManagement.address", "unknown field; use one of provider", '"https://vault.example.com"'],
  ["a Vault without TLS", (e) => { e.keyManagement = { ...vault, address: "http://vault.example.com:8200" }; }, "keyManagement.address", "is not the address of a Vault, because it does not begin with https://; write https://<host>:<port>", '"http://vault.example.com:8200"'],
  ["a Vault with a password in its address", (e) => { e.keyManagement = { ...vault, address: "https://root:pw@vault.example.com" }; }, "keyManagement.address", "looks like a secret, because it holds a user name and a password in a URL", "(hidden)"],
  ["a Vault without a server id", (e) => { const { serverId: _, ...nameless } = vault; e.keyManagement = nameless; }, "keyManagement.serverId", "is required; add a string", "nothing"],
  ["a key of KMS for what Vault encrypts", (e) => { e.keyManagement = vault; e.keys = { application: {} }; }, "keys.application", "is a KMS key, but keyManagement keeps the services' keys in Vault; set keyManagement.encryptedByKmsBefore: true if services encrypted with it before, or remove it", "{}"],
  ["a change to Vault that does not say what becomes of the key of KMS", (e) => { const { encryptedByKmsBefore: _, ...unsaid } = vault; e.keyManagement = unsaid; }, "keyManagement.encryptedByKmsBefore", "must be said, because services encrypt: true keeps the KMS key for what was encrypted with it; set false if", "nothing"],
  ["a service that reads its own messages", (e) => { service(e).encryption = { readsOf: "orders" }; }, "services[0].encryption.readsOf", "is the service itself; leave it out to encrypt and decrypt", '"orders"'],
  ["a reader of a service that does not encrypt", (e) => { service(e).encryption = { readsOf: "payments" }; }, "services[0].encryption.readsOf", "is not a service that encrypts; add encryption: {} to it", '"payments"'],
  ["a variable that encryption sets", (e) => { service(e).function.environment = { ENCRYPTION_KEY_ARN: "alias/mine" }; }, "services[0].function.environment.ENCRYPTION_KEY_ARN", "is set by encryption; remove it and use encryption instead", '"alias/mine"'],
  ["encryption without a way to KMS", (e) => { addDatabase(e); service(e).encryption = {}; }, "databases[0].network.interfaceEndpoints", 'has no "kms", but functions in the network encrypt; add it', '["xray"]'],
  ["encryption without a way to Vault", (e) => { addDatabase(e); service(e).encryption = {}; e.keyManagement = vault; }, "services[0].encryption", "cannot reach Vault from the network of the database ledger; set keyManagement.privateAccess if there is a private connection, or encrypt in another service", "{}"],
  ["a way to Vault over the internet", (e) => { e.keyManagement = { ...vault, privateAccess: { cidrBlocks: ["0.0.0.0/0"] } }; }, "keyManagement.privateAccess.cidrBlocks[0]", "is outside the private ranges; use a range in 10.0.0.0/8", '"0.0.0.0/0"'],
  ["a path of a database engine with a slash", (e) => { e.keyManagement = { ...vault, databaseMount: "database/" }; }, "keyManagement.databaseMount", "is not the path of a secrets engine; use letters, digits", '"database/"'],
  // Database logins by Vault
  ["database logins without a Vault", (e) => { logInByVault(e); delete e.keyManagement; }, "services[0].database.login", 'needs a Vault; set keyManagement to provider "vault", or remove login and use one of the database\'s users', '{"provider":"vault","connection":"ledger"'],
  ["database logins without Vault's database engine", (e) => { logInByVault(e); delete e.keyManagement.databaseMount; }, "keyManagement.databaseMount", "is required, because orders gets its database logins from Vault; set it to the path of Vault's database engine", "nothing"],
  ["database logins without a way to Vault", (e) => { logInByVault(e); delete e.keyManagement.privateAccess; }, "keyManagement.privateAccess", "is required, because orders gets its database logins from Vault, which the database's network cannot reach; connect them by PrivateLink or peering, and list Vault's addresses here", "nothing"],
  ["database logins by Vault through an RDS Proxy", (e) => { logInByVault(e); delete e.exceptions; }, "services[0].database.login", "does not work with the connection pool of the database ledger, because an RDS Proxy knows only users with a secret; disable databaseProxy and everything that needs it under exceptions, or remove login", '{"provider":"vault","connection":"ledger"'],
  ["database logins by Vault through PgBouncer", (e) => { addPgBouncer(e); const { databases } = structuredClone(e); logInByVault(e); e.databases = databases; delete e.exceptions; }, "services[0].database.login", "does not work with the connection pool of the database ledger, because PgBouncer does not know the users that Vault creates; disable databaseProxy and everything that needs it under exceptions, or remove login", '{"provider":"vault","connection":"ledger"'],
  ["Vault's users as a user who logs in without it", (e) => { logInByVault(e, (login) => { login.creationStatements[0] += ", ledger_service"; }); service(e).database.user = "ledger_service"; }, "services[0].database.user", "is a user of ledger that logs in without Vault, and without a pool it is a member of rds_iam, which would lock out every user that is granted it; name a role without a login of its own", '"ledger_service"'],
  ["Vault's users as the master user", (e) => { logInByVault(e); service(e).database.user = "dbadmin"; }, "services[0].database.user", "is the master user, which is only for administration; name a role for the service", '"dbadmin"'],
  ["a role that Vault's users are not given", (e) => { logInByVault(e); service(e).database.user = "ledger_reports"; }, "services[0].database.user", "is not granted by any of login.creationStatements; grant it to the user there", '"ledger_reports"'],
  ["Vault's users that outlive their lease", (e) => { logInByVault(e, (login) => { login.creationStatements = ["CREATE ROLE {{name}} PASSWORD '{{password}}' IN ROLE ledger_access"]; }); }, "services[0].database.login.creationStatements", "does not contain {{expiration}}; add it, so that Vault can fill it in", "CREATE ROLE"],
  ["Vault's users that live longer than their longest life", (e) => { logInByVault(e, (login) => { login.defaultTtlSeconds = 7200; login.maxTtlSeconds = 3600; }); }, "services[0].database.login.defaultTtlSeconds", "is above maxTtlSeconds, 3600; use at most that value", "7200"],
  ["database logins for a reader of another service", (e) => { logInByVault(e); e.services.push({ name: "payments", function: service(e).function, encryption: {} }); service(e).encryption = { readsOf: "payments" }; }, "services[0].encryption.readsOf", "makes the function log in to Vault as a reader of payments, which gets no database login; decrypt in another service", '"payments"'],
  ["a variable that database logins set", (e) => { logInByVault(e); service(e).function.environment = { VAULT_DATABASE_ROLE: "x" }; }, "services[0].function.environment.VAULT_DATABASE_ROLE", "is already set by database; remove it here", '"x"'],
  ["evidence of rotations that is gone within a year", (e) => { e.keyRotation = { evidenceRetentionDays: 90 }; }, "keyRotation.evidenceRetentionDays", "is less than a year; use at least 365 days", "90"],
  ["alerts for nobody", (e) => { e.alerts = { emails: [] }; }, "alerts", "has no recipient, so nobody would see an alarm", '{"emails":[]}'],
  ["an address that is none", (e) => { e.alerts = { emails: ["oncall"] }; }, "alerts.emails[0]", "is not an e-mail address; write it like name@example.com", '"oncall"'],
  // Tables
  ["a table name that breaks the pattern", (e) => { e.tables.push({ ...table(e), name: "my orders" }); }, "tables[1].name", "is not kebab-case", '"my orders"'],
  ["two tables with one name", (e) => { e.tables.push(table(e)); }, "tables[1].name", "is already the name of tables[0]; give each its own name", '"orders"'],
  ["a key attribute that is not declared", (e) => { delete table(e).attributes.pk; }, "tables[0].partitionKey", 'uses the attribute "pk", which is not declared; add it to attributes with its type', '"pk"'],
  ["an attribute of no key", (e) => { table(e).attributes.total = "N"; }, "tables[0].attributes.total", "is not part of any key; remove it", '"N"'],
  ["an attribute type that keys do not take", (e) => { table(e).attributes.pk = "M"; }, "tables[0].attributes.pk", "is not one of the allowed values", '"M"'],
  ["an LSI without a sort key", (e) => { delete table(e).sortKey; delete table(e).attributes.sk; table(e).localSecondaryIndexes = [{ name: "by-date", sortKey: "createdAt" }]; }, "tables[0].localSecondaryIndexes", "needs a table with a sort key; add sortKey, or use global secondary indexes", '[{"name":"by-date","sortKey":"createdAt"}]'],
  ["a GSI over the limit", (e) => { table(e).globalSecondaryIndexes = Array.from({ length: 21 }, (_, at) => ({ name: `index-${at}`, partitionKey: "customerId", sortKey: "createdAt" })); }, "tables[0].globalSecondaryIndexes", "is too large; use at most 20 entries", '[{"name":"index-0"'],
  ["two indexes with one name", (e) => { table(e).globalSecondaryIndexes.push(table(e).globalSecondaryIndexes[0]); }, "tables[0].globalSecondaryIndexes[1].name", "is already the name of another index; give each index its own name", '"by-customer"'],
  ["a TTL attribute that is a key", (e) => { table(e).timeToLiveAttribute = "createdAt"; }, "tables[0].timeToLiveAttribute", "is part of a key; keep the expiry time in a separate attribute", '"createdAt"'],
  ["a projection without its attributes", (e) => { table(e).globalSecondaryIndexes[0].projectionType = "INCLUDE"; }, "tables[0].globalSecondaryIndexes[0].nonKeyAttributes", "is required with projectionType INCLUDE", "nothing"],
  ["provisioned capacity on demand", (e) => { table(e).readCapacity = { minCapacity: 1, maxCapacity: 2 }; }, "tables[0].readCapacity", "is only for provisioned tables; remove it or set billingMode to PROVISIONED", '{"minCapacity":1,"maxCapacity":2}'],
  ["recovery over more days than DynamoDB keeps", (e) => { table(e).pointInTimeRecoveryDays = 90; }, "tables[0].pointInTimeRecoveryDays", "is too large; use at most 35", "90"],
  ["a table without deletion protection", (e) => { table(e).deletionProtection = false; }, "tables[0].deletionProtection", "is off; leave it on, set disposable: true for the environment, or acknowledge the removal of aws_dynamodb_table.orders_table", "false"],
  // Databases
  ["two databases with one name", (e) => { addDatabase(e, (d) => e.databases.push(d)); }, "databases[1].name", "is already the name of databases[0]; give each its own name", '"ledger"'],
  ["a database without a network of its own", (e) => { addDatabase(e, (d) => { delete d.network.cidrBlock; }); }, "databases[0].network.cidrBlock", "is required unless existing is set; set it to a block such as 10.64.0.0/20 to create VPCs, or name your own in existing", "nothing"],
  ["a database in a created and a given VPC", (e) => { inExistingVpcs(e, (n) => { n.cidrBlock = "10.64.0.0/20"; }); }, "databases[0].network.cidrBlock", "only applies to VPCs that the toolkit creates, but existing names your own; remove cidrBlock or existing", '"10.64.0.0/20"'],
  ["endpoints in a VPC that is given", (e) => { inExistingVpcs(e, (n) => { n.interfaceEndpoints = ["xray"]; }); }, "databases[0].network.interfaceEndpoints", "only applies to VPCs that the toolkit creates, but existing names your own; remove it", '["xray"]'],
  ["zones of a VPC that is given", (e) => { inExistingVpcs(e, (n) => { n.availabilityZones = ["a", "b"]; }); }, "databases[0].network.availabilityZones", "only applies to VPCs that the toolkit creates, but existing names your own; remove it", '["a","b"]'],
  ["a VPC by its name", (e) => { inExistingVpcs(e, (n) => { n.existing["eu-west-1"].vpcId = "main"; }); }, "databases[0].network.existing.eu-west-1.vpcId", "is not the id of a VPC; copy it from `aws ec2 describe-vpcs`, such as vpc-0123456789abcdef0", '"main"'],
  ["a subnet by its block", (e) => { inExistingVpcs(e, (n) => { n.existing["eu-west-1"].subnetIds[1] = "10.0.1.0/24"; }); }, "databases[0].network.existing.eu-west-1.subnetIds[1]", "is not the id of a subnet; copy it from `aws ec2 describe-subnets`, such as subnet-0123456789abcdef0", '"10.0.1.0/24"'],
  ["a security group by its name", (e) => { inExistingVpcs(e, (n) => { n.existing["eu-west-1"].additionalSecurityGroupIds = ["endpoints"]; }); }, "databases[0].network.existing.eu-west-1.additionalSecurityGroupIds[0]", "is not the id of a security group; copy it from `aws ec2 describe-security-groups`, such as sg-0123456789abcdef0", '"endpoints"'],
  ["a single given subnet", (e) => { inExistingVpcs(e, (n) => { n.existing["eu-west-1"].subnetIds.pop(); }); }, "databases[0].network.existing.eu-west-1.subnetIds", "has too few entries; list private subnets in at least two zones, because AWS rejects a subnet group or a proxy in a single zone", '["subnet-0aaaaaaaaaaaaaaa1"]'],
  ["a given subnet twice", (e) => { inExistingVpcs(e, (n) => { n.existing["eu-west-1"].subnetIds[1] = "subnet-0aaaaaaaaaaaaaaa1"; }); }, "databases[0].network.existing.eu-west-1.subnetIds[1]", "is listed twice; remove the duplicate", '"subnet-0aaaaaaaaaaaaaaa1"'],
  ["a given subnet in two regions", (e) => { inExistingVpcs(e, (n) => { n.existing["eu-central-1"].subnetIds[0] = "subnet-0aaaaaaaaaaaaaaa1"; }); }, "databases[0].network.existing.eu-central-1.subnetIds[0]", "is already used for eu-west-1, but VPCs, subnets and security groups belong to one region; use one in eu-central-1", '"subnet-0aaaaaaaaaaaaaaa1"'],
  ["a given VPC in two regions", (e) => { inExistingVpcs(e, (n) => { n.existing["eu-central-1"].vpcId = "vpc-0aaaaaaaaaaaaaaa1"; }); }, "databases[0].network.existing.eu-central-1.vpcId", "is already used for eu-west-1, but VPCs, subnets and security groups belong to one region; use one in eu-central-1", '"vpc-0aaaaaaaaaaaaaaa1"'],
  ["more given subnets than the toolkit takes", (e) => { inExistingVpcs(e, (n) => { n.existing["eu-west-1"].subnetIds = Array.from({ length: 21 }, (_, at) => `subnet-0aaaaaaaaaaaaaa${10 + at}`); }); }, "databases[0].network.existing.eu-west-1.subnetIds", "is too large; use at most 20 entries", '["subnet-0aaaaaaaaaaaaaa10"'],
  ["more security groups than an interface takes", (e) => { inExistingVpcs(e, (n) => { n.existing["eu-west-1"].additionalSecurityGroupIds = ["1", "2", "3", "4", "5"].map((last) => `sg-0aaaaaaaaaaaaaaa${last}`); }); }, "databases[0].network.existing.eu-west-1.additionalSecurityGroupIds", "has too many entries; list at most 4, because a network interface can have 5 and the toolkit adds one", '["sg-0aaaaaaaaaaaaaaa1"'],
  ["no VPC in the home region", (e) => { inExistingVpcs(e, (n) => { delete n.existing["eu-west-1"]; }); }, "databases[0].network.existing.eu-west-1", "is required, as it is the home region of the database; add it, with vpcId and subnetIds", "nothing"],
  ["no VPC in the standby region", (e) => { inExistingVpcs(e, (n) => { delete n.existing["eu-central-1"]; }); }, "databases[0].network.existing.eu-central-1", "is required, as it is a standby region of the database; add it, with vpcId and subnetIds", "nothing"],
  ["a VPC in a region that is not the environment's", (e) => { inExistingVpcs(e, (n) => { n.existing["eu-west-2"] = { vpcId: "vpc-0ccccccccccccccc1", subnetIds: ["subnet-0ccccccccccccccc1", "subnet-0ccccccccccccccc2"] }; }); }, "databases[0].network.existing.eu-west-2", "is not a region of this environment; use one of eu-west-1, eu-central-1", '"vpc-0ccccccccccccccc1"'],
  ["a VPC in a region that there is not", (e) => { inExistingVpcs(e, (n) => { n.existing["eu-west-9"] = {}; }); }, "databases[0].network.existing.eu-west-9", 'unknown field; did you mean "eu-west-', "{}"],
  ["functions without a way out of a given VPC", (e) => { inExistingVpcs(e, (n) => { delete n.existing["eu-west-1"].additionalSecurityGroupIds; }); }, "databases[0].network.existing.eu-west-1.additionalSecurityGroupIds", "is empty, but in the network functions are traced, functions use tables, and the toolkit's groups only allow queries out; list groups that allow traffic to the VPC's endpoints or NAT gateway", "nothing"],
  ["two pools of one name in a given VPC", (e) => { inExistingVpcs(e, (_, d) => { d.pgbouncer = pgbouncerOf(e); e.databases.push({ ...d, name: "archive" }); }); }, "databases[1].pgbouncer.domainName", "is already used by the database ledger in the same VPC, which allows one private zone per name; choose another name", '"ledger.pools.example.com"'],
  ["a port that only the network has", (e) => { addDatabase(e, (d) => { d.network.port = 6432; }); }, "databases[0].network.port", "differs from cluster.port, 5432; use the same port in both", "6432"],
  ["an instance class that a global database does not take", (e) => { addDatabase(e, (d) => { d.cluster.capacity = { type: "provisioned", instanceClass: "db.t4g.medium" }; }); }, "databases[0].cluster.capacity.instanceClass", "is not an instance class for an Aurora global database; use a memory-optimized class", '"db.t4g.medium"'],
  ["services that connect as the master user", (e) => { addDatabase(e, (d) => { d.users.push("dbadmin"); }); }, "databases[0].users[1]", "is the master user, which is only for administration; name a separate user for services", '"dbadmin"'],
  ["a database user named twice", (e) => { addDatabase(e, (d) => { d.users.push("ledger_service"); }); }, "databases[0].users[1]", "is listed twice; remove the duplicate", '"ledger_service"'],
  ["a database user with a hyphen", (e) => { addDatabase(e, (d) => { d.users.push("ledger-reports"); }); }, "databases[0].users[1]", "is not a valid database user name; use lower-case letters, digits and single underscores", '"ledger-reports"'],
  ["a database that does not exist", (e) => { addDatabase(e); service(e).database.name = "leger"; }, "services[0].database.name", "is not a database of this environment; use one of ledger, or declare it under databases", '"leger"'],
  ["a database user that does not exist", (e) => { addDatabase(e); service(e).database.user = "orders"; }, "services[0].database.user", "is not a user of ledger; use one of ledger_service, or add it to the database's users", '"orders"'],
  ["a database too small for its functions", (e) => { addDatabase(e, (d) => { d.cluster.capacity.maxCapacity = 0.5 * 2; service(e).function.reservedConcurrency = 200; }); }, "databases[0].cluster.capacity", "gives 189 connections, of which 90 percent are free, but 200 concurrent executions need 260; raise it, reserve less concurrency", '{"type":"serverless"'],
  ["an unbounded function before a pool", (e) => { addDatabase(e); service(e).function.reservedConcurrency = null; }, "services[0].function.reservedConcurrency", "is required, because the connection pool of the database ledger is sized by it; set it to the concurrent executions that the function needs", "null"],
  ["events from the network of a database", (e) => { addDatabase(e); service(e).publishes = { orders: { sources: ["orders"] } }; }, "services[0].publishes", "cannot be reached from the network of the database ledger, because event endpoints are on the internet; publish from another service", '{"orders"'],
  ["traces that do not get out of the network", (e) => { addDatabase(e, (d) => { d.network.interfaceEndpoints = []; }); }, "databases[0].network.interfaceEndpoints", 'has no "xray", but functions in the network are traced; add it, or switch tracing off under exceptions', "[]"],
  ["settings out of reach of the network", (e) => { addDatabase(e); service(e).settings = { "page-size": { value: "10" } }; }, "databases[0].network.interfaceEndpoints", 'has no "ssm", but functions in the network read settings; add it', '["xray"]'],
  ["passwords that rotate where Secrets Manager is out of reach", (e) => { rotateSecrets(e); addDatabase(e); }, "databases[0].network.interfaceEndpoints", 'has no "secretsmanager", which the functions that rotate and read passwords in this VPC need; add it, or disable secretRotation under exceptions', '["xray"]'],
  ["passwords that rotate without a pool", (e) => { rotateSecrets(e); e.exceptions.databaseProxy = { enabled: false, reason: "said for the sake of the test" }; }, "exceptions", "leave secretRotation without databaseProxy, which it needs; switch both on or both off", "{"],
  ["a database user with the name of another one's second user", (e) => { addDatabase(e, (d) => { d.users.push("ledger_service_clone"); }); }, "databases[0].users[1]", "is the name of the second user that rotation creates for ledger_service; choose another name", '"ledger_service_clone"'],
  ["a canary of logins behind RDS Proxy", (e) => { addDatabase(e, (d) => { d.rotation = { canary: {} }; }); }, "databases[0].rotation.canary", "does not work with RDS Proxy, which only accepts the user that its secret currently names; use pgbouncer, or remove it", "{}"],
  ["a canary of logins out of reach of the network", (e) => { rotateSecrets(e); addPgBouncer(e, (d) => { d.rotation = { canary: {} }; }); }, "databases[0].network.interfaceEndpoints", 'has no "ssm", which functions in this VPC need to follow the canary of a rotation; add it, or remove rotation.canary', '["xray"'],
  ["tables out of reach of the network", (e) => { addDatabase(e, (d) => { d.network.gatewayEndpoints = ["s3"]; }); }, "databases[0].network.gatewayEndpoints", 'has no "dynamodb", but functions in the network use tables; add it', '["s3"]'],
  ["a database without deletion protection", (e) => { addDatabase(e, (d) => { d.cluster.deletionProtection = false; }); }, "databases[0].cluster.deletionProtection", "is off; leave it on, set disposable: true for the environment, or acknowledge the removal of aws_rds_cluster.ledger_database_eu-west-1_cluster", "false"],
  ["a database without a last snapshot", (e) => { addDatabase(e, (d) => { d.cluster.skipFinalSnapshot = true; }); }, "databases[0].cluster.skipFinalSnapshot", "would lose the data with the database; leave it off, or set disposable: true for the environment", "true"],
  ["a variable that the settings set already", (e) => { service(e).function.environment = { SETTINGS_PATH: "/x" }; }, "services[0].function.environment.SETTINGS_PATH", "is already set by settings; remove it here", '"/x"'],
  ["a setting in a region that is not the environment's", (e) => { service(e).settings["page-size"].valueIn = { "eu-west-2": "10" }; }, "services[0].settings.page-size.valueIn.eu-west-2", "is not a region of this environment; use one of eu-west-1, eu-central-1", '"10"'],
  ["a setting that breaks its own pattern", (e) => { service(e).settings["page-size"].value = "101"; }, "services[0].settings.page-size.value", "does not match allowedPattern [1-9]\\d?|100; change the value or the pattern", '"101"'],
  ["settings without one", (e) => { service(e).settings = {}; }, "services[0].settings", "is empty; add a setting or remove the field", "{}"],
  ["a password among the settings", (e) => { service(e).settings["db-password"] = { value: "hunter2" }; }, "services[0].settings.db-password", "is named like a secret; keep it in Secrets Manager with a ReplicatedSecret, or choose another name", "(hidden)"],
  ["a variable that the database sets already", (e) => { addDatabase(e); service(e).function.environment = { DATABASE_HOST: "x" }; }, "services[0].function.environment.DATABASE_HOST", "is already set by database; remove it here", '"x"'],
  ["a recovery time that a database failover does not give", (e) => { addDatabase(e, (d) => { d.failoverSeconds = 600; }); }, "services[0].recovery.recoveryTimeSeconds", "cannot be met by database ledger: failoverSeconds 600 = 600 s is above recoveryTimeSeconds 420", "420"],
  // Functions
  ["two services with one name", (e) => { e.services.push({ name: "orders", function: service(e).function }); }, "services[1].name", "is already the name of services[0]; give each its own name", '"orders"'],
  ["a missing handler file", (e) => { service(e).function.entry = "services/order/handler.ts"; }, "services[0].function.entry", "does not exist; write the handler's path relative to the project folder", '"services/order/handler.ts"'],
  ["an absolute handler path", (e) => { service(e).function.entry = "/tmp/handler.ts"; }, "services[0].function.entry", "is not a handler file; write its path relative to the project folder", '"/tmp/handler.ts"'],
  ["a function timeout above the API's 30 s", (e) => { service(e).function.timeoutSeconds = 45; }, "services[0].function.timeoutSeconds", "is above the 30 s that the API waits for its function; use at most 30", "45"],
  ["a function timeout above Lambda's", (e) => { delete service(e).api; delete service(e).hostedZoneId; service(e).function.timeoutSeconds = 1000; }, "services[0].function.timeoutSeconds", "is too large; use at most 900", "1000"],
  ["memory above Lambda's", (e) => { service(e).function.memoryMb = 20480; }, "services[0].function.memoryMb", "is too large; use at most 10240", "20480"],
  ["a runtime that the provider does not know", (e) => { service(e).function.runtime = "nodejs24.x"; }, "services[0].function.runtime", "is newer than what this version of the provider knows; use nodejs22.x", '"nodejs24.x"'],
  ["a runtime that AWS has given up", (e) => { Object.assign(service(e).function, { ...python, runtime: "python3.8" }); delete service(e).function.entry; }, "services[0].function.runtime", "has had no updates since 2024-10-14: AWS creates no function with it from 2026-06-01 on, and changes none from 2026-07-01 on; use python3.13", '"python3.8"'],
  ["a handler of another language", (e) => { inPython(e, { handler: "com.example.Orders::handle" }); }, "services[0].function.handler", "is not a handler of Python; write <module>.<function>, as app.handler", '"com.example.Orders::handle"'],
  ["a folder that is not there", (e) => { inPython(e, { code: { folder: "services/none" } }); }, "services[0].function.code.folder", "does not exist; correct its path, or say in build what fills it", '"services/none"'],
  ["an archive that is not there", (e) => { inPython(e, { code: { archive: "build/none.zip" } }); }, "services[0].function.code.archive", "does not exist; build it before you synthesize, or correct its path", '"build/none.zip"'],
  ["an image without one in a standby region", (e) => { inImage(e, { "eu-west-1": imageIn("eu-west-1") }); }, "services[0].function.code.image.uris", "has no image in eu-central-1, where the function runs now or at a later stage; replicate the repository to it, and add the image there", '{"eu-west-1":"444455556666.dkr.ecr.eu-west-1.amazonaws.com/orders@sha256:0123456...'],
  ["an image of another region", (e) => { inImage(e, { "eu-west-1": imageIn("eu-west-1"), "eu-central-1": imageIn("eu-west-1") }); }, "services[0].function.code.image.uris.eu-central-1", "is in eu-west-1, and Lambda takes an image of the function's own region only; name the one in eu-central-1", '"444455556666.dkr.ecr.eu-west-1.amazonaws.com/orders@sha256:0123456789abcdef0123...'],
  ["an image in a region that is not the environment's", (e) => { inImage(e, { ...bothImages, "us-east-1": imageIn("us-east-1") }); }, "services[0].function.code.image.uris.us-east-1", "is not a region of this environment; use one of eu-west-1, eu-central-1", '"444455556666.dkr.ecr.us-east-1.amazonaws.com/orders@sha256:0123456789abcdef0123...'],
  ["an image where signatures are enforced", (e) => { inImage(e, bothImages); e.codeSigning = { untrustedCode: "Enforce" }; }, "services[0].function.code.image", "is not signed, as Lambda checks no signatures of images, but codeSigning enforces them; bring the code as an archive or a folder, or set codeSigning.untrustedCode to Warn", '{"uris":{"eu-west-1":"444455556666.dkr.ecr.eu-west-1.amazonaws.com/orders@sha256...'],
  ["layers of an image", (e) => { inImage(e, bothImages); e.layers = [{ name: "certificates", folder: "layers/partner-certificates" }]; service(e).layers = ["certificates"]; }, "services[0].layers", "do not go with an image; put what they have into it, and remove them", '["certificates"]'],
  ["faults of a function in Python", (e) => { inPython(e); e.chaos = { optIn: "Game days of the team, once a month" }; service(e).chaos = {}; }, "services[0].chaos", "is refused, as faults are injected by evenkeel/runtime/chaos, which is Node.js, and the function is Python; remove it", "{}"],
  ["snapshots of Node.js", (e) => { delete service(e).function.provisionedConcurrency; service(e).function.snapStart = true; }, "services[0].function.snapStart", "does not exist for Node.js, only for Java 11, Python 3.12, .NET 8 and later; remove it, or use provisionedConcurrency", "true"],
  ["a layer for traces of an image", (e) => { inImage(e, bothImages); e.tracing = { layer: tracingLayer }; }, "services[0].function.code.image", "gets no layer, and tracing.layer is for all functions; trace by X-Ray", '{"uris":{"eu-west-1":"444455556666.dkr.ecr.eu-west-1.amazonaws.com/orders@sha256...'],
  ["one layer for traces of two languages", (e) => { e.services.push(structuredClone(service(e))); Object.assign(e.services[1], { name: "second", function: { ...python, reservedConcurrency: 1 } }); delete e.services[1].api; delete e.services[1].hostedZoneId; e.tracing = { layer: tracingLayer }; }, "tracing.layer", "is one layer for all functions, which are Node.js and Python; trace by X-Ray", '{"arns":{"eu-west-1":"arn:aws:lambda:eu-west-1:901920570463:layer:aws-otel:3","e...'],
  ["a wrapper for traces of an OS-only runtime", (e) => { inPython(e, { runtime: "provided.al2023", handler: "bootstrap" }); e.tracing = { layer: { ...tracingLayer, execWrapper: "/opt/otel-instrument" } }; }, "services[0].function.code", "runs in an OS-only runtime, which starts no wrapper, as tracing.layer.execWrapper would be; trace by X-Ray", '{"folder":"services/quotes/app"}'],
  ["reserved concurrency above the quota", (e) => { service(e).function.reservedConcurrency = 950; }, "services[0].function.reservedConcurrency", "quota", "950"],
  ["provisioned above reserved concurrency", (e) => { service(e).function.provisionedConcurrency.max = 200; }, "services[0].function.provisionedConcurrency.max", "is above reservedConcurrency, 100; use at most that value, or reserve more", "200"],
  ["a function in a network without a database", (e) => { service(e).function.vpc = { subnetIds: ["subnet-1"] }; }, "services[0].function.vpc", "unknown field; ", '{"subnetIds":["subnet-1"]}'],
  ["a retention that CloudWatch does not take", (e) => { service(e).function.logRetentionDays = 31; }, "services[0].function.logRetentionDays", "is not one of the allowed values", "31"],
  ["an environment variable that Lambda reserves", (e) => { service(e).function.environment = { AWS_REGION: "x" }; }, "services[0].function.environment.AWS_REGION", "", '"x"'],
  ["a strongly consistent table, which the provider cannot make", (e) => { table(e).consistencyMode = "STRONG"; delete table(e).timeToLiveAttribute; }, "tables[0].consistencyMode", "needs hashicorp/aws 6.22 or later, but this project uses 5.100.0; use EVENTUAL, or upgrade the provider and its bindings first", '"STRONG"'],
  ["protected log groups, which the provider cannot make", (e) => { e.logGroupDeletionProtection = true; }, "logGroupDeletionProtection", "needs hashicorp/aws 6.25 or later, but this project uses 5.100.0; leave it out, or upgrade the provider and its bindings first", "true"],
  ["a proxy that logs in by IAM, which the provider cannot make", (e) => { addDatabase(e, (d) => { d.proxy = { authentication: "iam" }; }); }, "databases[0].proxy.authentication", 'needs hashicorp/aws 6.25 or later, but this project uses 5.100.0; use "secrets", or upgrade the provider and its bindings first', '"iam"'],
  ["a witness of an eventually consistent table", (e) => { table(e).witnessRegion = "eu-west-2"; }, "tables[0].witnessRegion", "is only for strongly consistent tables; remove it or set consistencyMode to STRONG", '"eu-west-2"'],
  ["a table that does not exist", (e) => { service(e).tables = { order: { access: "read" } }; }, "services[0].tables.order", "is not a table of this environment; use one of orders, or declare it under tables", '{"access":"read"}'],
  ["a variable that the table sets already", (e) => { service(e).function.environment = { TABLE_NAME: "x" }; }, "services[0].function.environment.TABLE_NAME", "is already set for table orders; remove it here", '"x"'],
  ["a variable that the home replica sets already", (e) => { service(e).tables.orders.homeReplica = true; service(e).function.environment = { HOME_REGION: "x" }; }, "services[0].function.environment.HOME_REGION", "is already set by homeReplica; remove it here", '"x"'],
  ["a table of another region from a database's network", (e) => { addDatabase(e, (d) => { d.network.gatewayEndpoints = ["dynamodb"]; }); service(e).tables = { orders: { access: "read", homeReplica: true } }; }, "services[0].tables.orders.homeReplica", "does not work together with database, because its VPC only reaches its own region; use a separate service", "true"],
  // APIs
  ["a route without a method", (e) => { service(e).api.routes["/orders"] = {}; }, "services[0].api.routes./orders", "", "{}"],
  ["two routes for the same requests", (e) => { service(e).api.routes["GET /orders/{id}"] = {}; }, "services[0].api.routes.GET /orders/{id}", 'matches the same requests as "GET /orders/{orderId}"; remove one of them', "{}"],
  ["an authorizer that is not declared", (e) => { service(e).api.routes["POST /orders"].authorizer = "customer"; }, "services[0].api.routes.POST /orders.authorizer", "is not one of authorizers; name one of them, or add it there", '"customer"'],
  ["a rate above the account's", (e) => { service(e).api.throttle.rateLimit = 20000; }, "services[0].api.throttle.rateLimit", "requests per second of API Gateway in a region, above the 10000 that AWS gives in", "20000"],
  ["a domain with a scheme", (e) => { service(e).api.domainName = "https://example.com"; }, "services[0].api.domainName", "is not a domain name", '"https://example.com"'],
  ["a domain without its zone", (e) => { delete service(e).hostedZoneId; }, "services[0].hostedZoneId", "is required for the domain orders.staging.example.com; set it to the id of its public hosted zone", "nothing"],
  ["credentials for every origin", (e) => { service(e).api.cors = { allowOrigins: ["*"], allowMethods: ["GET"], allowHeaders: ["authorization"], allowCredentials: true }; }, "services[0].api.cors", "", ""],
  // Recovery
  ["a health check without an open route", (e) => { delete service(e).api.routes["GET /health"]; }, "services[0].dns.endpointCheck.path", 'does not match any route of the API; add the route "GET /health" with authorization NONE', "nothing"],
  ["a recovery time that DNS cannot give", (e) => { service(e).recovery.recoveryTimeSeconds = 100; delete service(e).publishes; }, "services[0].recovery.recoveryTimeSeconds", "cannot be met by dns: requestIntervalSeconds 30 x failureThreshold 3 + 60 s = 150 s is above recoveryTimeSeconds 100; use requestIntervalSeconds 10", "100"],
  ["a recovery point that replication cannot give", (e) => { service(e).recovery.recoveryPointSeconds = 10; delete service(e).publishes; }, "services[0].recovery.recoveryPointSeconds", "use replicationLatencyMilliseconds 10000", "10"],
  ["a recovery time that events cannot give", (e) => { service(e).recovery.recoveryTimeSeconds = 300; }, "services[0].recovery.recoveryTimeSeconds", "cannot be met by events: the documented maximum for global endpoints (360 s is typical) = 420 s is above recoveryTimeSeconds 300", "300"],
  ["a promise of recovery without a standby region", (e) => { e.regions.standby = []; }, "services[0].recovery", "promises recovery in another region, but regions.standby names none; name one, or remove the promise", '{"recoveryTimeSeconds":420'],
  ["a check interval that Route 53 does not have", (e) => { service(e).dns.endpointCheck.requestIntervalSeconds = 20; }, "services[0].dns.endpointCheck.requestIntervalSeconds", "is not one of the allowed values", "20"],
  // Who may call
  ["an authorizer's service that is not declared", (e) => { byFunction(e, { service: "sign-in" }); }, "services[0].api.lambdaAuthorizers.partners.service", "is not a service of this environment; declare it under services", '"sign-in"'],
  ["a service that decides about its own callers", (e) => { byFunction(e, { service: "orders" }); }, "services[0].api.lambdaAuthorizers.partners.service", "is the service itself, whose function answers requests; give the authorizer a service of its own", '"orders"'],
  ["an authorizer that takes longer than API Gateway waits", (e) => { withSignIn(e, { timeoutSeconds: 30 }); }, "services[0].api.lambdaAuthorizers.partners.service", "has a function whose timeout, 30 s, is above the 10 s that API Gateway waits for an authorizer; use at most 10 there", '"sign-in"'],
  ["two services that ask one another", (e) => { withSignIn(e, { timeoutSeconds: 10 }).api = { routes: { "GET /a": { authorization: "CUSTOM", authorizer: "a" } }, lambdaAuthorizers: { a: { service: "orders" } } }; }, "services[0].api.lambdaAuthorizers.partners.service", "asks this service in turn who may call it; let one of them have another authorizer", '"sign-in"'],
  ["a header that a cache keeps from a Lambda authorizer", (e) => { edge(e).distribution.defaultBehavior = { caching: { headers: ["Authorization"] } }; byFunction(e, { functionArn: "arn:aws:lambda:{region}:{account}:function:a", identitySources: ["$request.header.X-Key"] }); }, "services[0].edge.distribution.defaultBehavior.caching", "forwards no x-key, so requests to GET /orders/{orderId} would be refused with 401; add x-key to caching.headers, or serve its path by another behavior", '{"headers"'],
  ["client certificates without a truststore in the standby region", (e) => { withCertificates(e); delete service(e).api.mutualTls["eu-central-1"]; }, "services[0].api.mutualTls", "has no truststore in eu-central-1; add one in a bucket there", '{"eu-west-1"'],
  ["a truststore where the environment is not", (e) => { withCertificates(e); service(e).api.mutualTls["us-east-1"] = { truststoreUri: "s3://trust-us/a.pem", truststoreVersion: "1" }; }, "services[0].api.mutualTls.us-east-1", "is not a region of this environment; remove it, or add the region", '{"truststoreUri"'],
  ["a failover without anything that notices", (e) => { withCertificates(e); delete service(e).dns.alarmCheck; }, "services[0].dns.alarmCheck", "is required with api.mutualTls, because health checkers have no client certificate and nothing else would notice a failing region; add it, or remove mutualTls", "nothing"],
  ["a promise of recovery that needs an operator", (e) => { withCertificates(e); service(e).recovery = { recoveryTimeSeconds: 420, recoveryPointSeconds: 420 }; }, "services[0].recovery", "cannot be met with api.mutualTls, because health checkers have no client certificate, and a region that is lost has no metrics: an operator moves the traffic; remove the promise or mutualTls", '{"recoveryTimeSeconds":420'],

  // The edge
  ["an open route that there is not", (e) => { edge(e).originSecret = { openRoutes: ["GET /helth"] }; }, "services[0].edge.originSecret.openRoutes[0]", "is not a route of the API; use a route key of api.routes", "(hidden)"],
  ["an open route that asks for a signature", (e) => { edge(e).originSecret = { openRoutes: ["GET /health", "GET /signed"] }; service(e).api.routes["GET /signed"] = {}; }, "services[0].edge.originSecret.openRoutes[1]", "asks for a signature (AWS_IAM), which only the edge has; remove it, or give the route NONE", "(hidden)"],
  ["a key of a distribution out of reach of the network", (e) => { addDatabase(e); edge(e); }, "databases[0].network.interfaceEndpoints", 'has no "secretsmanager", but functions in the network read the key of their distribution; add it', '["xray"]'],
  ["an API domain behind a distribution", (e) => { edge(e); service(e).api.domainName = "orders.staging.example.com"; service(e).hostedZoneId = "Z0STAGINGEXAMPLE"; }, "services[0].api.domainName", "disables the endpoints that the distribution of edge sends requests to; add the domain to edge.distribution.aliases instead", '"orders.staging.example.com"'],
  ["a distribution without an API", (e) => { edge(e); delete service(e).api; }, "services[0].edge", "has no API to send requests to; add api or remove edge", '{"distribution":'],
  ["a distribution's domain without its zone", (e) => { delete edge(e).hostedZoneId; }, "services[0].edge.hostedZoneId", "is required for the domain shop.example.com; set it to the id of its public hosted zone", "nothing"],
  ["a distribution's zone without a domain", (e) => { edge(e).distribution.aliases = []; }, "services[0].edge.hostedZoneId", "has no effect without distribution.aliases; add the domain names there, or remove this field", '"Z0STAGINGEXAMPLE"'],
  ["a distribution's domain that another one has", (e) => { edge(e); e.services.push(twin(e)); }, "services[1].edge.distribution.aliases[0]", "is the domain of another service as well; give each its own", '"shop.example.com"'],
  ["an edge function of one's own", (e) => { edge(e).distribution.defaultBehavior = { functions: { "origin-request": { function: "router" } } }; }, "services[0].edge.distribution.defaultBehavior.functions", "has no effect, because the toolkit associates its own edge router; remove it, and set router instead", '{"origin-request"'],
  ["an edge router that is not told the country", (e) => { Object.assign(edge(e), { router: { standbyCountries: ["DE"] } }).distribution.defaultBehavior = { viewerHeaders: "allExceptHost" }; }, "services[0].edge.distribution.defaultBehavior.viewerHeaders", "does not forward the viewer's country, which the edge router needs for router.standbyCountries; remove it", '"allExceptHost"'],
  ["a country that is none", (e) => { edge(e).router = { standbyCountries: ["Germany"] }; }, "services[0].edge.router.standbyCountries[0]", "is not a country code; use two capital letters, as in ISO 3166-1", '"Germany"'],
  ["a firewall for regional resources", (e) => { edge(e).firewall = { scope: "REGIONAL" }; }, "services[0].edge.firewall.scope", "is not a scope for a distribution; set it to CLOUDFRONT", '"REGIONAL"'],
  ["a route that a distribution for reads refuses", (e) => { edge(e).distribution.defaultBehavior = { methods: "read" }; }, "services[0].api.routes.POST /orders", 'is never reached, because all behaviors of edge.distribution only allow reads; set methods to "all" for its path', '{"authorization":"JWT"'],
  ["a promise of recovery for writes at the edge", (e) => { edge(e); service(e).recovery = { recoveryTimeSeconds: 300, recoveryPointSeconds: 60 }; }, "services[0].recovery", 'cannot be met for writes, which CloudFront does not retry in another region; set methods to "read" in every behavior of edge.distribution, or remove the promise', '{"recoveryTimeSeconds":300'],
  ["a recovery time that a distribution cannot give", (e) => { edge(e).distribution.defaultBehavior = { methods: "read" }; delete service(e).api.routes["POST /orders"]; service(e).recovery = { recoveryTimeSeconds: 30, recoveryPointSeconds: 60 }; }, "services[0].recovery.recoveryTimeSeconds", "cannot be met by edge: connectionAttempts 2 x readTimeoutSeconds 30 = 60 s is above recoveryTimeSeconds 30; use readTimeoutSeconds 15", "30"],
  ["a distribution where CloudFront is not", (e) => { edge(e); e.eventBuses = []; e.state.region = "cn-northwest-1"; e.state.kmsKeyArn = e.state.kmsKeyArn.replace("arn:aws:kms:eu-north-1", "arn:aws-cn:kms:cn-northwest-1"); e.regions = { home: "cn-north-1", standby: ["cn-northwest-1"] }; }, "services[0].edge", "needs CloudFront and us-east-1, which are in another AWS partition than cn-north-1; remove it", '{"distribution":'],
  // Spending
  ["a budget without a recipient", (e) => { e.spendGuard.emails = []; }, "spendGuard.emails", "is empty, so nobody would be notified; add an e-mail address", "[]"],
  ["a budget of nothing", (e) => { e.spendGuard.monthlyLimitUsd = 0; }, "spendGuard.monthlyLimitUsd", "", "0"],
  // PgBouncer
  ["tasks of PgBouncer that cannot pull their image", (e) => { addPgBouncer(e, (d) => { d.network.interfaceEndpoints = ["xray", "ecr.api", "logs", "secretsmanager"]; }); }, "databases[0].network.interfaceEndpoints", 'has no "ecr.dkr", which the PgBouncer tasks need to start; add it', '["xray"'],
  ["layers of PgBouncer's image out of reach", (e) => { addPgBouncer(e, (d) => { d.network.gatewayEndpoints = ["dynamodb"]; }); }, "databases[0].network.gatewayEndpoints", 'has no "s3", which the PgBouncer tasks need to pull the layers of their image; add it', '["dynamodb"]'],
  ["a proxy that PgBouncer replaces", (e) => { addPgBouncer(e, (d) => { d.proxy = { reservedPercent: 20 }; }); }, "databases[0].proxy", "has no effect, because pgbouncer replaces it; remove proxy or pgbouncer", "20"],
  ["a service's user that looks up logins", (e) => { addPgBouncer(e, (d) => { d.pgbouncer.lookupUser = "ledger_service"; }); }, "databases[0].pgbouncer.lookupUser", "is also the master user or a user of services; use a separate user to look up logins", '"ledger_service"'],
  ["a certificate of another account", (e) => { addPgBouncer(e, (d) => { d.pgbouncer.certificateSecretArn = "arn:aws:secretsmanager:eu-west-1:000000000000:secret:pool-AbCdEf"; }); }, "databases[0].pgbouncer.certificateSecretArn", "is a secret in another account, not 333333333333; use a secret in the environment's account", "(hidden)"],
  ["an image of PgBouncer by its tag", (e) => { addPgBouncer(e, (d) => { d.pgbouncer.image = "pgbouncer:latest"; }); }, "databases[0].pgbouncer.image", "is not pinned by digest, so its content can change; write it as", '"pgbouncer:latest"'],
  ["a database too small for the tasks of PgBouncer", (e) => { addPgBouncer(e, (d) => { d.pgbouncer.scaling = { min: 2, max: 40 }; }); }, "databases[0].cluster.capacity", "connections in each PgBouncer, ", '{"type":"serverless"'],
  // Acknowledged removals
  ["a removal without a reason", (e) => { removal(e).reason = "  "; }, "acknowledgedRemovals[0].reason", "is too small; use at least 15 characters", '"  "'],
  ["a removal of what is no address", (e) => { removal(e).address = "aws_dynamodb_table"; }, "acknowledgedRemovals[0].address", "is not the address of a resource; copy it from the report of the gate", '"aws_dynamodb_table"'],
  ["a removal of a data source", (e) => { removal(e).address = "data.aws_region.here"; }, "acknowledgedRemovals[0].address", "is not the address of a resource; copy it from the report of the gate", '"data.aws_region.here"'],
  ["a removal of everything", (e) => { removal(e).address = "aws_dynamodb_table.*"; }, "acknowledgedRemovals[0].address", "is not the address of a resource; copy it from the report of the gate", '"aws_dynamodb_table.*"'],
  ["a removal until a day that does not exist", (e) => { removal(e).expires = "2027-02-30"; }, "acknowledgedRemovals[0].expires", "is not a date; write it like 2027-01-31", '"2027-02-30"'],
  ["a removal that is meant for years", (e) => { removal(e).expires = "2999-01-31"; }, "acknowledgedRemovals[0].expires", "is more than 90 days ahead; name a day soon after the deployment", '"2999-01-31"'],
  ["a removal in another environment", (e) => { removal(e).stack = "prod-data"; }, "acknowledgedRemovals[0].stack", "is not a stack of this environment; its stacks begin with staging-", '"prod-data"'],
  ["a removal that is acknowledged twice", (e) => { removal(e); e.acknowledgedRemovals.push({ ...e.acknowledgedRemovals[0] }); }, "acknowledgedRemovals[1].address", "is acknowledged by acknowledgedRemovals[0] already; remove one of them", '"aws_dynamodb_table.orders_table"'],
  // Acknowledged findings
  ["a finding of a gate that accepts nothing", (e) => { finding(e).rule = "one-region-per-wave"; }, "acknowledgedFindings[0].rule", "is a gate that accepts nothing; do what its report says, and leave the entry out", '"one-region-per-wave"'],
  ["a finding of every gate", (e) => { finding(e).rule = "*"; }, "acknowledgedFindings[0].rule", "is not the id of a rule; copy it from the report: no-public-storage", '"*"'],
  ["a finding everywhere", (e) => { finding(e).address = "aws_s3_bucket_acl.*"; }, "acknowledgedFindings[0].address", "is not an address; copy the whole of it from the report", '"aws_s3_bucket_acl.*"'],
  ["a finding without a reason", (e) => { finding(e).reason = "  "; }, "acknowledgedFindings[0].reason", "is too small; use at least 15 characters", '"  "'],
  ["a finding that stays for years", (e) => { finding(e).expires = "2999-01-31"; }, "acknowledgedFindings[0].expires", "is more than 366 days ahead; name a day within a year, and look at it again then", '"2999-01-31"'],
  ["a finding in another environment", (e) => { finding(e).stack = "prod-edge"; }, "acknowledgedFindings[0].stack", "is not a stack of this environment; its stacks begin with staging-", '"prod-edge"'],
  ["a finding that is acknowledged twice", (e) => { finding(e); e.acknowledgedFindings.push({ ...e.acknowledgedFindings[0] }); }, "acknowledgedFindings[1].address", "is acknowledged by acknowledgedFindings[0] already; remove one of them", '"aws_s3_bucket_acl.site.acl"'],
  // Rollouts
  ["a check of a service that is not there", (e) => { e.rollout = { checks: { order: [{ path: "/health" }] } }; }, "rollout.checks.order", "is no service of this environment; did you mean \"orders\"?", '[{"path":"/health"}]'],
  ["a check of a service without an API", (e) => { e.services[0].api = undefined; e.services[0].hostedZoneId = undefined; e.services[0].edge = undefined; e.rollout = { checks: { orders: [{ path: "/health" }] } }; }, "rollout.checks.orders", "is a service without an API, which answers no request; remove it", '[{"path":"/health"}]'],
  ["a check that is no path", (e) => { e.rollout = { checks: { orders: [{ path: "health" }] } }; }, "rollout.checks.orders[0].path", "is not a path; write it like /health", '"health"'],
  ["an alarm that is ignored twice", (e) => { const one = { name: "staging-orders-errors", reason: "it rings every night" }; e.rollout = { ignoredAlarms: [one, one] }; }, "rollout.ignoredAlarms[1].name", "is ignored by rollout.ignoredAlarms[0] already; remove one of them", '"staging-orders-errors"'],
  // What exists where
  ["a region without event endpoints", (e) => { e.regions.home = "eu-south-1"; }, "regions.home", "has no event endpoints, which the bus orders needs from stage optimization on (replicatedEvents); use one of the nearest that have them", '"eu-south-1"'],
  ["a standby region without HTTP APIs", (e) => { e.regions.standby = ["eu-central-1", "ap-east-2"]; }, "regions.standby[1]", "has no HTTP APIs, which the service orders needs; use one of the nearest that have them", '"ap-east-2"'],
  ["a deprecated version of PostgreSQL", (e) => { addDatabase(e, (d) => { d.cluster.engineVersion = "13.3"; }); }, "databases[0].cluster.engineVersion", "is a version of Aurora PostgreSQL that AWS has deprecated; use 13.9, 13.23, ", '"13.3"'],
  ["a version of PostgreSQL that there is not", (e) => { addDatabase(e, (d) => { d.cluster.engineVersion = "16.7"; }); }, "databases[0].cluster.engineVersion", "is not a version of Aurora PostgreSQL (as of cfn-lint", '"16.7"'],
  ["an instance class that a standby region lacks", (e) => { e.regions.standby = ["il-central-1"]; e.exceptions = { replicatedEvents: { enabled: false, reason: "Tel Aviv has no endpoints" } }; addDatabase(e, (d) => { d.cluster.capacity = { type: "provisioned", instanceClass: "db.r6g.large" }; }); }, "databases[0].cluster.capacity.instanceClass", "is not in il-central-1; use one that eu-west-1, il-central-1 all have, such as db.", '"db.r6g.large"'],
  ["an instance class that there is not", (e) => { addDatabase(e, (d) => { d.cluster.capacity = { type: "provisioned", instanceClass: "db.r7g.3xlarge" }; }); }, "databases[0].cluster.capacity.instanceClass", "is not a class of Aurora PostgreSQL; use one that eu-west-1, eu-central-1 all have, such as db.r7g.2xlarge", '"db.r7g.3xlarge"'],
  ["an instance class that is younger than the version", (e) => { addDatabase(e, (d) => { d.cluster.engineVersion = "14.6"; d.cluster.capacity = { type: "provisioned", instanceClass: "db.r7g.large" }; }); }, "databases[0].cluster.capacity.instanceClass", "needs Aurora PostgreSQL 13.10, 14.7, 15.2 or newer, not 14.6", '"db.r7g.large"'],
  ["more capacity than the version has", (e) => { addDatabase(e, (d) => { d.cluster.engineVersion = "14.6"; d.cluster.capacity.maxCapacity = 256; }); }, "databases[0].cluster.capacity.maxCapacity", "is above the 128 capacity units of Aurora PostgreSQL 14.6", "256"],
  ["an administrator of another partition", (e) => { e.keys = { data: { administrators: ["arn:aws-cn:iam::333333333333:role/keys"] } }; }, "keys.data.administrators[0]", "is a role in the partition aws-cn, but eu-west-1 is in aws; use a role in aws", '"arn:aws-cn:iam'],
  ["a deployment role of another partition", (e) => { e.deployRoleArn = "arn:aws-us-gov:iam::333333333333:role/deploy"; }, "deployRoleArn", "is a role in the partition aws-us-gov, but eu-west-1 is in aws; use a role in aws", '"arn:aws-us-gov'],
  ["no role for records", (e) => { e.hostedZones = { recordsRoleArn: "dns" }; }, "hostedZones.recordsRoleArn", "is not a role ARN; copy it from `aws iam get-role`", '"dns"'],
  ["a role for records of another partition", (e) => { e.hostedZones = { recordsRoleArn: "arn:aws-cn:iam::999999999999:role/dns" }; }, "hostedZones.recordsRoleArn", "is a role in the partition aws-cn, but eu-west-1 is in aws; use a role in aws", '"arn:aws-cn:iam::999999999999:role/dns"'],
  ["a certificate in a region of no use", (e) => { addPgBouncer(e, (d) => { d.pgbouncer.certificateSecretArn = "arn:aws:secretsmanager:eu-north-1:333333333333:secret:pool-AbCdEf"; }); }, "databases[0].pgbouncer.certificateSecretArn", "is a secret in eu-north-1, which is not a region of the environment; use one in eu-west-1 or eu-central-1", "(hidden)"],
  ["an image of another partition", (e) => { addPgBouncer(e, (d) => { d.pgbouncer.image = d.pgbouncer.image.replace("eu-west-1.amazonaws.com", "cn-north-1.amazonaws.com.cn"); }); }, "databases[0].pgbouncer.image", "is a repository in the partition aws-cn, but eu-west-1 is in aws; use a repository in aws", ".dkr.ecr.cn-north-1"],
  ["a monitor of another account", (e) => { e.spendGuard.anomalies = { minImpactUsd: 10, existingMonitorArn: "arn:aws:ce::999999999999:anomalymonitor/0a1b-2c" }; }, "spendGuard.anomalies.existingMonitorArn", "is a monitor in another account, not 333333333333; use a monitor in the environment's account", '"arn:aws:ce'],
  ["a key of the state of another partition", (e) => { e.state.kmsKeyArn = e.state.kmsKeyArn.replace("arn:aws:", "arn:aws-cn:"); }, "state.kmsKeyArn", "is a key in the partition aws-cn, but eu-west-1 is in aws; use a key in aws", '"arn:aws-cn'],
  // State and addresses that Terraform or a client would refuse
  ["a state key with an id that Terraform refuses", (e) => { e.state.kmsKeyArn = e.state.kmsKeyArn.replace(/key\/.*/, "key/11111111-2222-3333-4444-555555555555"); }, "state.kmsKeyArn", "does not end in a key id that Terraform's S3 backend accepts (a UUID of version 1 to 5 in lower case, or mrk- and 32 hexadecimal digits); copy the ARN from", "key/11111111-2222-3333-4444-555555555555"],
  ["a key prefix with two slashes in a row", (e) => { e.state.keyPrefix = "evenkeel//staging"; }, "state.keyPrefix", "contains //, which Terraform's S3 backend refuses; write one /", '"evenkeel//staging"'],
  ["a Vault at a port that there is not", (e) => { e.keyManagement = { ...vault, address: "https://vault.example.com:99999" }; }, "keyManagement.address", "is not the address of a Vault, because its port is not between 1 and 65535; write https://<host>:<port>", '"https://vault.example.com:99999"'],
  ["an issuer with a password", (e) => { service(e).api.authorizers.customers.issuer = "https://user:pw@auth.example.com"; }, "services[0].api.authorizers.customers.issuer", "looks like a secret, because it holds a user name and a password in a URL", "(hidden)"],
  // Settings that defeat each other: APIs and distributions
  ["cors before a route for every method with a token", (e) => { service(e).api.cors = pages; service(e).api.routes["ANY /orders"] = byToken; }, "services[0].api.routes.ANY /orders.authorization", 'is JWT, which also rejects preflight requests, because browsers send them without credentials; write one route for each method, or add a route "OPTIONS /orders" with authorization NONE', '"JWT"'],
  ["cors before a $default route with a token", (e) => { service(e).api.cors = pages; service(e).api.routes.$default = byToken; }, "services[0].api.routes.$default.authorization", 'or add a route "OPTIONS /{proxy+}" with authorization NONE', '"JWT"'],
  ["cors that lets no page send its token", (e) => { service(e).api.cors = { ...pages, allowHeaders: ["content-type"] }; }, "services[0].api.cors.allowHeaders", "does not contain authorization, so browsers cannot send the token that POST /orders requires; add it", '["content-type"]'],
  ["cors for a method that no route has", (e) => { service(e).api.cors = { ...pages, allowMethods: ["GET", "DELETE"] }; }, "services[0].api.cors.allowMethods[1]", "is a method that no route has; remove it, or add a route with it", '"DELETE"'],
  ["a cache before routes with a token", (e) => { edge(e).distribution.defaultBehavior = { caching: {} }; }, "services[0].edge.distribution.defaultBehavior.caching", "forwards no Authorization, so requests to GET /orders/{orderId} would be refused with 401; add Authorization to caching.headers, or serve its path by another behavior", "{}"],
  ["a cache before one route with a token", (e) => { edge(e).distribution.behaviors = [{ pathPattern: "/customers/*", caching: {} }]; }, "services[0].edge.distribution.behaviors[0].caching", "forwards no Authorization, so requests to GET /customers/{customerId}/orders would be refused with 401", "{}"],
  ["a distribution that forwards no headers before routes with a token", (e) => { edge(e).distribution.defaultBehavior = { viewerHeaders: "none" }; }, "services[0].edge.distribution.defaultBehavior.viewerHeaders", "forwards no Authorization, so requests to GET /orders/{orderId} would be refused with 401; remove viewerHeaders, or serve its path by another behavior", '"none"'],
  ["a cache that hides the origin of pages from cors", (e) => { edge(e).distribution.defaultBehavior = { caching: { headers: ["Authorization"] } }; service(e).api.cors = pages; }, "services[0].edge.distribution.defaultBehavior.caching", "does not forward Origin, Access-Control-Request-Method, Access-Control-Request-Headers, by which api.cors decides what pages may read; add them to caching.headers", '{"headers"'],
  ["a behavior behind one that takes all of its paths", (e) => { edge(e).distribution.behaviors = [{ pathPattern: "/orders*" }, { pathPattern: "/orders/*" }]; }, "services[0].edge.distribution.behaviors[1].pathPattern", "is never used, because behaviors[0] (/orders*) matches all of its paths first; move this behavior before it", '"/orders/*"'],
  ["a distribution that waits less than the function runs", (e) => { edge(e).distribution.origin = { readTimeoutSeconds: 5 }; }, "services[0].edge.distribution.origin.readTimeoutSeconds", "is shorter than the timeout of the function, 10; use at least that value, or a shorter function.timeoutSeconds", "5"],
  // Variables that overwrite each other
  ["a table's variable that encryption sets", (e) => { service(e).tables.orders.variable = "ENCRYPTION_KEY_ARN"; }, "services[0].tables.orders.variable", "is a variable that the toolkit sets (encryption), so one would overwrite the other; choose another name", '"ENCRYPTION_KEY_ARN"'],
  ["a table's variable that a bus has", (e) => { service(e).tables.orders.variable = "EVENT_BUS_NAME"; }, "services[0].publishes.orders.variable", "is also used in tables.orders.variable, so one would overwrite the other; give each its own name", "nothing"],
  ["two buses with the default variable", (e) => { e.eventBuses.push({ name: "audit" }); service(e).publishes.audit = { sources: ["orders"], endpointVariable: "AUDIT_ENDPOINT_ID" }; }, "services[0].publishes.audit.variable", "is also used in publishes.orders.variable, so one would overwrite the other; give each its own name", "nothing"],
  ["two buses with the default variable of their endpoints", (e) => { e.eventBuses.push({ name: "audit" }); service(e).publishes.audit = { sources: ["orders"], variable: "AUDIT_BUS_NAME" }; }, "services[0].publishes.audit.endpointVariable", "is also used in publishes.orders.endpointVariable, so one would overwrite the other; give each its own name", "nothing"],
  ["a variable that every function has", (e) => { service(e).function.environment = { SERVICE_NAME: "x" }; }, "services[0].function.environment.SERVICE_NAME", "is set for every function; remove it here", '"x"'],
  ["a variable that a bus sets already", (e) => { service(e).function.environment = { EVENT_BUS_NAME: "x" }; }, "services[0].function.environment.EVENT_BUS_NAME", "is already set for bus orders; remove it here, or change publishes.orders.variable", '"x"'],
  ["a table's variable that Lambda reserves", (e) => { service(e).tables.orders.variable = "AWS_REGION"; }, "services[0].tables.orders.variable", "is reserved by the Lambda runtime; choose another name", '"AWS_REGION"'],
  ["a table's variable of one letter", (e) => { service(e).tables.orders.variable = "T"; }, "services[0].tables.orders.variable", "is not a valid environment variable name; start with a letter and use at least two letters, digits or underscores", '"T"'],
  ["a bus's variable that is named like a secret", (e) => { service(e).publishes.orders.variable = "EVENTS_TOKEN"; }, "services[0].publishes.orders.variable", "is named like a secret, but holds none; choose another name", '"EVENTS_TOKEN"'],
  ["variables that only fit without those of the toolkit", (e) => { service(e).function.environment = { LARGE: "x".repeat(4000) }; }, "services[0].function.environment", "bytes and the variables that the toolkit sets for this function at least ", "1 entry"],
  ["source maps that Node.js is not told of", (e) => { Object.assign(service(e).function, { sourceMap: true, environment: { NODE_OPTIONS: "--no-warnings" } }); }, "services[0].function.sourceMap", "has no effect, because environment.NODE_OPTIONS does not tell Node.js to use source maps; add --enable-source-maps there, or remove sourceMap or NODE_OPTIONS", "true"],
  // Waits that are longer than what waits
  ["a promise of recovery for clients that nothing moves", (e) => { const s = service(e); delete s.api.domainName; delete s.hostedZoneId; delete s.publishes; }, "services[0].recovery", "cannot be met, because nothing moves the clients of the API to another region; add api.domainName or edge, or remove the promise", '{"recoveryTimeSeconds":420'],
  ["a Vault that comes back later than is promised", (e) => { e.keyManagement = { ...vault, failoverSeconds: 900 }; }, "services[0].recovery.recoveryTimeSeconds", "cannot be met by vault vault.example.com:8200: keyManagement.failoverSeconds 900 = 900 s is above recoveryTimeSeconds 420; raise recoveryTimeSeconds to 900", "420"],
  ["a wait for a connection that outlives the function", (e) => { addDatabase(e, (d) => { d.proxy = { connectionBorrowTimeoutSeconds: 300 }; }); }, "databases[0].proxy.connectionBorrowTimeoutSeconds", "is not shorter than the timeout of the function of orders, 10, which would end without an answer while it waits; use less than that value", "300"],
  ["a wait for PgBouncer that outlives the function", (e) => { addPgBouncer(e, (d) => { d.pgbouncer.queryWaitTimeoutSeconds = 10; }); }, "databases[0].pgbouncer.queryWaitTimeoutSeconds", "is not shorter than the timeout of the function of orders, 10, which", "10"],
  ["a login of Vault that ends before the function", (e) => { logInByVault(e, (login) => { login.defaultTtlSeconds = 60; login.maxTtlSeconds = 60; }); delete service(e).api; delete service(e).hostedZoneId; delete service(e).recovery; service(e).function.timeoutSeconds = 60; }, "services[0].database.login.maxTtlSeconds", "is not longer than the timeout of the function, 60, so Vault would remove the user while it works; use more than that value", "60"],
  ["statements that outlive every function", (e) => { addDatabase(e, (d) => { d.cluster.statementTimeoutMilliseconds = 3_600_000; }); }, "databases[0].cluster.statementTimeoutMilliseconds", "lets statements go on after each function that connects has ended, the last one after 10000; use at most 30000, and set more in the session of a migration", "3600000"],
  ["statements that end before they are logged", (e) => { addDatabase(e, (d) => { d.cluster.logStatementsFromMilliseconds = 60_000; }); }, "databases[0].cluster.logStatementsFromMilliseconds", "is never reached, because statements are cancelled after statementTimeoutMilliseconds, 30000; use less than that value, or -1 to log no statements", "60000"],
  ["an alarm on dead letters that are gone by then", (e) => { service(e).function.alarms = { deadLetterAgeSeconds: 15 * 86_400 }; }, "services[0].function.alarms.deadLetterAgeSeconds", "is never reached, because dead letters are deleted after 14 days; use at most 1209300", "1296000"],
  ["an alarm on a bus's dead letters that are gone by then", (e) => { e.eventBuses[0].alarmThresholds = { deadLetterAgeSeconds: 14 * 86_400 }; }, "eventBuses[0].alarmThresholds.deadLetterAgeSeconds", "is never reached, because dead letters are deleted after 14 days; use at most 1209300", "1209600"],
  ["an alarm on answers later than the function's", (e) => { service(e).api.alarms = { latencyMs: 10_001 }; }, "services[0].api.alarms.latencyMs", "is never reached, because the function ends after 10000 ms at the latest; use at most that value", "10001"],
  ["an alarm on answers later than the API's", (e) => { service(e).api.alarms = { latencyMs: 60_000 }; }, "services[0].api.alarms.latencyMs", "is never reached, because the API answers after timeoutMs, 30000, at the latest; use at most 30000", "60000"],
  ["a region that is unhealthy only after the function's end", (e) => { service(e).dns.alarmCheck = { metricName: "Latency", statistic: "Average", threshold: 20_000 }; }, "services[0].dns.alarmCheck.threshold", "is never reached, because the function ends after 10000 ms at the latest; use at most that value", "20000"],
  ["a region that is always unhealthy", (e) => { service(e).dns.alarmCheck = { comparisonOperator: "GreaterThanOrEqualToThreshold", threshold: 0 }; }, "services[0].dns.alarmCheck.threshold", "is always breached, so the region would never be healthy; use a value above 0", "0"],
  ["a region that is unhealthy below nothing", (e) => { service(e).dns.alarmCheck = { metricName: "Count", comparisonOperator: "LessThanThreshold", threshold: 0 }; }, "services[0].dns.alarmCheck.threshold", "is never breached, because no metric of an API is below 0; use a value above 0", "0"],
  ["retries that come when the event is too old", (e) => { service(e).function.asyncInvoke = { maximumEventAgeSeconds: 120 }; }, "services[0].function.asyncInvoke.maximumRetryAttempts", "is more than fits into maximumEventAgeSeconds, 120, because Lambda waits 1 minute before the first retry and 2 minutes before the second; use 1, or set maximumEventAgeSeconds above 180", "nothing"],
  ["an alarm on a wait that ends earlier", (e) => { addDatabase(e, (d) => { d.proxy = { alarms: { borrowLatencyMilliseconds: 5000 } }; }); }, "databases[0].proxy.alarms.borrowLatencyMilliseconds", "is never exceeded, because clients get an error after connectionBorrowTimeoutSeconds, 5; use less than 5000", "5000"],
  ["an alarm on a lag that stops commits first", (e) => { addDatabase(e, (d) => { d.cluster.alarms = { replicationLagMilliseconds: 60_000 }; }); }, "databases[0].cluster.alarms.replicationLagMilliseconds", "is not below maxRecoveryPointSeconds, 60, at which the primary blocks commits, so the alarm would fire too late; use less than 60000 ms", "60000"],
  ["a canary of logins that the next rotation overtakes", (e) => { addPgBouncer(e, (d) => { d.rotation = { afterDays: 1, canary: { bakeMinutes: 1440 } }; d.network.interfaceEndpoints.push("ssm"); }); }, "databases[0].rotation.canary.bakeMinutes", "is not shorter than afterDays, 1, so the next rotation would begin before it ends; use less than 1440 minutes", "1440"],
  // Lists that allow or block everything
  ["addresses that together are all there are", (e) => { edge(e).firewall = { scope: "CLOUDFRONT", allowAddresses: ["0.0.0.0/1", "128.0.0.0/1"] }; }, "services[0].edge.firewall.allowAddresses", "covers more IPv4 addresses than a /8, and all of them would skip every other rule; list only ranges that you trust", '["0.0.0.0/1","128.0.0.0/1"]'],
  ["addresses of IPv6 that together are all there are", (e) => { edge(e).firewall = { scope: "CLOUDFRONT", allowAddresses: ["::/1", "8000::/1"] }; }, "services[0].edge.firewall.allowAddresses", "covers more IPv6 addresses than a /16, and all of them would skip every other rule; list only ranges that you trust", '["::/1","8000::/1"]'],
  ["blocked addresses that are most of the internet", (e) => { edge(e).firewall = { scope: "CLOUDFRONT", denyAddresses: ["0.0.0.0/1", "128.0.0.0/2"] }; }, "services[0].edge.firewall.denyAddresses", "blocks most of the IPv4 internet; set defaultAction to block and list allowAddresses instead", '["0.0.0.0/1","128.0.0.0/2"]'],
  ["allowed addresses within a blocked range", (e) => { edge(e).firewall = { scope: "CLOUDFRONT", allowAddresses: ["203.0.113.7/32"], denyAddresses: ["203.0.113.0/24"] }; }, "services[0].edge.firewall.allowAddresses[0]", "is also in denyAddresses, which takes precedence; remove it from one of the lists", '"203.0.113.7/32"'],
  ["a firewall that lets nothing through", (e) => { edge(e).firewall = { scope: "CLOUDFRONT", defaultAction: "block" }; }, "services[0].edge.firewall.defaultAction", "blocks every request, because no rule allows any; add allowAddresses, or set defaultAction to allow", '"block"'],
  // Rules of WAF that there are not
  ["an override of a rule that its group does not have", (e) => { edge(e).firewall = groups({ AWSManagedRulesCommonRuleSet: { ruleActionOverrides: { SizeRestriction_BODY: "count" } } }); }, "services[0].edge.firewall.managedRuleGroups.AWSManagedRulesCommonRuleSet.ruleActionOverrides.SizeRestriction_BODY", 'is not a rule of this group, so WAF would ignore it; did you mean "SizeRestrictions_BODY"?', '"count"'],
  ["an override of a rule in another spelling", (e) => { edge(e).firewall = groups({ AWSManagedRulesCommonRuleSet: { ruleActionOverrides: { NoUserAgent_Header: "count" } } }); }, "services[0].edge.firewall.managedRuleGroups.AWSManagedRulesCommonRuleSet.ruleActionOverrides.NoUserAgent_Header", 'is not a rule of this group, so WAF would ignore it; did you mean "NoUserAgent_HEADER"?', '"count"'],
  ["an override in a group that only counts", (e) => { edge(e).firewall = groups({ AWSManagedRulesLinuxRuleSet: { overrideAction: "count", ruleActionOverrides: { LFI_HEADER: "block" } } }); }, "services[0].edge.firewall.managedRuleGroups.AWSManagedRulesLinuxRuleSet.ruleActionOverrides.LFI_HEADER", "has no effect, because overrideAction count makes the whole group only count; set overrideAction to none, or remove this override", '"block"'],
  ["a version of a group without versions", (e) => { edge(e).firewall = groups({ AWSManagedRulesAnonymousIpList: { version: "Version_1.0" } }); }, "services[0].edge.firewall.managedRuleGroups.AWSManagedRulesAnonymousIpList.version", "has no effect, because this group has no versions; remove it", '"Version_1.0"'],
  ["a version that AWS does not write", (e) => { edge(e).firewall = groups({ AWSManagedRulesLinuxRuleSet: { version: "2.0" } }); }, "services[0].edge.firewall.managedRuleGroups.AWSManagedRulesLinuxRuleSet.version", "is not a version of an AWS managed rule group; write it as Version_1.10", '"2.0"'],
  // Protections of a database that another spelling switches off
  ["TLS switched off by another spelling", (e) => { addDatabase(e, (d) => { d.cluster.parameters = { "RDS.force_ssl": "0" }; }); }, "databases[0].cluster.parameters.RDS.force_ssl", "is set by the toolkit; connections without TLS are always rejected, so remove it", '"0"'],
  ["a parameter in two spellings", (e) => { addDatabase(e, (d) => { d.cluster.parameters = { work_mem: "4096", Work_Mem: "8192" }; }); }, "databases[0].cluster.parameters.Work_Mem", 'is the same parameter as "work_mem", because RDS ignores case; remove one of them', '"8192"'],
  ["a version of TLS that is broken", (e) => { addDatabase(e, (d) => { d.cluster.parameters = { ssl_min_protocol_version: "TLSv1" }; }); }, "databases[0].cluster.parameters.ssl_min_protocol_version", "allows TLS versions that are no longer secure; use TLSv1.2 or TLSv1.3", '"TLSv1"'],
  ["passwords in the log of statements", (e) => { addDatabase(e, (d) => { d.cluster.parameters = { log_statement: "ddl" }; }); }, "databases[0].cluster.parameters.log_statement", "writes statements that set passwords to the log; set it to none, and use pgaudit for auditing", '"ddl"'],
  ["an alarm on free memory that the class does not have", (e) => { addDatabase(e, (d) => { d.cluster.capacity = { type: "provisioned", instanceClass: "db.r7g.large" }; d.cluster.alarms = { freeableMemoryMebibytes: 16384 }; }); }, "databases[0].cluster.alarms.freeableMemoryMebibytes", "is not below the memory of the instance class, 16384 MiB, so the alarm would always fire; use less", "16384"],
  ["a limit of WAF that an earlier one keeps from being reached", (e) => { edge(e).firewall = { scope: "CLOUDFRONT", rateLimits: [{ name: "all", limit: 1000 }, { name: "login", limit: 1000, pathPrefix: "/login" }] }; }, "services[0].edge.firewall.rateLimits[1].limit", "is never reached, because rateLimits[0] blocks these requests from 1000 on; use less than that value, or remove one of them", "1000"],
  ["a router for a country that is not let in", (e) => { Object.assign(edge(e), { router: { standbyCountries: ["DE"] } }).distribution.geoRestriction = { restrictionType: "whitelist", locations: ["IE"] }; }, "services[0].edge.router.standbyCountries[0]", "has no effect, because distribution.geoRestriction blocks this country; remove it here, or allow it there", '"DE"'],
  ["a ceiling of concurrency that a function without a reservation goes round", (e) => { e.spendGuard.limits = { maxReservedConcurrency: 50 }; service(e).function.reservedConcurrency = null; }, "services[0].function.reservedConcurrency", "is null, so the function may use all of the account's concurrency, but the environment's limit is 50; reserve at most 50, or remove spendGuard.limits.maxReservedConcurrency", "null"],
  ["events of AWS as one's own", (e) => { service(e).publishes.orders.sources = ["aws.ec2"]; }, "services[0].publishes.orders.sources[0]", "begins with aws., which is reserved for AWS services; use a source of your own", '"aws.ec2"'],
  ["events of every source", (e) => { service(e).publishes.orders.sources = ["*"]; }, "services[0].publishes.orders.sources[0]", "is not a wildcard, because sources are compared literally; list each source", '"*"'],
  // Languages, and the sizes of policies
  ["a schedule with days in both day fields", (e) => { schedule(e).schedule = "cron(0 6 * * * *)"; }, "services[0].function.provisionedConcurrency.schedules[0].schedule", "sets both the day of the month and the day of the week; write ? as the day of the week", '"cron(0 6 * * * *)"'],
  ["a schedule of fields outside their ranges", (e) => { schedule(e).schedule = "cron(99 99 ? * FOO *)"; }, "services[0].function.provisionedConcurrency.schedules[0].schedule", "its minute is 99; use 0 to 59", '"cron(99 99 ? * FOO *)"'],
  ["a schedule of no rate", (e) => { schedule(e).schedule = "rate(0 hours)"; }, "services[0].function.provisionedConcurrency.schedules[0].schedule", "its value is 0; use a whole number above 0", '"rate(0 hours)"'],
  ["a schedule with one of several", (e) => { schedule(e).schedule = "rate(1 minutes)"; }, "services[0].function.provisionedConcurrency.schedules[0].schedule", "its unit is minutes, but its value is 1; write rate(1 minute)", '"rate(1 minutes)"'],
  ["a schedule at a moment that does not exist", (e) => { schedule(e).schedule = "at(2026-02-30T25:61:61)"; }, "services[0].function.provisionedConcurrency.schedules[0].schedule", "its day is 30, which its month does not have; use 01 to 28", '"at(2026-02-30T25:61:61)"'],
  ["a time zone that does not exist", (e) => { schedule(e).timezone = "Mars/Olympus"; }, "services[0].function.provisionedConcurrency.schedules[0].timezone", "is not a time zone; use an IANA name such as Europe/Dublin or UTC", '"Mars/Olympus"'],
  ["a misspelt time zone", (e) => { schedule(e).timezone = "Europe/Dubln"; }, "services[0].function.provisionedConcurrency.schedules[0].timezone", "is not a time zone; did you mean Europe/Dublin?", '"Europe/Dubln"'],
  ["a comparison with an operand of another type", (e) => { subscription(e).detail = { total: [{ numeric: [">", "5"] }] }; }, "services[0].subscriptions.placed.eventPattern.detail.total[0].numeric", "must be a number; write it without quotation marks", '[">","5"]'],
  ["a comparison outside of a list", (e) => { subscription(e).detail = { state: { prefix: "open" } }; }, "services[0].subscriptions.placed.eventPattern.detail.state.prefix", "is a comparison outside of a list; write", '"open"'],
  ["a range of addresses that is none", (e) => { subscription(e).detail = { ip: [{ cidr: "10.0.0.0/40" }] }; }, "services[0].subscriptions.placed.eventPattern.detail.ip[0].cidr", "is not an address range; write it in CIDR notation", '"10.0.0.0/40"'],
  ["a log query with a command that does not exist", (e) => { queries(e).slow = "feilds @timestamp | limit 5"; }, "services[0].savedQueries.queries.slow", "has the unknown command feilds; did you mean fields?", '"feilds @timestamp'],
  ["a log query with a bracket that is not closed", (e) => { queries(e).slow = "stats count(* by route"; }, "services[0].savedQueries.queries.slow", "has a bracket that is not closed; add )", '"stats count(* by route"'],
  ["more tags than a resource may have", (e) => { for (let at = 0; at < 50; at += 1) e.tags[`tag-${at}`] = "x"; }, "tags", "beside those of the toolkit; use fewer", '{"'],
  ["more tables than fit into the policy of a role", (e) => { manyTables(e, 70); }, "services[0].tables", "characters in the policy of orders's role in eu-west-1, but IAM allows 10240; use fewer tables, or split the service", '{"orders"'],
  ["more tables of the home region than fit into the policy of a role in a standby region", (e) => { manyTables(e, 40, { homeReplica: true }); }, "services[0].tables", "characters in the policy of orders's role in eu-central-1, but IAM allows 10240; use fewer tables", '{"orders"'],
  ["more accounts than fit into the policy of a bus", (e) => { e.eventBuses[0].publisherAccounts = accounts(40, () => ({ sources: ["orders"] })); }, "eventBuses[0].publisherAccounts", "characters in the policy of the bus in eu-west-1, but EventBridge allows 10240; name fewer accounts or sources", '{"100000000000"'],
  ["more rules than fit into the policy of a function", (e) => { manySubscriptions(e, 60); }, "services[0].subscriptions", "bytes in the policy of the function in eu-west-1, but Lambda allows 20480; let fewer rules match more", '{"placed-0"'],
  ["more administrators than fit into the policy of a key", (e) => { e.keys = { data: { administrators: Array.from({ length: 600 }, (_, at) => `arn:aws:iam::${e.account}:role/administrators/of-keys-${at}`) } }; }, "keys.data.administrators", "bytes in the policy of the key in eu-west-1, but KMS allows 32768; name fewer roles", '["arn:aws:iam'],
];

describe("An environment file", () => {
  test("is accepted without a mistake", () => expect(mistakesOf(() => {})).toEqual([]));

  test.each([1, 128])("is accepted with a tag key of %i characters", (length) =>
    expect(
      mistakesOf((environment) => {
        environment.tags["k".repeat(length)] = "x";
      }),
    ).toEqual([]),
  );

  test("may not have a tag key that is longer than AWS takes", () => {
    const key = "k".repeat(129);
    const mistakes = mistakesOf((environment) => {
      environment.tags[key] = "x";
    });
    expect(mistakes.map(({ path }) => path)).toEqual([`tags.${key}`]);
  });

  test.each(databaseVariables)("may not set %s beside a database", (variable) => {
    const [mistake] = mistakesOf((environment) => {
      addDatabase(environment);
      service(environment).function.environment = { [variable]: "x" };
    });
    expect(mistake).toMatchObject({
      path: `services[0].function.environment.${variable}`,
      message: "is already set by database; remove it here",
    });
  });

  test("may not subscribe to a bus that it does not declare", () => {
    const mistakes = mistakesOf((environment) => {
      service(environment).subscriptions = { placed: { bus: "order", detailTypes: ["x"] } };
    });
    expect(mistakes).toContainEqual(
      expect.objectContaining({
        path: "services[0].subscriptions.placed.bus",
        message: expect.stringMatching(/^is not an event bus of this environment; use one of /),
      }),
    );
  });

  test("is accepted with a database", () => expect(mistakesOf(addDatabase)).toEqual([]));

  test("is accepted with a database in VPCs that are given", () => expect(mistakesOf(inExistingVpcs)).toEqual([]));

  test("is accepted with a way out of given VPCs to wherever these lead, Vault and events included", () => {
    const issues = mistakesOf((environment) => {
      const { publishes } = service(environment);
      inExistingVpcs(environment);
      Object.assign(service(environment), { publishes, encryption: {}, settings: { "page-size": { value: "10" } } });
      environment.keyManagement = vault;
      rotateSecrets(environment);
    });
    expect(issues).toEqual([]);
  });

  test("is accepted without groups for a way out that nothing takes", () => {
    const issues = mistakesOf((environment) => {
      inExistingVpcs(environment, ({ existing: networks }) => {
        for (const region of Object.keys(networks)) delete networks[region].additionalSecurityGroupIds;
      });
      delete service(environment).database;
    });
    expect(issues).toEqual([]);
  });

  test("is accepted without a VPC in a standby region that the database never comes to", () => {
    const never = { enabled: false, reason: "said for the sake of the test" };
    const issues = mistakesOf((environment) => {
      inExistingVpcs(environment, (network) => {
        delete network.existing["eu-central-1"];
      });
      environment.stage = "optimization";
      environment.exceptions = { globalDatabase: never, standbyServices: never };
    });
    expect(issues.filter(({ path }) => path.includes("network"))).toEqual([]);
  });

  test("is accepted with database logins by Vault in VPCs that are given, which have a way out of their own", () => {
    const issues = mistakesOf((environment) => {
      logInByVault(environment);
      const { database, ...login } = service(environment);
      const { exceptions, keyManagement } = environment;
      inExistingVpcs(environment);
      Object.assign(service(environment), { ...login, database });
      Object.assign(environment, { exceptions, keyManagement });
      delete environment.keyManagement.privateAccess;
    });
    expect(issues).toEqual([]);
  });

  test("is accepted with acknowledged removals, of parts and in modules too, and when they have expired", () => {
    expect(mistakesOf(removal)).toEqual([]);
    for (const address of [
      'aws_dynamodb_table.orders_table.global_secondary_index["by-customer"]',
      'module.data["eu"].aws_dynamodb_table.orders[0]',
      "aws_dynamodb_table_replica.orders_replica-eu-central-1",
    ]) {
      expect(
        mistakesOf((environment) => {
          removal(environment).address = address;
        }),
      ).toEqual([]);
    }
  });

  test("is accepted without deletion protection of what is acknowledged to go, but not of anything else", () => {
    const unprotected = (environment: Loose) => {
      removal(environment);
      table(environment).deletionProtection = false;
    };
    expect(mistakesOf(unprotected)).toEqual([]);
    const both = mistakesOf((environment) => {
      unprotected(environment);
      addDatabase(environment, (database) => {
        database.cluster.deletionProtection = false;
      });
    });
    expect(both.map(({ path }) => path)).toEqual(["databases[0].cluster.deletionProtection"]);
  });

  test("is accepted with database logins by Vault", () => expect(mistakesOf(logInByVault)).toEqual([]));

  test("is accepted with encryption by Vault in a database's network that reaches it", () => {
    expect(
      mistakesOf((e) => {
        addDatabase(e);
        service(e).encryption = {};
        e.keyManagement = { ...vault, privateAccess: { cidrBlocks: ["10.80.0.0/24"] } };
      }),
    ).toEqual([]);
  });

  test("is accepted with 20 tables with indexes, and with 12 that all regions use at home", () => {
    expect(mistakesOf((environment) => manyTables(environment, 20))).toEqual([]);
    expect(mistakesOf((environment) => manyTables(environment, 12, { homeReplica: true }))).toEqual([]);
  });

  test("is accepted with 50 rules that call one function", () => {
    expect(mistakesOf((environment) => manySubscriptions(environment, 50))).toEqual([]);
  });

  test("is accepted with PgBouncer before a database", () => expect(mistakesOf(addPgBouncer)).toEqual([]));

  test.each(mistakes)("with %s is refused", (_, change, path, message, received) => {
    const issues = mistakesOf(change);
    const found = issues.find((issue) => issue.path.startsWith(path) && issue.message.includes(message));
    expect({ issues, path: found?.path }).toEqual({ issues, path: expect.stringContaining(path) });
    expect(found?.received).toContain(received);
    expect(found?.message).toMatch(/^.+; .+/);
  });

  test("reports each mistake once, and alone when it is alone", () => {
    const noisy = mistakes
      .map(([what, change]) => [what, mistakesOf(change).map(({ path, message }) => `${path}: ${message}`)] as const)
      .filter(([, issues]) => issues.length !== 1);
    expect(noisy).toEqual([]);
  });

  test("with several mistakes is told all of them at once", () => {
    const several = [0, 2, 4, 9, 18, 24, 43].map((at) => mistakes[at]?.[1]);
    const issues = mistakesOf((environment) => {
      for (const change of several) change?.(environment);
    });
    expect(issues).toHaveLength(several.length);
  });

  test("names its environment and counts its mistakes", () => {
    const input = { ...staging.input, account: "1", description: "short" };
    expect(() => defineEnvironment(input).resolve()).toThrow(
      /^environment "staging": 2 mistakes\n {2}description: .*\n {2}account: /,
    );
  });
});
