import { defineEnvironment } from "../../config";
import { assumptionsOf } from "../../config/assumptions";
import prod from "../../environments/prod";
import { readWildcards } from "../../modules/core";
import { audience, issuer, synthesizedVault, vaultEnvironment } from "../../scripts/vault/environment";
import { readStackFolders } from "../../terraform";
import { type Loose, mistakesOf, vault } from "../support/mistakes";
import { temporaryFolder } from "../support/temporary-folder";
import { writtenPolicy } from "../support/written-policy";

const openBao = { ...vault, server: "openbao", logins: ["jwt"], identityTokens: { issuer } };
const with_ = (keyManagement: object) => mistakesOf((environment) => Object.assign(environment, { keyManagement }));

describe("Logins to Vault and OpenBao are refused", () => {
  test.each<[string, object, string]>([
    [
      "by IAM at OpenBao, which has no AWS login",
      { ...vault, server: "openbao" },
      'keyManagement.logins: names iam, but OpenBao has no AWS login built in; set it to ["jwt"], and add identityTokens',
    ],
    [
      "by IAM beside jwt at OpenBao",
      { ...openBao, logins: ["jwt", "iam"] },
      'keyManagement.logins: names iam, but OpenBao has no AWS login built in; set it to ["jwt"], and add identityTokens',
    ],
    [
      "by jwt without an issuer",
      { ...vault, logins: ["jwt"] },
      "keyManagement.identityTokens: is required for the login jwt; switch on outbound identity federation in the account, and set issuer to what aws iam get-outbound-web-identity-federation-info shows",
    ],
    [
      "with an issuer that nothing asks for a token",
      { ...vault, identityTokens: { issuer } },
      'keyManagement.identityTokens: has no effect, because logins does not name jwt; remove it, or add "jwt" to logins',
    ],
    [
      "by one method twice",
      { ...openBao, logins: ["jwt", "jwt"] },
      "keyManagement.logins: lists a login twice; remove the duplicate",
    ],
    ["by no method", { ...vault, logins: [] }, "keyManagement.logins: is too small; use at least 1 entry"],
    [
      "with an issuer that has a path",
      { ...openBao, identityTokens: { issuer: `${issuer}/` } },
      "keyManagement.identityTokens.issuer: is not the issuer of the account's identity tokens, because something follows its host and port; write https://<id>.tokens.sts.global.api.aws",
    ],
    [
      "with tokens that live longer than STS makes them",
      { ...openBao, identityTokens: { issuer, durationSeconds: 7200 } },
      "keyManagement.identityTokens.durationSeconds: is too large; use at most 3600",
    ],
    [
      "with an audit device that OpenBao does not take by its API",
      { ...openBao, auditDevice: true },
      "keyManagement.auditDevice: cannot be created by Terraform, because OpenBao takes audit devices from its own configuration only; declare it there, and set false here",
    ],
  ])("%s", (_, keyManagement, message) => {
    expect(with_(keyManagement)).toEqual([expect.stringContaining(message)]);
  });

  test("in the network of a database without a way to STS", () => {
    const without = (change: (environment: Loose) => void) => mistakesOf(change, { input: vaultEnvironment().input });
    expect(without(() => undefined)).toEqual([]);
    expect(without((e) => e.databases[0].network.interfaceEndpoints.pop())).toEqual([
      'databases[0].network.interfaceEndpoints: has no "sts", but functions in the network log in to Vault or OpenBao by identity tokens, which STS makes; add it',
    ]);
  });

  test("nowhere where they are right", () => {
    expect([with_(openBao), with_({ ...openBao, server: "vault", logins: ["iam", "jwt"] })]).toEqual([[], []]);
  });
});

