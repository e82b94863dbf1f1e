import { Construct } from "constructs";
import {
  type AlarmTarget,
  parseConfig,
  type RegionalKey,
  type RoleSettings,
  setRoleSettings,
} from "../../modules/core";
import {
  type DistributionOrigins,
  EdgeDistribution,
  type EdgeDistributionConfig,
  originRoutingConstants,
} from "../../modules/edge-distribution";
import { EdgeFunction, edgeHome } from "../../modules/edge-function";
import type { OriginSecret } from "../../modules/replicated-secret";
import { toolkitHandler } from "../../modules/service-function";
import { type EdgeSiteConfig, type EdgeSiteInput, edgeSiteConfig, type RouteGuard, routesWith } from "./config";

export interface EdgeSiteProps {
  /** What it is configured with; fields with defaults may be left out. */
  readonly config: EdgeSiteInput;
  /** `<environment>-<service>`. */
  readonly name: string;
  /** AWS account id, 12 digits. */
  readonly account: string;
  /** The service's regions; a standby can be added later, in place. */
  readonly origins: DistributionOrigins;
  /** Regions that run the service, home first: access logs are in home, and the edge router has a log group in each. */
  readonly regions: readonly string[];
  /** Encrypts the logs of the edge router; in each of the regions and in us-east-1. */
  readonly key: RegionalKey;
  /** Whether the edge router runs yet, if the config has one. */
  readonly router: boolean;
  /** The API behind it, where it asks for signatures or proofs; without this nothing is signed or proven. */
  readonly signing?: OriginSigning;
  /** Where alarms send notifications; without it there are no alarms. */
  readonly alarms?: AlarmTarget;
  /** Called before the distribution is created, to add what is in front of it; see `protect`. */
  readonly beforeDistribution?: (site: EdgeSite) => void;
  /** Path and permissions boundary of the roles; those of `setRoleSettings` if left out. */
  readonly roles?: RoleSettings;
}

/** An API with routes that may only be called through the distribution, whose requests a function at the edge signs or proves. */
export interface OriginSigning {
  /** Every route of the API by route key, and what it asks for. */
  readonly routes: ReadonlyMap<string, RouteGuard>;
  /** The key that requests are proven with; needed where a route asks for a proof. */
  readonly secret?: OriginSecret;
  /** Whether functions refuse what is not proven; until then a request goes on where the key cannot be read. */
  readonly required: boolean;
  /** `arn:aws:execute-api:<region>:<account>:<api id>` of the API in each region. */
  readonly executionArns: readonly string[];
}

/** One service at the edge: the distribution, and the function that chooses its origin. */
export class EdgeSite extends Construct {
  readonly distribution: EdgeDistribution;
  readonly router?: EdgeFunction;
  private webAclArn?: string;

  constructor(scope: Construct, id: string, props: EdgeSiteProps) {
    super(scope, id);
    setRoleSettings(this, props.roles ?? {});
    const { name, account, origins, regions, alarms } = props;
    const config = parseConfig(edgeSiteConfig, props.config, this.node.path);
    props.beforeDistribution?.(this);
    const routing = props.router ? config.router : undefined;
    this.router = routing || props.signing ? this.addRouter(config, routing, props) : undefined;
    this.distribution = new EdgeDistribution(this, "distribution", {
      config: this.router ? associated(config.distribution, routing !== undefined, props.signing) : config.distribution,
      name,
      account,
      origins,
      logRegion: regions[0] ?? edgeHome,
      functions: this.router && { router: this.router },
      webAclArn: this.webAclArn,
      domain: config.hostedZoneId ? { zoneId: config.hostedZoneId, validationRecords: "create" } : undefined,
      alarms,
    });
  }

  /** Puts a web ACL with scope CLOUDFRONT in front; may be called before the distribution is created. */
  protect(webAclArn: string): void {
    this.webAclArn = webAclArn;
    this.distribution?.protect(webAclArn);
  }

  /** The function that routes, signs, or does both; its address is the same. */
  private addRouter(
    config: EdgeSiteConfig,
    routing: EdgeSiteConfig["router"],
    { name, account, regions, key, alarms, signing }: EdgeSiteProps,
  ): EdgeFunction {
    const logRegions = [...new Set([edgeHome, ...regions])];
    const { entry, projectRoot } = toolkitHandler(signing ? "edge-signer" : "edge-router");
    const { logRetentionDays: _, ...rules } = routing ?? {};
    const router = new EdgeFunction(this, "router", {
      config: {
        entry,
        eventTypes: ["origin-request"],
        // The first request of an environment may have to ask two regions for the key.
        ...(signing?.secret && { memoryMb: 256, timeoutSeconds: 10 }),
        constants: { ...originRoutingConstants(rules), ...(signing && guardConstants(signing)) },
        logRetentionDays: config.router?.logRetentionDays,
      },
      projectRoot,
      name: `${name}-edge-router`,
      account,
      logRegions,
      key,
      keyRegions: logRegions,
      alarms,
      alarmRegions: logRegions,
    });
    signing?.secret?.grantReadAnywhere(router);
    // Only routes that ask for signatures look at this.
    if (signing && asksForSignatures(signing)) {
      router.addToRolePolicy({
        sid: "CallTheApi",
        actions: ["execute-api:Invoke"],
        resources: signing.executionArns.map((arn) => `${arn}/*`),
      });
    }
    return router;
  }
}

const asksForSignatures = ({ routes }: OriginSigning): boolean => routesWith("signature", routes).length > 0;

/** What the function at the edge knows of the routes. The secret is named: its value is only read when it runs. */
function guardConstants({ routes, secret, required }: OriginSigning) {
  const openRoutes = routesWith("none", routes);
  return {
    SIGNED_ROUTES: Object.fromEntries([...routes].map(([key, guard]) => [key, guard === "signature"])),
    ORIGIN_PROOF: secret ? { name: secret.secretName, regions: [...secret.regions], openRoutes, required } : null,
  };
}

type Behavior = EdgeDistributionConfig["defaultBehavior"];

/**
 * Adds the function to every behavior. To route it gets the viewer's country where the config does not set the headers, and
 * to sign the body, up to a megabyte, where there may be one.
 */
function associated(
  config: EdgeDistributionConfig,
  routes: boolean,
  signing: OriginSigning | undefined,
): EdgeDistributionConfig {
  const ask = <T extends Behavior>(behavior: T): T => ({
    ...behavior,
    ...(routes && {
      viewerHeaders: behavior.viewerHeaders ?? (behavior.caching ? "viewerCountry" : "allAndViewerCountry"),
    }),
    functions: {
      "origin-request": {
        function: "router",
        includeBody: signing !== undefined && asksForSignatures(signing) && behavior.methods === "all",
      },
    },
  });
  return { ...config, defaultBehavior: ask(config.defaultBehavior), behaviors: config.behaviors.map(ask) };
}
