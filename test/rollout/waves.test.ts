import { reviewWave } from "../../gates";
import { inWaves, isSameOrder, touchedWaves, type WavesOptions, wavesOf } from "../../rollout";
import type { Plan, SynthesizedStack } from "../../terraform";
import { change, configuration, plan, update } from "../gates/plans";

interface Given {
  readonly reads?: readonly string[];
  /** Stacks that come before it without being read. */
  readonly after?: readonly string[];
  readonly regions?: readonly string[];
  readonly serves?: boolean;
  readonly creates?: readonly string[];
  /** Where something leaves, the manifest has what is read apart. */
  readonly leaving?: boolean;
}

const [home, standby, third] = ["eu-west-1", "eu-central-1", "eu-north-1"] as const;

/** A stack as cdktf writes it, with a plan that changes something in each of its regions. */
function given(name: string, { reads = [], after = [], leaving, ...more }: Given) {
  const { regions = [home], serves = false, creates = [] } = more;
  const type = serves ? "aws_lambda_function" : "aws_dynamodb_table";
  const addresses = Object.fromEntries(regions.map((region) => [`${type}.in-${region}`, region]));
  const stack: SynthesizedStack = {
    name,
    folder: `/out/stacks/${name}`,
    dependencies: [...reads, ...after],
    ...(leaving ? { reads } : {}),
    terraform: {
      terraform: { backend: { local: { path: `/states/${name}` } } },
      provider: { aws: regions.map((region) => ({ alias: region, region })) },
      resource: {
        [type]: Object.fromEntries(regions.map((region) => [`in-${region}`, { provider: `aws.${region}` }])),
      },
      data: {
        terraform_remote_state: Object.fromEntries(
          reads.map((read) => [read, { backend: "local", config: { path: `/states/${read}` } }]),
        ),
      },
    },
  };
  const changes = [
    ...Object.keys(addresses).map((address) => update(address, { a: 1 }, { a: 2 })),
    ...creates.map((address) => change(address, ["create"])),
  ];
  const created = Object.fromEntries(creates.map((address) => [address, regions[0] ?? home]));
  return { stack, plan: plan(changes, configuration({ ...addresses, ...created })) };
}

const services = (region: string, more: Given = {}) =>
  given(`shop-services-${region}`, { reads: ["shop-keys"], regions: [region], serves: true, ...more });

const order = (all: readonly { stack: SynthesizedStack; plan: Plan }[], more: Partial<WavesOptions> = {}) =>
  wavesOf({
    stacks: all.map(({ stack }) => stack),
    plans: new Map(all.map(({ stack, plan: made }) => [stack.name, made])),
    home,
    serving: home,
    ...more,
  });

const keys = given("shop-keys", { regions: [home, standby] });
const routing = given("shop-routing", {
  reads: [`shop-services-${home}`, `shop-services-${standby}`],
  regions: [home, standby],
});
const all = [keys, services(home), services(standby), services(third), routing];

