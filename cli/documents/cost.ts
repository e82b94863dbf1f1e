import { z } from "zod";
import { type Column, paragraphs, renderTable, type Screen } from "../../output";
import { type DataOf, DocumentType } from "../document";
import { environment, stage } from "./parts";

/** What the table of the text is by. */
export const tables = ["capability", "stage", "region", "service"] as const;

const usd = z.number().describe("US dollars a month.");
const failoverUsd = z
  .number()
  .nullable()
  .describe("US dollars a month with the traffic in the region that takes over; null where none could.");

const sum = z.strictObject({ name: z.string().describe("What it is of."), usd, failoverUsd });

const line = z.strictObject({
  resource: z.string().describe("Stack and Terraform address."),
  region: z.string().nullable().describe("Region; null for what is in none."),
  service: z.string().describe("Service of AWS, as bills name it."),
  capability: z.string().nullable().describe("The capability that made the resource; null for the base."),
  price: z.string().nullable().describe("Line of the table of prices; null for a price of a team's own."),
  unit: z.string().describe("What one unit is."),
  units: z.number().describe("Units of a month."),
  calculation: z.string().describe("How the number of units is made."),
  unitUsd: z.number().describe("US dollars of one unit."),
  usd,
});

const fields = {
  environment,
  stage,
  servingRegion: z.string().describe("Region that the traffic goes to."),
  failoverRegion: z
    .string()
    .nullable()
    .describe("Region that takes over in the second estimate; null where none could."),
  usd,
  failoverUsd,
  failoverHourUsd: z
    .number()
    .nullable()
    .describe("US dollars that each hour of a failover costs more; null where no region could take over."),
  freeTierUsd: z
    .number()
    .describe(
      "US dollars of the free tiers within `usd`: what AWS does not charge if nothing else in the account uses them.",
    ),
  by: z.enum(tables).describe("What the table of the text is by; the document always has all."),
  capabilities: z
    .array(sum)
    .describe("By the capability that made the resources, the dearest first; `base` for all others."),
  regions: z.array(sum).describe("By region, the dearest first; `global` for what is in none."),
  services: z.array(sum).describe("By service of AWS, the dearest first."),
  stages: z
    .array(
      z.strictObject({
        stage,
        usd: z
          .number()
          .nullable()
          .describe("US dollars a month; null where the environment has mistakes at that stage."),
        addsUsd: z.number().nullable().describe("What it adds to the stage before it; null for the first one."),
      }),
    )
    .describe("The environment at each stage."),
  provisioned: z
    .array(
      z.strictObject({
        service: z.string().describe("Name of the service."),
        region: z.string().describe("Region that serves."),
        provisionedUsd: z.number().describe("US dollars a month for its environments, with provisioned concurrency."),
        onDemandUsd: z.number().describe("US dollars a month if the same requests ran on demand."),
        utilization: z.number().describe("Share of the time that the environments are in use, between 0 and 1."),
        breakEven: z.number().describe("The share from which provisioned environments cost less; above 1, never."),
      }),
    )
    .describe("Whether provisioned concurrency saves money, for each service with both it and stated traffic."),
  lines: z.array(line).describe("Everything that is counted."),
  failoverLines: z.array(line).describe("The same with the traffic in the region that takes over."),
  prices: z
    .strictObject({
      oldest: z.string().describe("Day of the oldest price, YYYY-MM-DD."),
      newest: z.string().describe("Day of the newest price, YYYY-MM-DD."),
      assumedFrom: z.string().describe("The region whose prices stand in where a region has none of its own."),
      assumed: z.array(z.string()).describe("Prices that stand in, as `<line> in <region>`."),
      unverified: z.array(z.string()).describe("Lines whose prices were not read from AWS's price list."),
      negotiated: z.array(z.string()).describe("Lines whose prices the environment's file states."),
    })
    .describe("The prices."),
  unpriced: z
    .array(
      z.strictObject({
        type: z.string().describe("Type of the resources, in Terraform."),
        resources: z.int().describe("How many there are."),
      }),
    )
    .describe("Resources without a price, which the sums lack."),
  withoutTraffic: z.array(z.string()).describe("Services whose traffic is not stated: only what stands is counted."),
  showAssumptions: z.boolean().describe("Whether the text lists the assumptions."),
  assumptions: z.array(z.string()).describe("What is taken to be true; a sentence each."),
  leftOut: z.array(z.string()).describe("What is not counted."),
};

type Data = DataOf<typeof fields>;

/** `1,234.50` */
const dollars = (amount: number): string =>
  amount.toLocaleString("en-US", { minimumFractionDigits: 2, maximumFractionDigits: 2 });

const orNothing = (amount: number | null): string => (amount === null ? "-" : dollars(amount));

const percent = (share: number): string => `${Math.round(share * 100)} %`;

