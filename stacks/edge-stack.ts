import { TerraformOutput } from "cdktf";
import type { Construct } from "constructs";
import { EdgeSite, type EdgeSiteConfig, type OriginSigning, routeGuards } from "../blueprints/edge-site";
import { ConstructError, dnsSuffixOf } from "../modules/core";
import type { RegionalOrigin } from "../modules/edge-distribution";
import { edgeHome } from "../modules/edge-function";
import { CapableStack } from "./capable-stack";
import type { KeysStack } from "./keys-stack";
import type { ServicesStack } from "./services-stack";

/**
 * What viewers call: the distributions in front of services, with their firewalls and edge routers.
 *
 * Origins are the APIs' default endpoints. They exist from the first stage and never change, so that promotion only adds
 * the standby. They need no zone and no certificate, and each answers to its own name. An API with a custom domain has
 * them disabled, and the regional names of `FailoverDns` only come with the standby. That is why a service has either
 * `api.domainName` or `edge`. Anyone who knows an endpoint can bypass the firewall. So the function at the edge signs
 * requests to routes that ask for it (`AWS_IAM`, the default), and proves all others to the functions behind the API, which refuse
 * what comes past the distribution.
 */
export class EdgeStack extends CapableStack {
  constructor(scope: Construct, keys: KeysStack, regional: readonly ServicesStack[]) {
    const {
      environment,
      account,
      edgeSites,
      serviceRegions,
      activeRegion,
      edgeFunctions,
      config: whole,
    } = keys.deployment;
    super(scope, "edge", keys, [...serviceRegions, edgeHome]);
    for (const [name, config] of edgeSites) {
      const [homeStack, ...others] = regional;
      if (!homeStack) continue;
      // A distribution has two regions: home, and the one that serves first or takes over.
      const active = others.find(({ region }) => region === activeRegion);
      const standbyStack = active ?? others[0];
      const site = new EdgeSite(this, name, {
        config,
        name: `${environment}-${name}`,
        account,
        origins: {
          home: this.origin(homeStack, name),
          standby: standbyStack && this.origin(standbyStack, name),
          first: active ? "standby" : "home",
        },
        regions: serviceRegions,
        key: keys.operations,
        router: edgeFunctions,
        signing: this.signing(name, config, keys, regional),
        alarms: this.alarmTarget,
        beforeDistribution: (built) => {
          const edge = whole.services.find((service) => service.name === name)?.edge;
          if (edge) this.offer("edge", built, { config: edge, name: `${environment}-${name}` });
        },
      });
      new TerraformOutput(this, `${name}-endpoint`, {
        value: site.distribution.endpoint,
        description: `URL of ${name} for its viewers`,
      });
    }
    this.offerFunctionsAndRules();
  }

  /** What of the API asks for signatures or proofs; undefined if nothing does. */
  private signing(
    name: string,
    config: EdgeSiteConfig,
    keys: KeysStack,
    regional: readonly ServicesStack[],
  ): OriginSigning | undefined {
    const { services, account } = this.deployment;
    const routes = routeGuards(services.get(name)?.api?.routes ?? {}, config);
    if ([...routes.values()].every((guard) => guard === "none")) return undefined;
    return {
      routes,
      secret: keys.originSecrets.get(name),
      required: config.originSecret.use === "required",
      executionArns: regional.flatMap((stack) => {
        const { api } = stack.service(name);
        // From its id, which the origins are made of as well.
        return api ? [`arn:aws:execute-api:${stack.region}:${account}:${api.apiId}`] : [];
      }),
    };
  }

  private origin(stack: ServicesStack, name: string): RegionalOrigin {
    const { api } = stack.service(name);
    if (!api) throw new ConstructError(this, `has no API of "${name}" to send requests to`, "give the service an api");
    return { domainName: `${api.apiId}.execute-api.${stack.region}.${dnsSuffixOf(stack.region)}` };
  }
}