describe("With logins by identity tokens, prod", () => {
  const outdir = temporaryFolder();
  const { vault: ofServer, services } = synthesizedVault(outdir);
  const { environment } = services.aws_lambda_function?.ledger_function_function ?? {};
  const { variables } = environment as { readonly variables: Record<string, string> };
  const statementsOf = (service: string, of = services) =>
    writtenPolicy(of.aws_iam_role_policy?.[`${service}_function_execution_policy`]?.policy).Statement;

  test("has the server read the account's issuer, and take its tokens for this server from the roles of the service alone", () => {
    expect(ofServer.vault_jwt_auth_backend?.["ledger_jwt-login"]).toMatchObject({
      type: "jwt",
      path: "prod-ledger-jwt",
      oidc_discovery_url: issuer,
      bound_issuer: issuer,
      jwt_supported_algs: ["ES384"],
    });
    expect(ofServer.vault_jwt_auth_backend_role?.["ledger_jwt-login-role"]).toMatchObject({
      role_name: "prod-ledger",
      role_type: "jwt",
      user_claim: "sub",
      bound_audiences: [audience],
      bound_claims: {
        sub: "arn:aws:iam::444444444444:role/prod-ledger-eu-west-1,arn:aws:iam::444444444444:role/prod-ledger-eu-central-1",
      },
      bound_claims_type: "string",
      token_policies: [expect.stringContaining("vault_policy.ledger_policy.name")],
    });
    expect(Object.keys(ofServer).filter((type) => /aws|audit/.test(type))).toEqual([]);
  });

  test("tells functions of the login, and lets them ask for tokens of this audience, algorithm and life only", () => {
    expect(variables).toMatchObject({
      VAULT_AUTH_MOUNT: "prod-ledger-jwt",
      VAULT_SERVER_ID: audience,
      VAULT_JWT_ALGORITHM: "ES384",
      VAULT_JWT_SECONDS: "60",
    });
    expect(statementsOf("ledger")).toContainEqual({
      Sid: "GetIdentityTokens",
      Effect: "Allow",
      Action: "sts:GetWebIdentityToken",
      Resource: "*",
      Condition: {
        "ForAllValues:StringEquals": { "sts:IdentityTokenAudience": audience },
        Null: { "sts:IdentityTokenAudience": "false" },
        StringEquals: { "sts:SigningAlgorithm": "ES384" },
        NumericLessThanEquals: { "sts:DurationSeconds": "60" },
      },
    });
    expect(JSON.stringify(statementsOf("shipments"))).not.toContain("sts:");
  });

  test("has the reason for the * beside the policy", () => {
    const reasons = readStackFolders(outdir).flatMap(({ folder }) => readWildcards(folder));
    expect(reasons.filter(({ sid }) => sid === "GetIdentityTokens")).toContainEqual(
      expect.objectContaining({ every: "resource", reason: expect.stringContaining("belongs to no resource") }),
    );
  });

  test("prepares the other login first, and takes the first one away last", () => {
    const of = (logins: readonly ("iam" | "jwt")[]) => {
      const { vault: server, services: functions } = synthesizedVault(temporaryFolder(), { server: "vault", logins });
      const told = functions.aws_lambda_function?.ledger_function_function?.environment as Loose;
      return {
        mount: told.variables.VAULT_AUTH_MOUNT as string,
        mayAsk: JSON.stringify(statementsOf("ledger", functions)).includes("sts:GetWebIdentityToken"),
        logins: ["vault_auth_backend", "vault_jwt_auth_backend"].filter(
          (type) => server[type]?.ledger_login ?? server[type]?.["ledger_jwt-login"],
        ),
      };
    };
    // With IAM alone it is as it was before.
    expect([of(["iam", "jwt"]), of(["jwt", "iam"])]).toEqual([
      { mount: "prod-ledger-aws", mayAsk: true, logins: ["vault_auth_backend", "vault_jwt_auth_backend"] },
      { mount: "prod-ledger-jwt", mayAsk: true, logins: ["vault_auth_backend", "vault_jwt_auth_backend"] },
    ]);
  });

  test("says that the account has to switch it on, which no resource of the provider does", () => {
    const notes = (environment: typeof prod) => assumptionsOf(environment, environment.resolve().config, new Date());
    expect(notes(vaultEnvironment()).filter((note) => note.includes("identity federation"))).toEqual([
      `Outbound identity federation is assumed to be on in account 444444444444, with the issuer ${issuer}: functions log in to OpenBao by its tokens. The AWS provider 5.100 has no resource for it; check it with aws iam get-outbound-web-identity-federation-info.`,
    ]);
    expect(notes(defineEnvironment(prod.input)).filter((note) => note.includes("identity federation"))).toEqual([]);
  });
});
