import { mkdirSync, writeFileSync } from "node:fs";
import { devNull } from "node:os";
import path from "node:path";

/** Region of a provider or backend that does not name one: from AWS's environment variables, else `us-east-1`. */
export function defaultRegion(env: NodeJS.ProcessEnv = process.env): string {
  return env.AWS_REGION || env.AWS_DEFAULT_REGION || "us-east-1";
}

/** The registries where Terraform and OpenTofu look for `hashicorp/aws`; each ignores the other's. */
const registries = ["registry.terraform.io", "registry.opentofu.org"];

/** Where the simulated cloud listens. */
export interface Endpoints {
  /** Port of the plugin server. */
  pluginPort: number;
  /** Address of the state store, which also answers every call that should not have been made. */
  stateStore: string;
}

/** Endpoints of single services, in the SDKs' form and in the older one of the S3 backend. */
const ownEndpoints = (): string[] =>
  Object.keys(process.env).filter((name) => /^AWS_ENDPOINT_URL_|^AWS_(S3|STS|DYNAMODB|IAM|SSO)_ENDPOINT$/.test(name));

/** Settings that keep every AWS client on this machine: dummy credentials, no profile, one endpoint for all services. */
export function isolatedFromAws(stateStore: string, region: string): NodeJS.ProcessEnv {
  return {
    AWS_ACCESS_KEY_ID: "simulated",
    AWS_SECRET_ACCESS_KEY: "simulated",
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_ENDPOINT_URL: stateStore,
    // Not AWS_ENDPOINT_URL_S3, with which Terraform's S3 backend puts the bucket's name in front of the host.
    AWS_ENDPOINT_URL_S3: undefined,
    ...Object.fromEntries(ownEndpoints().map((name) => [name, undefined])),
    AWS_USE_FIPS_ENDPOINT: undefined,
    AWS_USE_DUALSTACK_ENDPOINT: undefined,
    AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: undefined,
    AWS_CONFIG_FILE: devNull,
    AWS_SHARED_CREDENTIALS_FILE: devNull,
    AWS_EC2_METADATA_DISABLED: "true",
    AWS_PROFILE: undefined,
    AWS_DEFAULT_PROFILE: undefined,
    AWS_SESSION_TOKEN: undefined,
    AWS_ROLE_ARN: undefined,
    AWS_WEB_IDENTITY_TOKEN_FILE: undefined,
    AWS_CONTAINER_CREDENTIALS_FULL_URI: undefined,
    AWS_CONTAINER_CREDENTIALS_RELATIVE_URI: undefined,
    AWS_CA_BUNDLE: undefined,
  };
}

/**
 * What to add to the environment of a command that runs in the simulated cloud; `undefined` removes a variable.
 * @param directory Absolute folder of the simulated cloud.
 * @param cwd Folder in which the command runs.
 */
export function simulatedEnvironment(endpoints: Endpoints, directory: string, cwd: string): NodeJS.ProcessEnv {
  const cliConfig = path.join(directory, "terraform.tfrc");
  mkdirSync(directory, { recursive: true });
  // Our own file: the user's may point to registry credentials, to a mirror or to a file that does not exist.
  writeFileSync(cliConfig, "disable_checkpoint = true\n");
  const attach = {
    Protocol: "grpc",
    ProtocolVersion: 5,
    Pid: process.pid,
    // With this, Terraform does not stop the process when it exits.
    Test: true,
    Addr: { Network: "tcp", String: `127.0.0.1:${endpoints.pluginPort}` },
  };
  return {
    ...isolatedFromAws(endpoints.stateStore, defaultRegion()),
    TF_REATTACH_PROVIDERS: JSON.stringify(
      Object.fromEntries(registries.map((host) => [`${host}/hashicorp/aws`, attach])),
    ),
    TF_CLI_CONFIG_FILE: cliConfig,
    // A Terraform lives for a second or two: with Go's default a fifth of its time goes into freeing memory.
    GOGC: process.env.GOGC ?? "400",
    TF_IN_AUTOMATION: "1",
    TF_INPUT: "0",
    CHECKPOINT_DISABLE: "1",
    // `terraform providers lock` would ask the registry.
    CDKTF_SKIP_PROVIDER_LOCK: "true",
    // Separate from real deployments, whose .terraform folders point to real state.
    CDKTF_OUTPUT: path.join(path.relative(cwd, directory), "cdktf.out"),
    CDKTF_OUTDIR: path.join(directory, "cdktf.out"),
    // Tells the app that it is simulated, and where to keep its local state.
    EVENKEEL_SIMULATED: path.relative(cwd, directory) || ".",
  };
}
