import { isSecret, isSecretName, secretForm, secretUnder } from "../../values/secrets";

/** Made here, so that no scanner takes this file for a leak. */
const of = (prefix: string, count: number, from = "Ab3dE5gH1jK7mN9pQ2sT"): string =>
  prefix + from.repeat(Math.ceil(count / from.length)).slice(0, count);
const hex = (count: number): string => of("", count, "0f1e2d3c4b5a69788796");

/** As AWS writes its own example, in two parts. */
const awsSecret = ["wJalrXUtnFEMI/K7MDENG/", "bPxRfiCYEXAMPLEKEY"].join("");

const secrets: readonly (readonly [what: string, text: string, found: string])[] = [
  ["an access key of AWS", of("AKIA", 16, "IOSFODNN7EXAMPLE"), "an access key of AWS"],
  [
    "a temporary access key of AWS in prose",
    `the key is ${of("ASIA", 16, "IOSFODNN7EXAMPLE")}.`,
    "an access key of AWS",
  ],
  ["a secret access key of AWS", awsSecret, "a secret access key of AWS"],
  ["both halves of an access key", `${of("AKIB", 16)}:${awsSecret}`, "a secret access key of AWS"],
  ["a line of a credentials file", `aws_secret_access_key = ${hex(40)}`, "a password in a connection string"],
  [
    "a signed address of Azure",
    `https://a.blob.core.windows.net/c?sv=2020&sig=${of("", 43)}%3D`,
    "a signature in a URL",
  ],
  [
    "a webhook of Discord",
    `https://discord.com/api/webhooks/123456789012345678/${of("", 68)}`,
    "a webhook address of Discord",
  ],
  ["a private key", "-----BEGIN PRIVATE KEY-----\nMIIE", "a private key"],
  ["an encrypted private key", "-----BEGIN ENCRYPTED PRIVATE KEY-----", "a private key"],
  ["a private key of OpenSSH", "-----BEGIN OPENSSH PRIVATE KEY-----", "a private key"],
  ["a personal token of GitHub", of("ghp_", 36), "a token of GitHub"],
  ["a fine-grained token of GitHub", of("github_pat_", 82), "a token of GitHub"],
  ["a token of GitLab", of("glpat-", 20), "a token of GitLab"],
  ["a bot token of Slack", of("xoxb-", 40), "a token of Slack"],
  [
    "a webhook of Slack",
    `https://hooks.slack.com/services/${of("T", 8, "0A1B2C3D")}/B0/x`,
    "a webhook address of Slack",
  ],
  ["a live key of Stripe", of("sk_live_", 24), "a key of Stripe"],
  ["a restricted key of Stripe", of("rk_test_", 24), "a key of Stripe"],
  ["a webhook secret of Stripe", of("whsec_", 32), "a webhook secret of Stripe"],
  ["a key of Stripe behind a name", `key=${of("sk_live_", 24)}`, "a key of Stripe"],
  ["an API key of Google", of("AIza", 35), "an API key of Google"],
  ["a token of npm", of("npm_", 36), "a token of npm"],
  ["a key of SendGrid", `${of("SG.", 22)}.${of("", 43)}`, "a key of SendGrid"],
  ["a token of Vault", of("hvs.", 90), "a token of Vault"],
  ["a token of DigitalOcean", `dop_v1_${hex(64)}`, "a token of DigitalOcean"],
  ["a JSON Web Token", `${of("eyJ", 20)}.${of("eyJ", 40)}.${of("", 43)}`, "a JSON Web Token"],
  ["a password in a URL", "https://user:pw@login.example.com", "a user name and a password in a URL"],
  ["a password with a slash's code in a URL", "postgres://app:a%2Fb@db:5432/x", "a user name and a password in a URL"],
  ["a password without a user in a URL", "redis://:hunter2@cache:6379", "a user name and a password in a URL"],
  ["a connection string of SQL Server", "Server=db;User Id=sa;Password=hunter2;", "a password in a connection string"],
  ["a connection string of libpq", "host=db user=app password=hunter2", "a password in a connection string"],
  ["a connection string of Azure", "AccountName=a;AccountKey=abcd1234==;", "a password in a connection string"],
  ["a JDBC address", "jdbc:postgresql://db/x?user=a&password=hunter2", "a password in a connection string"],
  ["a password in SQL", "CREATE ROLE app LOGIN PASSWORD 'hunter2'", "a password in SQL"],
  ["a header", `Authorization: Bearer ${of("", 32)}`, "an authorization header"],
];

