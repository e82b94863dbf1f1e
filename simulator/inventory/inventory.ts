import { existsSync } from "node:fs";
import { type Identity, identitiesOf } from "../../identity";
import type { ObjectValue } from "../protocol/values";
import { Journal } from "./journal";
import { keyOf, type Place, placeOf, type Remnant, type Thing } from "./thing";

export interface InventoryOptions {
  /** Where it is kept. */
  readonly file: string;
  /** True if the folder holds states that are older than the inventory: what they describe is then taken in when it is read. */
  readonly adopting?: boolean;
  /** The time in milliseconds since 1970; for tests. */
  readonly now?: () => number;
}

/**
 * What exists in the simulated cloud, by account, region and the identity that AWS uses. It outlives a run: it lies beside
 * the simulated states.
 */
export class Inventory {
  private readonly things = new Map<string, Thing>();
  private readonly remnants = new Map<string, Remnant>();
  /** By type and account. */
  private readonly byType = new Map<string, Map<string, Thing>>();
  private readonly byArn = new Map<string, Thing>();
  private readonly byIdentity = new Map<string, Thing>();
  /** By folder of the owner, then by address. */
  private readonly byOwner = new Map<string, Map<string, Thing>>();
  /** What was deleted and is remembered, by what told it from all others. */
  private readonly deleted = new Map<string, Remnant>();
  /** What this process has seen deleted, by type. */
  private readonly seenDeleted = new Map<string, Map<string, Thing>>();
  private readonly runs = new WeakMap<Thing, number>();
  private readonly journal: Journal;
  private readonly now: () => number;
  /** Takes in what is read and not known, as states were there before the inventory. */
  readonly adopting: boolean;

  constructor({ file, adopting = false, now = Date.now }: InventoryOptions) {
    this.journal = new Journal(file);
    this.adopting = adopting && !existsSync(file);
    this.now = now;
    this.catchUp();
  }

  /** The thing that a state describes, if it stands in this place. */
  find(type: string, place: Place, state: ObjectValue): Thing | undefined {
    this.catchUp();
    return this.things.get(keyOf(type, place, state));
  }

  /** Everything of one type in this account, and in this region unless the service is global. */
  of(type: string, place: Place): Thing[] {
    return this.everywhere(type, place).filter(({ place: { region } }) => region === placeOf(type, place).region);
  }

  /** Everything of one type in this account, in all regions. */
  everywhere(type: string, { partition, account }: Place): Thing[] {
    this.catchUp();
    return [...(this.byType.get(`${partition} ${account} ${type}`)?.values() ?? [])];
  }

  /** The thing with this ARN, in whichever account and region. */
  withArn(arn: string): Thing | undefined {
    this.catchUp();
    return this.byArn.get(arn);
  }

  /** What the configuration of a folder has made, by address, as far as addresses are known. */
  madeIn(folder: string): ReadonlyMap<string, Thing> {
    this.catchUp();
    return this.byOwner.get(folder) ?? new Map();
  }

  /**
   * What has one of the names in AWS that these values take: something that stands there, or whose name is still taken.
   * @param self The state of the thing before a change: the names that it had already are not taken anew, even if a resource
   *   of its own holds them too, such as a table's replica.
   */
  holderOf(type: string, place: Place, values: ObjectValue, self?: ObjectValue): Thing | Remnant | undefined {
    this.catchUp();
    const own = self && this.things.get(keyOf(type, place, self));
    const before = new Set(self ? identityKeys(type, place, self) : []);
    for (const key of identityKeys(type, place, values).filter((name) => !before.has(name))) {
      const remnant = this.remnants.get(key);
      if (remnant?.heldUntil !== undefined && remnant.heldUntil <= this.now()) this.remnants.delete(key);
      const holder = this.byIdentity.get(key) ?? this.remnants.get(key);
      if (holder && holder !== own) return holder;
    }
    return undefined;
  }

  /** True if the id of this state belongs to something that stands in this place, or that AWS remembers as deleted. */
  hasId(type: string, place: Place, state: ObjectValue): boolean {
    this.catchUp();
    const key = keyOf(type, place, state);
    return this.things.has(key) || this.deleted.has(key);
  }

  /** Everything of one type that was deleted and is remembered, in all accounts and regions. */
  deletedOf(type: string): Thing[] {
    this.catchUp();
    return [...this.deleted.values()].map(({ thing }) => thing).filter((thing) => thing.type === type);
  }

  /** What this process has seen deleted of one type in this account, in all regions, unless it was made again. */
  seenDeletedOf(type: string, { partition, account }: Place): Thing[] {
    return [...(this.seenDeleted.get(`${partition} ${account} ${type}`)?.values() ?? [])];
  }

  /** The Terraform process that made a thing, if this simulated cloud has seen it. */
  runOf(thing: Thing): number | undefined {
    return this.runs.get(thing);
  }

  /** From now on a thing counts as made by an earlier run. */
  forgetRunOf(thing: Thing): void {
    this.runs.delete(thing);
  }