function tableOf(data: Data, screen: Screen): string {
  if (data.by === "stage") {
    const columns: readonly Column[] = [
      { title: "stage", kind: "name", importance: "essential" },
      { title: "USD a month", kind: "number", importance: "essential" },
      { title: "adds", kind: "number", importance: "essential" },
    ];
    const rows = data.stages.map(({ stage: name, usd: sumOf, addsUsd }) => [
      name,
      orNothing(sumOf),
      orNothing(addsUsd),
    ]);
    return renderTable({ columns, rows }, screen);
  }
  const sums = { capability: data.capabilities, region: data.regions, service: data.services }[data.by];
  const fails = data.failoverRegion !== null;
  const columns: readonly Column[] = [
    { title: data.by, kind: data.by === "service" ? "text" : "name", importance: "essential" },
    { title: "USD a month", kind: "number", importance: "essential" },
    ...(fails ? [{ title: "in a failover", kind: "number", importance: "essential" } as const] : []),
    { title: "share", kind: "number", importance: "useful" },
  ];
  const row = (name: string, quiet: number, failover: number | null) => [
    name,
    dollars(quiet),
    ...(fails ? [orNothing(failover)] : []),
    data.usd === 0 ? "-" : percent(quiet / data.usd),
  ];
  return renderTable(
    {
      columns,
      rows: sums.map((one) => row(one.name, one.usd, one.failoverUsd)),
      total: row("in all", data.usd, data.failoverUsd),
    },
    screen,
  );
}

function verdict({
  service,
  provisionedUsd,
  onDemandUsd,
  utilization,
  breakEven,
}: Data["provisioned"][number]): string {
  const more = provisionedUsd - onDemandUsd;
  const what =
    more > 0
      ? `costs ${dollars(more)} USD a month more than environments on demand`
      : `saves ${dollars(-more)} USD a month`;
  const from = breakEven > 1 ? "here they never cost less" : `they cost less from ${percent(breakEven)} on`;
  return `Provisioned concurrency of ${service} ${what}: its environments are in use ${percent(utilization)} of the time, and ${from}.`;
}

function headOf(data: Data): string {
  const { environment: name, failoverRegion, failoverUsd: moved, failoverHourUsd: hour } = data;
  const first = `${name} at ${data.stage}: ${dollars(data.usd)} USD a month, with the traffic in ${data.servingRegion}.`;
  if (failoverRegion === null || moved === null || hour === null) {
    return `${first} No other region could take over at this stage.`;
  }
  const difference = `${dollars(Math.abs(hour))} USD ${hour < 0 ? "less" : "more"} for each hour of a failover`;
  return `${first} With it in ${failoverRegion}: ${dollars(moved)} USD, ${difference}.`;
}

function stagesOf({ stages: all }: Data): string {
  const parts = all.map(({ stage: name, usd: sumOf, addsUsd }) =>
    sumOf === null
      ? `${name} cannot be estimated`
      : addsUsd === null
        ? `${name} ${dollars(sumOf)}`
        : `${name} ${addsUsd < 0 ? "saves" : "adds"} ${dollars(Math.abs(addsUsd))}`,
  );
  return `Stages, in USD a month: ${parts.join(", ")}.`;
}

function pricesOf({ prices }: Data): string {
  const { oldest, newest, assumed, assumedFrom, unverified, negotiated } = prices;
  return [
    `Prices of AWS's price list of ${oldest === newest ? oldest : `${oldest} to ${newest}`}.`,
    ...(negotiated.length > 0 ? [`Negotiated: ${negotiated.join(", ")}.`] : []),
    ...(unverified.length > 0 ? [`Not read from the list: ${unverified.join(", ")}.`] : []),
    ...(assumed.length > 0 ? [`Those of ${assumedFrom} stand in for ${assumed.join(", ")}.`] : []),
  ].join(" ");
}

function text(data: Data, screen: Screen): string {
  const { unpriced, withoutTraffic, leftOut, showAssumptions } = data;
  const after = [
    ...(data.by === "stage" ? [] : [stagesOf(data)]),
    ...data.provisioned.map(verdict),
    ...(withoutTraffic.length > 0
      ? [`No traffic is stated for ${withoutTraffic.join(", ")}: only what stands is counted.`]
      : []),
    ...(unpriced.length > 0
      ? [`Without a price: ${unpriced.map(({ type, resources }) => `${type} (${resources})`).join(", ")}.`]
      : []),
    ...(data.freeTierUsd > 0
      ? [`The free tiers take ${dollars(data.freeTierUsd)} USD off, if nothing else in the account uses them.`]
      : []),
    pricesOf(data),
    `Not counted: ${leftOut.join("; ")}.`,
    ...(showAssumptions ? [["Assumed:", ...data.assumptions.map((one) => `- ${one}`)].join("\n")] : []),
  ];
  return [paragraphs(headOf(data), screen), tableOf(data, screen), ...after.map((one) => paragraphs(one, screen))].join(
    "\n\n",
  );
}

/** What `cost` prints: what an environment costs in a month, by capability, stage, region and service. */
export const costDocument = new DocumentType({ verb: "cost", version: 1, fields, text });

/** What the table can be by, for the option. */
export const isTable = (text: string): text is (typeof tables)[number] => (tables as readonly string[]).includes(text);