const plain: readonly (readonly [name: string, text: string])[] = [
  ["DATABASE_SECRET_ARN", "arn:aws:secretsmanager:eu-west-1:111111111111:secret:orders/stripe-AbCdEf"],
  ["SECRET_NAME", "orders/stripe-2024"],
  ["STRIPE_SECRET_ARN", "arn:aws:secretsmanager:eu-west-1:111111111111:secret:prod/stripe-Ab12Cd"],
  ["kmsKeyArn", "arn:aws:kms:eu-north-1:333333333333:key/0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0"],
  ["keyId", "0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0"],
  ["key", "0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0"],
  ["TOKEN_URL", "https://login.example.com/oauth2/v2.0/token"],
  ["TOKEN_TTL_SECONDS", "3600"],
  ["ROTATE_SECRET", "true"],
  ["PASSWORD_MIN_LENGTH", "12"],
  ["API_KEY_HEADER", "x-api-key-2024-orders"],
  ["PUBLIC_KEY", of("", 44)],
  ["partitionKey", "customerIdentifier2"],
  ["sortKey", "orderedAtMilliseconds"],
  ["cacheKeyPrefix", "orders-v2-2024/customers"],
  ["keyPrefix", "evenkeel/staging2024/state"],
  ["BYPASS", "maintenance"],
  ["COMPASS", "north"],
  ["MAX_TOKENS", "4096"],
  ["description", "Rotates the password of the user; the secret is in Secrets Manager, its token in the header."],
  ["description", "Basic authentication is off. Bearer tokens-of-our-customers are checked."],
  ["description", "Set password = {{password}} in the template"],
  ["creationStatements", `CREATE ROLE "{{name}}" LOGIN PASSWORD '{{password}}' VALID UNTIL '{{expiration}}'`],
  ["REDIS_URL", "redis://cache.internal:6379/0"],
  ["REPOSITORY", "https://git@github.com/example/orders"],
  ["CONNECTION", "postgres://app:<password>@db/orders"],
  ["issuer", "https://login.example.com:8443/realms/orders@home"],
  ["image", `111111111111.dkr.ecr.eu-west-1.amazonaws.com/pgbouncer@sha256:${hex(64)}`],
  ["CONTACT", "mailto:team@example.com"],
  ["SKIN", "sk_liver"],
  ["TIME", "12:30:45 user@host"],
  // What is public or names something: certificates, public keys, hashes, ids.
  ["certificate", "-----BEGIN CERTIFICATE-----\nMIIBszCCARygAwIBAgIJAKq1Z\n-----END CERTIFICATE-----"],
  ["authority", `-----BEGIN CERTIFICATE-----\n${of("", 64)}\n${awsSecret}\n-----END CERTIFICATE-----`],
  ["verificationKey", "-----BEGIN PUBLIC KEY-----\nMIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8A\n-----END PUBLIC KEY-----"],
  ["armoured", "-----BEGIN PGP PUBLIC KEY BLOCK-----\n\nmQENBFzA"],
  ["message", "-----BEGIN PGP SIGNED MESSAGE-----"],
  ["sshKey", "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl x@y"],
  ["integrity", "sha384-oqVuAfXRKap7fdgcCY5uykM6+R9GqQ8K/uxy9rx7HNQlGYl1kPzQho1wx4JwY8wC"],
  ["commit", "2fd4e1c67a2d28fced849ee1bb76e7391b93eb12"],
  ["tokenThumbprint", "9e99a48a9960b14926bb7f3b02e22da2b0ab7280"],
  ["zoneKey", "Z2FDTNDATAQYW2"],
  ["securityKey", "sg-0123456789abcdef0"],
  ["networkKey", "vpc-0123456789abcdef0"],
  ["userPoolId", "eu-west-1_AbCdEf123"],
  ["clientId", "3n4b5urk1ft4fl3mg5e62d9ado"],
  ["handler", "services/OrdersService/versionTwo/Handler"],
  ["ruleGroup", "AWSManagedRulesKnownBadInputsRuleSetV2Foo"],
  ["policyArn", "arn:aws:iam::aws:policy/AmazonRDSEnhancedMonitoringRoleForAll2x"],
];

describe("What looks like a secret", () => {
  test.each(secrets)("is %s", (_, text, found) => {
    expect(secretForm(text)).toBe(found);
    expect(secretUnder("description", text)).toBe(found);
  });

  test.each(plain)("is not %s=%s", (name, text) => {
    expect(secretUnder(name, text)).toBeUndefined();
    expect(isSecret(name, text)).toBe(false);
  });

  test.each([
    "STRIPE_SECRET_VALUE",
    "DB_PWD",
    "DB_PASS",
    "DB_PASSWORD",
    "dbPassword",
    "db-passwd",
    "CLIENT_SECRET",
    "AUTH_TOKEN",
    "STRIPE_API_KEY",
    "stripeApiKey",
    "PRIVATE_KEY",
    "CREDENTIALS",
  ])("is whatever is named %s", (name) => {
    expect(isSecretName(name)).toBe(true);
    expect(isSecret(name, "hunter2")).toBe(true);
  });

  test.each([
    ["SIGNING_SALT", of("", 24)],
    ["SESSION_KEY", hex(32)],
    ["AUTH", "c2VjcmV0OmFuZC1sb25nMTIz"],
  ])("is a text of random characters under %s", (name, text) => {
    expect(secretUnder(name, text)).toBe("a key or a password");
    expect(secretUnder("title", text)).toBeUndefined();
  });
});
