import type { BaseEnvironment } from "../contract";
import { type CodeFields, runtimeOf } from "../modules/service-function";
import { engineVersionNote, lambdaRuntimes, runtimeFamily, runtimeNote } from "../values/availability";
import { lambdaConcurrency } from "../values/quotas";
import type { EnvironmentDefinition } from "./define-environment";
import { trafficNotes } from "./traffic-notes";

/** The functions of an environment, as far as this page reads them. */
interface Reserving {
  readonly function: CodeFields & { readonly reservedConcurrency: number | null };
}

/**
 * What an environment takes for true of its account, and what will not stay as it is: for a person to look at, not mistakes.
 * @param config the environment with its defaults, which whoever asks has parsed already
 * @param today the day from which the ends of runtimes are seen
 */
export function assumptionsOf(environment: EnvironmentDefinition, config: BaseEnvironment, today: Date): string[] {
  const { services, databases, stage, exceptions } = config;
  const versions = new Set(databases.map(({ cluster }) => cluster.engineVersion));
  return [
    ...concurrencyAssumed(environment, services),
    ...runtimesEnding(services, today),
    ...trafficNotes(config, environment.toolkit.stages.enabled(stage, exceptions)),
    ...[...versions].flatMap((version) => engineVersionNote(version) ?? []),
    ...federationAssumed(config),
  ];
}

/** The quota that is not stated, where something depends on it. */
function concurrencyAssumed({ stated: input }: EnvironmentDefinition, services: readonly Reserving[]): string[] {
  const reserved = services.reduce((sum, service) => sum + (service.function.reservedConcurrency ?? 0), 0);
  if (input.quotas?.lambdaConcurrentExecutions !== undefined || reserved === 0) return [];
  const { byDefault, newAccount, unreservable } = lambdaConcurrency;
  return [
    `${byDefault} concurrent executions of Lambda per region are assumed of account ${input.account}, as quotas.lambdaConcurrentExecutions is not stated. ` +
      `${reserved} are reserved and ${unreservable} must stay unreserved, so it needs at least ${reserved + unreservable}; a new account may have ${newAccount}, and AWS would refuse.`,
  ];
}

/** That the account makes identity tokens, where functions log in by them. */
function federationAssumed({ account, keyManagement }: BaseEnvironment): string[] {
  if (keyManagement.provider !== "vault" || !keyManagement.identityTokens) return [];
  const { server, identityTokens } = keyManagement;
  return [
    `Outbound identity federation is assumed to be on in account ${account}, with the issuer ${identityTokens.issuer}: functions log in to ${server === "openbao" ? "OpenBao" : "Vault"} by its tokens. ` +
      "The AWS provider 5.100 has no resource for it; check it with aws iam get-outbound-web-identity-federation-info.",
  ];
}

function runtimesEnding(services: readonly Reserving[], today: Date): string[] {
  const runtimes = new Set(services.flatMap((service) => runtimeOf(service.function)?.runtime ?? []));
  return [...runtimes].flatMap((runtime) => {
    const family = runtimeFamily(runtime);
    return runtimeNote(runtime, today, family && lambdaRuntimes[family]) ?? [];
  });
}
