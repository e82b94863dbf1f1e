import type { Inventory } from "../inventory/inventory";
import { ownerInWords, placeInWords, type Thing } from "../inventory/thing";
import { CloudView } from "./cloud-view";
import { callsOf } from "./services";

/**
 * What AWS has accepted and what fails later without a word: targets, actions and sources that do not exist, or do not let
 * the caller in. To be asked when a run ends, as what is missing may come later in the same deployment.
 * @returns a sentence for each
 */
export function warningsOf(inventory: Inventory): string[] {
  return inventory.all().flatMap((thing) => concernsOf(thing, inventory));
}

function concernsOf(thing: Thing, inventory: Inventory): string[] {
  const { type, place, state } = thing;
  const cloud = new CloudView(inventory, place);
  const concerns = (callsOf(type)?.warnings ?? []).flatMap(
    (warning) => warning({ type, values: state, prior: state, cloud }) ?? [],
  );
  return concerns.map((concern) => `${ownerInWords(thing)}, in ${placeInWords(type, place)}, ${concern}.`);
}
