import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { undoArguments } from "../../gates/rules/no-final-deletion";
import { encryptionKind, encryptionSwitch, keyArgument } from "../../gates/rules/no-other-key";
import { retentionArguments } from "../../gates/rules/no-shorter-retention";
import { securityArguments } from "../../gates/rules/no-weaker-security";

const library = join(dirname(require.resolve("@cdktf/provider-aws/package.json")), "lib");
const root = join(__dirname, "..", "..");

/** The resource types that modules, blueprints, capabilities and stacks of the toolkit make, as they import them. */
function madeTypes(): string[] {
  const found = new Set<string>();
  for (const room of ["modules", "blueprints", "capabilities", "stacks"]) {
    for (const file of readdirSync(join(root, room), { recursive: true, encoding: "utf8" })) {
      if (!file.endsWith(".ts")) continue;
      const source = readFileSync(join(root, room, file), "utf8");
      for (const [, folder] of source.matchAll(/"@cdktf\/provider-aws\/lib\/([a-z0-9-]+)"/g)) {
        if (folder && folder !== "provider" && !folder.startsWith("data-aws-")) found.add(folder);
      }
    }
  }
  return [...found].sort();
}

/** The arguments of a resource type in the binding, those of its blocks included: what an owner can write. */
function argumentsOf(folder: string): string[] {
  const file = join(library, folder, "index.js");
  const source = existsSync(file) ? readFileSync(file, "utf8") : "";
  return [...new Set([...source.matchAll(/^ +([a-z0-9_]+): \{$/gm)].map(([, name = ""]) => name))];
}

/** Names of arguments that keep something, protect it or encrypt it. */
const telling =
  /retention|recovery_(window|period)|deletion_window|force_(destroy|delete)|skip_(final|destroy)|delete_automated|(^|_)tls|(^|_)ssl|minimum_protocol|protocol_policy|security_policy|encrypt|(^|_)kms|public|iam_auth|authorization_type|authentication_enabled|transit/;

/** Blocks and arguments of such a name that say nothing by themselves, each with the reason. */
const saysNothing: Readonly<Record<string, string>> = {
  apply_server_side_encryption_by_default: "a block, whose algorithm and key are judged",
  server_side_encryption: "a block, which is judged by its switch and its key",
  server_side_encryption_configuration: "a block, whose algorithm and key are judged",
  encryption_configuration: "a block, whose key is judged",
  field_level_encryption_id: "encrypts single fields of forms, which nothing here takes",
  kms_data_key_reuse_period_seconds: "a cache, which changes cost and how often the key is called",
  tls_config: "how an API reaches a private integration; a block",
  ssl_support_method: "which old clients are served; the version of TLS is judged",
  default_retention: "a block, whose days and years are judged",
  max_retention_days: "how long new backups may be kept at most; those that there are stay",
  noncurrent_version_transition: "objects go to another class of storage, and are kept",
  routing_http_request_x_amzn_tls_cipher_suite_header_name: "the name of a header",
  routing_http_request_x_amzn_tls_version_header_name: "the name of a header",
  routing_http_response_content_security_policy_header_value: "a header that the API itself can send",
  sse_kms_encrypted_objects: "which objects are replicated",
  tls: "between tasks of Service Connect, within the network; a block",
  transit_encryption_port: "the port of files in transit",
  transit_gateway_attachment_id: "whose traffic is logged",
  transit_gateway_id: "a way between networks",
  transition: "objects go to another class of storage, and are kept",
  transition_default_minimum_object_size: "objects go to another class of storage, and are kept",
};

const isJudged = (name: string): boolean =>
  name in retentionArguments ||
  name in undoArguments ||
  name in securityArguments ||
  keyArgument.test(name) ||
  encryptionSwitch.test(name) ||
  encryptionKind.test(name) ||
  // no-function-off judges every switch.
  /(^|_)enabled?($|_)/.test(name);

describe("The arguments that keep, protect or encrypt something", () => {
  const types = madeTypes();
  const found = types.flatMap((type) =>
    argumentsOf(type)
      .filter((name) => telling.test(name))
      .map((name) => ({ type, name })),
  );

  test("were looked for in every type that the toolkit makes", () => {
    expect(types.length).toBeGreaterThan(60);
    expect(types.filter((type) => argumentsOf(type).length === 0)).toEqual([]);
    expect(found.length).toBeGreaterThan(40);
  });

  test("are judged by a gate, or there is a reason why not", () => {
    const open = found.filter(({ name }) => !isJudged(name) && !(name in saysNothing));
    expect(open.map(({ type, name }) => `${type}: ${name}`)).toEqual([]);
  });

  test("have no reason that nothing needs", () => {
    const names = new Set(found.map(({ name }) => name));
    expect(Object.keys(saysNothing).filter((name) => !names.has(name) || isJudged(name))).toEqual([]);
  });

  test("are arguments of the provider", () => {
    const all = readdirSync(library)
      .filter((folder) => !folder.startsWith("data-aws-"))
      .map((folder) => join(library, folder, "index.js"))
      .filter((file) => existsSync(file))
      .map((file) => readFileSync(file, "utf8"))
      .join("\n");
    const names = [
      ...Object.keys(retentionArguments),
      ...Object.keys(undoArguments),
      ...Object.keys(securityArguments),
    ];
    expect(names.filter((name) => !all.includes(` ${name}: `))).toEqual([]);
  });
});
