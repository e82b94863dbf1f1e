/** Something that cannot be drawn: what is wrong, where, and what to do. */
export class TopologyError extends Error {
  override readonly name = "TopologyError";
}
