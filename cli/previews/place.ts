import type { EnvironmentDefinition } from "../../config";
import { UserError } from "../../errors";
import type { StateObjects } from "../aws/objects";
import { objectsBesideStates } from "../state/beside-states";
import { type PreviewRecord, previewRecord } from "./record";

const suffix = ".preview.json";

/** A record as it lies beside the states. */
export interface FoundRecord {
  readonly record: PreviewRecord;
  /** Tells this content from any other. */
  readonly etag: string;
}

/** The records of all previews, beside their states. */
export class PreviewRecords {
  private readonly objects: StateObjects;

  /** @param environment any preview: all have their states in one place */
  constructor(environment: EnvironmentDefinition) {
    const objects = objectsBesideStates(environment);
    if (!objects) {
      // Says what is wrong with it, as with everything else of the file.
      environment.parse();
      throw new UserError(`${environment.name}: its states are in no bucket; name one under state`);
    }
    this.objects = objects;
  }

  /** As users read it: `s3://states/evenkeel/previews/pr-7.preview.json`. */
  shown(name: string): string {
    return this.objects.shown(this.keyOf(name));
  }

  /** Undefined where there is none. @throws UserError for an object that is none */
  async read(name: string): Promise<FoundRecord | undefined> {
    const found = await this.objects.read(this.keyOf(name));
    if (!found) return undefined;
    const read = previewRecord.safeParse(parsedOrNot(found.body));
    if (read.success) return { record: read.data, etag: found.etag };
    throw new UserError(
      `${this.shown(name)}: is no record of a preview that this version of the toolkit can read; use the version that has written it, or the one of the main branch`,
    );
  }

  /** All of them, by their names. @param prefix of the previews */
  async all(prefix: string): Promise<PreviewRecord[]> {
    const keys = await this.objects.keys(`${prefix}-`);
    const names = keys
      .filter((key) => key.endsWith(suffix))
      .map((key) => key.slice(this.objects.keyOf("").length, -suffix.length));
    const found = await Promise.all(names.map((name) => this.read(name)));
    return found
      .flatMap((one) => (one ? [one.record] : []))
      .sort((one, other) => one.name.localeCompare(other.name, "en", { numeric: true }));
  }

  /** Writes a record in place of the one that is there. Only under the preview's lock. */
  async write(record: PreviewRecord, before: FoundRecord | undefined): Promise<void> {
    const key = this.keyOf(record.name);
    const body = JSON.stringify(record);
    const etag = before ? await this.objects.replace(key, body, before.etag) : await this.objects.create(key, body);
    if (etag === undefined)
      throw new UserError(`${this.shown(record.name)} was changed by somebody else; run this again`);
  }

  /** Removes a record as it was read, once nothing stands any more. */
  async remove({ record, etag }: FoundRecord): Promise<void> {
    await this.objects.remove(this.keyOf(record.name), etag);
  }

  private keyOf(name: string): string {
    return this.objects.keyOf(`${name}${suffix}`);
  }
}

function parsedOrNot(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
