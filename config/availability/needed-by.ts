import type { BaseEnvironment } from "../../contract";
import { partitionOf } from "../../modules/core";

/** The parts of a list in words: `the bus orders`. */
export const named =
  (kind: string) =>
  (parts: readonly { readonly name: string }[]): string[] =>
    parts.map(({ name }) => `the ${kind} ${name}`);

/** The databases. */
export const databases = ({ databases: all }: BaseEnvironment) => named("database")(all);
/** The buses. */
export const buses = ({ eventBuses }: BaseEnvironment) => named("bus")(eventBuses);
/** The services that fit. */
export const services =
  (fits: (service: BaseEnvironment["services"][number]) => unknown = () => true) =>
  (environment: BaseEnvironment) =>
    named("service")(environment.services.filter(fits));
/** For what is in every environment. */
export const always = () => ["every environment"];

/** Outside of this partition a rule about edges refuses them. */
export const edges = (environment: BaseEnvironment) =>
  partitionOf(environment.regions.home) === "aws" ? services(({ edge }) => edge)(environment) : [];
/** The services in containers. */
export const containers = ({ containers: all }: BaseEnvironment) => named("container")(all);
/** The containers in networks that the toolkit makes. */
export const containersInOwnNetwork = (environment: BaseEnvironment) =>
  environment.containerNetwork?.cidrBlock === undefined ? [] : containers(environment);
/** The services whose API has a domain name, and those in containers, which always have one. */
export const withDomain = (environment: BaseEnvironment) => [
  ...services(({ api }) => api?.domainName)(environment),
  ...containers(environment),
];
