import { CloudwatchQueryDefinition } from "@cdktf/provider-aws/lib/cloudwatch-query-definition";
import { Token } from "cdktf";
import { Construct } from "constructs";
import { ConstructError, deploymentStackOf, parseConfig, resourceName } from "../core";
import { type SavedQueriesInput, savedQueriesConfig } from "./config";
import { containerQueries, standardQueries } from "./queries";

export interface SavedQueriesProps {
  /** What it is configured with; fields with defaults may be left out. */
  readonly config?: SavedQueriesInput;
  /** Name of the environment. */
  readonly environment: string;
  /** Name of the service in the environment. */
  readonly service: string;
  /** The region that it is in. */
  readonly region: string;
  /** All log groups of the service in this region: those of its function and its API, or of its tasks. */
  readonly logGroupNames: readonly string[];
  /** What its code runs in, and so which queries are of use; a function if left out. */
  readonly runsIn?: "function" | "container";
}

/**
 * Logs Insights queries over all logs of a service in one region, in the folder `<environment>/<service>`.
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL_Insights-Saving-Queries.html
 */
export class SavedQueries extends Construct {
  /** The names of the queries in the console, `<environment>/<service>/<query>`. */
  readonly queryNames: readonly string[];

  constructor(scope: Construct, id: string, props: SavedQueriesProps) {
    super(scope, id);
    const config = parseConfig(savedQueriesConfig, props.config ?? {}, this.node.path);
    this.checkLogGroups(props.logGroupNames);
    const provider = deploymentStackOf(this).providers.in(props.region);
    const folder = `${props.environment}/${props.service}`;
    const standard = props.runsIn === "container" ? containerQueries : standardQueries;
    this.queryNames = Object.entries({ ...standard, ...config.queries }).map(([name, queryString]) => {
      const fullName = resourceName(this, [`${folder}/${name}`], 255);
      new CloudwatchQueryDefinition(this, name, {
        provider,
        name: fullName,
        queryString,
        logGroupNames: [...props.logGroupNames],
      });
      return fullName;
    });
  }

  /** A query allows up to 50 log groups. @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_StartQuery.html */
  private checkLogGroups(names: readonly string[]): void {
    if (names.length === 0 || names.length > 50) {
      throw new ConstructError(
        this,
        `has ${names.length} log groups, but a query takes 1 to 50`,
        "pass the log groups of one service",
      );
    }
    const malformed = names.find((name) => !Token.isUnresolved(name) && !/^[\w./#-]{1,512}$/.test(name));
    if (malformed !== undefined) {
      throw new ConstructError(this, `"${malformed}" is not a log group name`, "pass the name, not the ARN");
    }
  }
}
