import type { Rule } from "../../contract";

const loginsSuitTheServer: Rule = {
  id: "logins-suit-the-server",
  statement: "Functions log in to Vault or OpenBao by what the server has, and what identity tokens need is stated.",
  check({ keyManagement: vault }, report) {
    if (vault.provider !== "vault") return;
    const { server, logins, identityTokens, auditDevice } = vault;
    const at = (field: string, message: string) => report(["keyManagement", field], message);
    if (server === "openbao" && logins.includes("iam")) {
      at("logins", 'names iam, but OpenBao has no AWS login built in; set it to ["jwt"], and add identityTokens');
    }
    if (new Set(logins).size < logins.length) at("logins", "lists a login twice; remove the duplicate");
    if (logins.includes("jwt") && !identityTokens) {
      at(
        "identityTokens",
        "is required for the login jwt; switch on outbound identity federation in the account, and set issuer to what aws iam get-outbound-web-identity-federation-info shows",
      );
    }
    if (identityTokens && !logins.includes("jwt")) {
      at("identityTokens", 'has no effect, because logins does not name jwt; remove it, or add "jwt" to logins');
    }
    if (server === "openbao" && auditDevice) {
      at(
        "auditDevice",
        "cannot be created by Terraform, because OpenBao takes audit devices from its own configuration only; declare it there, and set false here",
      );
    }
  },
};

export const vaultLoginRules: readonly Rule[] = [loginsSuitTheServer];
