import { type Identity, identitiesOf } from "./identity";
import { accountOfProvider, type Place, uniqueKey } from "./place";
import { References, type StackConfiguration } from "./references";
import type { Values } from "./rule";

/** A resource of one of several stacks. */
export interface Owner {
  readonly stack: string;
  /** `aws_sqs_queue.orders_dead-letters_queue` */
  readonly address: string;
}

/** One thing in AWS that several resources say is theirs. */
export interface Clash {
  readonly identity: Identity;
  readonly place: Place;
  readonly owners: readonly Owner[];
}

type Blocks = Readonly<Record<string, Readonly<Record<string, Values>>>>;

/**
 * Everything that more than one resource of these stacks would make, overwrite or remove as its own. What is known at
 * synthesis is compared: literal values, and references to the same attribute of the same resource, through outputs of other
 * stacks too.
 */
export function clashesOf(stacks: readonly StackConfiguration[]): Clash[] {
  const references = new References(stacks);
  const owners = new Map<string, Clash & { owners: Owner[] }>();
  for (const { stack, terraform } of stacks) {
    const placeOf = placesOf(terraform);
    for (const [type, resources] of Object.entries((terraform.resource ?? {}) as Blocks)) {
      for (const [name, resource] of Object.entries(resources)) {
        const place = placeOf(type, resource.provider);
        for (const identity of identitiesOf(type, references.resolvedIn(stack, resource))) {
          const key = uniqueKey(identity, place);
          const owner: Owner = { stack, address: `${type}.${name}` };
          const known = owners.get(key);
          if (known) known.owners.push(owner);
          else owners.set(key, { identity, place, owners: [owner] });
        }
      }
    }
  }
  return [...owners.values()].filter(({ owners: { length } }) => length > 1);
}

/** Where the resources of a stack are, by their provider. */
function placesOf(terraform: Values): (type: string, provider: unknown) => Place {
  const places = new Map<unknown, Place>();
  for (const [name, configurations] of Object.entries((terraform.provider ?? {}) as Record<string, Values[]>)) {
    for (const configuration of configurations) {
      const { alias } = configuration;
      places.set(alias === undefined ? name : `${name}.${alias}`, placeOfProvider(configuration));
    }
  }
  return (type, provider) => {
    const named = provider ?? type.slice(0, type.indexOf("_"));
    return places.get(named) ?? { account: `provider ${named}`, region: "" };
  };
}

/** Without an account that is known, providers that are configured alike reach the same one; for Vault, one address. */
function placeOfProvider(configuration: Values): Place {
  const { alias: _, region, address, default_tags: __, allowed_account_ids: ___, ...login } = configuration;
  return {
    account: String(accountOfProvider(configuration) ?? address ?? `with ${JSON.stringify(login)}`),
    region: typeof region === "string" ? region : "",
  };
}