  /** @param run The Terraform process that makes it. */
  put(thing: Thing, run?: number): void {
    this.catchUp();
    const placed = { ...thing, place: placeOf(thing.type, thing.place) };
    const { partition, account } = placed.place;
    this.seenDeleted.get(`${partition} ${account} ${thing.type}`)?.delete(keyOf(thing.type, placed.place, thing.state));
    this.add(placed);
    if (run !== undefined) this.runs.set(placed, run);
    this.journal.append({ put: placed });
  }

  /**
   * @param heldForMs How long nothing else can have its name, in milliseconds; Infinity for ever.
   * @param remembered Keeps its id known after that.
   */
  remove(thing: Thing, heldForMs = 0, remembered = false): void {
    this.catchUp();
    const gone = keyOf(thing.type, thing.place, thing.state);
    const heldUntil = Number.isFinite(heldForMs) ? { heldUntil: this.now() + heldForMs } : {};
    const remnant: Remnant | undefined =
      heldForMs > 0 || remembered ? { thing, ...heldUntil, ...(remembered && { remembered }) } : undefined;
    const type = `${thing.place.partition} ${thing.place.account} ${thing.type}`;
    this.seenDeleted.set(type, (this.seenDeleted.get(type) ?? new Map<string, Thing>()).set(gone, thing));
    this.delete(gone, remnant);
    this.journal.append({ gone, ...(remnant && { remnant }) });
  }

  /** Everything that stands there. */
  all(): Thing[] {
    this.catchUp();
    return [...this.things.values()];
  }

  /** Names that are taken although nothing stands there. */
  held(): Remnant[] {
    this.catchUp();
    return [...this.remnants.values()].filter(({ heldUntil }) => heldUntil === undefined || heldUntil > this.now());
  }

  /** Drops what is history from the file, unless another process works with it. */
  compact(): void {
    this.catchUp();
    if (this.journal.isShared || !this.journal.exists) return;
    const remnants = new Set([...this.deleted.values(), ...this.held()]);
    this.journal.rewrite([
      ...this.all().map((thing) => ({ put: thing })),
      ...[...remnants].map((remnant) => ({
        gone: keyOf(remnant.thing.type, remnant.thing.place, remnant.thing.state),
        remnant,
      })),
    ]);
  }

  private get indexes(): readonly Map<string, unknown>[] {
    return [this.things, this.remnants, this.deleted, this.byType, this.byArn, this.byIdentity, this.byOwner];
  }

  private catchUp(): void {
    const { all, entries } = this.journal.news();
    if (all) for (const index of this.indexes) index.clear();
    for (const entry of entries) {
      if ("put" in entry) this.add(entry.put);
      else this.delete(entry.gone, entry.remnant);
    }
  }

  private add(thing: Thing): void {
    const key = keyOf(thing.type, thing.place, thing.state);
    this.delete(key);
    this.things.set(key, thing);
    const { partition, account } = thing.place;
    const type = `${partition} ${account} ${thing.type}`;
    this.byType.set(type, (this.byType.get(type) ?? new Map<string, Thing>()).set(key, thing));
    if (typeof thing.state.arn === "string") this.byArn.set(thing.state.arn, thing);
    const { folder, address } = thing.owner ?? {};
    if (folder && address) {
      this.byOwner.set(folder, (this.byOwner.get(folder) ?? new Map<string, Thing>()).set(address, thing));
    }
    for (const identity of identityKeys(thing.type, thing.place, thing.state)) {
      this.byIdentity.set(identity, thing);
      this.remnants.delete(identity);
    }
  }

  private delete(key: string, remnant?: Remnant): void {
    const thing = this.things.get(key);
    if (thing) {
      this.things.delete(key);
      this.byType.get(`${thing.place.partition} ${thing.place.account} ${thing.type}`)?.delete(key);
      if (typeof thing.state.arn === "string" && this.byArn.get(thing.state.arn) === thing)
        this.byArn.delete(thing.state.arn);
      const { folder = "", address = "" } = thing.owner ?? {};
      if (this.byOwner.get(folder)?.get(address) === thing) this.byOwner.get(folder)?.delete(address);
      for (const identity of identityKeys(thing.type, thing.place, thing.state)) {
        if (this.byIdentity.get(identity) === thing) this.byIdentity.delete(identity);
      }
    }
    if (!remnant) return;
    if (remnant.remembered) this.deleted.set(key, remnant);
    // Copies in other regions go at once: their names are free.
    const [identity] = identityKeys(remnant.thing.type, remnant.thing.place, remnant.thing.state);
    if (identity !== undefined) this.remnants.set(identity, remnant);
  }
}

/** Each identity with the part of the place in which it is unique. */
function identityKeys(type: string, place: Place, values: ObjectValue): string[] {
  return identitiesOf(type, values).map((identity) => [unique(identity, place), identity.type, identity.key].join(" "));
}

function unique({ scope, region: ofCopy }: Identity, { partition, account, region }: Place): string {
  if (scope === "partition") return partition;
  return scope === "account" ? `${partition} ${account}` : `${partition} ${account} ${ofCopy ?? region}`;
}
