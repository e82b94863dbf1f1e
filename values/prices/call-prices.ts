import { priceIn } from "./table";

/** What requests cost in a region, in US dollars each, without free tiers. */
export interface CallPrices {
  /** A request of an HTTP API. */
  readonly httpApiRequest: number;
  /** A read unit of a table on demand. */
  readonly tableRead: number;
  /** A write unit of a table on demand; a replicated one costs as much in each region. */
  readonly tableWrite: number;
}

/** The size of a task on Fargate. */
export interface TaskSize {
  /** CPU units, 1024 to a vCPU. */
  readonly cpu: number;
  readonly memoryMebibytes: number;
  readonly cpuArchitecture: "ARM64" | "X86_64";
}

/** What a task on Fargate costs for an hour, in US dollars. */
export function taskHourIn(region: string, { cpu, memoryMebibytes, cpuArchitecture }: TaskSize): number {
  const architecture = cpuArchitecture === "ARM64" ? "arm64" : "x86_64";
  const vcpu = priceIn(`fargate.${architecture}.vcpu`, region).usd;
  const memory = priceIn(`fargate.${architecture}.memory`, region).usd;
  return (cpu / 1024) * vcpu + (memoryMebibytes / 1024) * memory;
}

/** What requests cost in a region; where the table has no price of its own, that of `assumedPriceRegion`. */
export const callPricesIn = (region: string): CallPrices => ({
  httpApiRequest: priceIn("api-gateway.http", region).usd,
  tableRead: priceIn("dynamodb.reads", region).usd,
  tableWrite: priceIn("dynamodb.writes", region).usd,
});
