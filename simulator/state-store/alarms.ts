import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import type { Inventory } from "../inventory/inventory";
import type { Thing } from "../inventory/thing";
import type { AwsRequest, AwsResponse } from "./http";

const states = ["OK", "ALARM", "INSUFFICIENT_DATA"] as const;

interface State {
  readonly value: string;
  readonly reason: string;
  /** Seconds since 1970. */
  readonly at: number;
}

const types: Readonly<Record<string, string>> = {
  MetricAlarm: "aws_cloudwatch_metric_alarm",
  CompositeAlarm: "aws_cloudwatch_composite_alarm",
};

/** Most names, and most alarms of one answer. */
const most = 100;
const usual = 50;

interface Asked {
  readonly AlarmName?: string;
  readonly AlarmNames?: readonly string[];
  readonly AlarmNamePrefix?: string;
  readonly AlarmTypes?: readonly string[];
  readonly StateValue?: string;
  readonly StateReason?: string;
  readonly MaxRecords?: number;
  readonly NextToken?: string;
}

/**
 * The alarms of the simulated cloud. There are no metrics, so an alarm has no data until its state is set, and nothing evaluates it
 * anew; the rule of a composite alarm is not evaluated either.
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DescribeAlarms.html
 */
export class Alarms {
  /** @param file where their states are kept */
  constructor(
    private readonly inventory: Inventory,
    private readonly file: string,
  ) {}

  /** @returns undefined for a call that is not answered */
  answer(request: AwsRequest): AwsResponse | undefined {
    if (request.service !== "monitoring") return undefined;
    const asked = parsed(request.body);
    if (!asked) return undefined;
    if (request.action === "DescribeAlarms") return this.describe(asked, request.region);
    return request.action === "SetAlarmState" ? this.set(asked, request.region) : undefined;
  }

  private describe(asked: Asked, region: string): AwsResponse {
    const { AlarmNames: names, AlarmNamePrefix: prefix, AlarmTypes = ["MetricAlarm"], MaxRecords = usual } = asked;
    if (names && prefix !== undefined)
      return refused("InvalidParameterCombination", "AlarmNames and AlarmNamePrefix cannot be used together");
    if ((names?.length ?? 0) > most) return refused("ValidationError", `AlarmNames may have at most ${most} names`);
    const known = this.states();
    const found = AlarmTypes.flatMap((type) => this.alarms(type, region).map((thing) => ({ type, thing })))
      .map(({ type, thing }) => {
        const name = String(thing.state.alarm_name);
        const { value, reason, at } = known[keyOf(region, name)] ?? noData;
        return {
          type,
          alarm: {
            AlarmName: name,
            AlarmArn: thing.state.arn,
            StateValue: value,
            StateReason: reason,
            StateUpdatedTimestamp: at,
          },
        };
      })
      .filter(({ alarm: { AlarmName, StateValue } }) => {
        const isNamed = names ? names.includes(AlarmName) : AlarmName.startsWith(prefix ?? "");
        return isNamed && (asked.StateValue === undefined || StateValue === asked.StateValue);
      });
    const from = Number(asked.NextToken ?? 0);
    const page = found.slice(from, from + MaxRecords);
    const of = (type: string) => page.filter((one) => one.type === type).map(({ alarm }) => alarm);
    return json({
      MetricAlarms: of("MetricAlarm"),
      CompositeAlarms: of("CompositeAlarm"),
      ...(from + MaxRecords < found.length ? { NextToken: String(from + MaxRecords) } : {}),
    });
  }

  private set({ AlarmName = "", StateValue = "", StateReason }: Asked, region: string): AwsResponse {
    const isThere = Object.keys(types).some((type) =>
      this.alarms(type, region).some(({ state }) => state.alarm_name === AlarmName),
    );
    if (!isThere) return refused("ResourceNotFound", `Unknown alarm: ${AlarmName}`, 404);
    if (!states.some((one) => one === StateValue) || StateReason === undefined)
      return refused(
        "ValidationError",
        "SetAlarmState needs a StateValue of OK, ALARM or INSUFFICIENT_DATA, and a StateReason",
      );
    const state: State = { value: StateValue, reason: StateReason, at: Math.floor(Date.now() / 1000) };
    mkdirSync(dirname(this.file), { recursive: true });
    writeFileSync(this.file, JSON.stringify({ ...this.states(), [keyOf(region, AlarmName)]: state }));
    return json({});
  }

  private alarms(type: string, region: string): Thing[] {
    const wanted = types[type];
    return this.inventory.all().filter((thing) => thing.type === wanted && thing.place.region === region);
  }

  private states(): Readonly<Record<string, State>> {
    return existsSync(this.file) ? (JSON.parse(readFileSync(this.file, "utf8")) as Record<string, State>) : {};
  }
}

const noData: State = { value: "INSUFFICIENT_DATA", reason: "Unchecked: Initial alarm creation", at: 0 };

const keyOf = (region: string, name: string): string => `${region} ${name}`;

function parsed(body: Buffer): Asked | undefined {
  try {
    return JSON.parse(body.toString("utf8") || "{}") as Asked;
  } catch {
    return undefined;
  }
}

const json = (value: unknown): AwsResponse => ({
  status: 200,
  headers: { "content-type": "application/x-amz-json-1.0" },
  body: JSON.stringify(value),
});

const refused = (code: string, message: string, status = 400): AwsResponse => ({
  status,
  headers: { "content-type": "application/x-amz-json-1.0", "x-amzn-errortype": code },
  body: JSON.stringify({ __type: code, message }),
});