describe("Waves", () => {
  test("have the services of one region each, the home region's last, and every other stack alone", () => {
    expect(order(all)).toEqual({
      waves: [
        { region: null, stacks: ["shop-keys"] },
        { region: standby, stacks: [`shop-services-${standby}`] },
        { region: third, stacks: [`shop-services-${third}`] },
        { region: home, stacks: [`shop-services-${home}`] },
        { region: null, stacks: ["shop-routing"] },
      ],
      homeFirst: null,
    });
  });

  test("end with the region that serves, wherever the primary is", () => {
    const { waves } = order(all, { serving: standby });
    expect(waves.flatMap(({ region }) => region ?? [])).toEqual([home, third, standby]);
  });

  const waiting = (creates: readonly string[]) => [
    keys,
    services(home, { creates }),
    services(standby, { after: [`shop-services-${home}`] }),
    routing,
  ];

  test("begin with the home region where it makes what certificates of standby regions wait for, and say so", () => {
    const { waves, homeFirst } = order(waiting(["aws_route53_record.validation", "aws_acm_certificate.api"]));
    expect(waves.flatMap(({ region }) => region ?? [])).toEqual([home, standby]);
    expect(homeFirst).toBe(
      `${home} goes before standby regions: it makes aws_route53_record.validation and 1 more, which their certificates wait for.`,
    );
  });

  test("do not wait for records that are there", () => {
    const { waves, homeFirst } = order(waiting([]));
    expect(waves.flatMap(({ region }) => region ?? [])).toEqual([standby, home]);
    expect(homeFirst).toBeNull();
  });

  test("keep a region behind another one that it reads", () => {
    const reading = services(standby, { reads: [`shop-services-${home}`] });
    expect(order([keys, services(home), reading]).waves.map(({ region }) => region)).toEqual([null, home, standby]);
  });

  test("keep the order of a removal, in which what reads lets go first", () => {
    const left = [
      given("shop-routing", { leaving: true, regions: [home, standby] }),
      services(standby, { leaving: true, reads: [], after: ["shop-routing"] }),
      services(home, { leaving: true, reads: [], after: ["shop-routing", `shop-services-${standby}`] }),
      given("shop-keys", {
        leaving: true,
        after: [`shop-services-${home}`, `shop-services-${standby}`],
        regions: [home, standby],
      }),
    ];
    // Here the region that serves has let go first.
    const { waves } = order(left, { serving: standby });
    expect(waves.map(({ stacks }) => stacks[0])).toEqual([
      "shop-routing",
      `shop-services-${standby}`,
      `shop-services-${home}`,
      "shop-keys",
    ]);
  });

  test("take what is destroyed for services of its region, by the plan alone", () => {
    const gone = services(third);
    const empty = { ...gone.stack, terraform: { ...gone.stack.terraform, resource: {} } };
    const { waves } = order([keys, services(home), { ...gone, stack: empty }]);
    expect(waves.map(({ region }) => region)).toEqual([null, third, home]);
  });

  test("have a team's stack by what it is: with the services of its one region, or alone", () => {
    const own = given("shop-reports", { regions: [standby], serves: true, reads: [`shop-services-${standby}`] });
    const overseer = given("shop-operations", {
      serves: true,
      after: [`shop-services-${home}`, `shop-services-${standby}`],
    });
    const wide = given("shop-audit", { regions: [home, standby], serves: true });
    const { waves } = order([keys, services(home), services(standby), own, overseer, wide]);
    expect(waves).toEqual([
      { region: null, stacks: ["shop-keys"] },
      { region: standby, stacks: [`shop-services-${standby}`, "shop-reports"] },
      { region: home, stacks: [`shop-services-${home}`] },
      { region: null, stacks: ["shop-operations"] },
      { region: null, stacks: ["shop-audit"] },
    ]);
  });

  test("are the order of deployment in a single region, and without plans go by the configuration", () => {
    const single = [given("shop-keys", {}), services(home)];
    expect(order(single, { plans: new Map() }).waves).toEqual([
      { region: null, stacks: ["shop-keys"] },
      { region: home, stacks: [`shop-services-${home}`] },
    ]);
    expect(isSameOrder(order(single).waves, order(single, { plans: new Map() }).waves)).toBe(true);
    expect(isSameOrder(order(single).waves, [...order(single).waves].reverse())).toBe(false);
  });

  test("say which regions they touch, pass the gate about waves, and sort stacks", () => {
    const { waves } = order(all);
    const planned = all.map(({ stack, plan: made }) => ({ stack: stack.name, plan: made, hasChanges: true }));
    expect(touchedWaves(waves, planned).map(({ regions }) => regions)).toEqual([
      [standby, home],
      [standby],
      [third],
      [home],
      [standby, home],
    ]);
    for (const { stacks } of waves)
      expect(reviewWave(planned.filter(({ stack }) => stacks.includes(stack)))).toEqual([]);
    expect(reviewWave(planned)).toContainEqual(expect.objectContaining({ rule: "one-region-per-wave" }));
    expect(inWaves(waves, planned).map(({ stack }) => stack)).toEqual(waves.flatMap(({ stacks }) => stacks));
  });
});
