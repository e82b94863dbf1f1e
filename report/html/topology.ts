import type { Failover, Paths } from "../data/report";
import { type Html, html, trusted } from "./html";
import { table } from "./table";
import { listed, named } from "./words";

/** The picture, or what is needed to draw it. */
export type Picture = { readonly svg: string } | { readonly missing: string };

/** The picture of what stands where, and what it shows in words. */
export function topology({ failovers, replicated, withoutClient }: Paths, picture: Picture): Html {
  return html`<section id="topology" aria-labelledby="topology-heading">
<h2 id="topology-heading">Topology</h2>
<p>Regions, the parts of stacks in them, what flows between them, and where traffic goes when a region fails. It is drawn from the references in the synthesized Terraform; AWS was not asked.</p>
${"svg" in picture ? drawn(picture.svg) : html`<p class="note">${picture.missing}</p>`}
<h3>Failover paths</h3>
${
  failovers.length > 0
    ? table({
        caption: "Where traffic goes, and where it goes if that fails",
        className: "paths",
        columns: [{ title: "From" }, { title: "Normally to" }, { title: "On failure to" }],
        rows: failovers.map(failoverRow),
      })
    : html`<p>Nothing fails over at this stage.</p>`
}
${
  withoutClient.length > 0 &&
  html`<h3>No client calls these</h3>
${table({
  caption: "What computes without a client that calls it, and what starts it",
  className: "paths",
  columns: [{ title: "What" }, { title: "Region" }, { title: "Started by" }],
  rows: withoutClient.map(({ kind, name, region, startedBy }) => [named({ kind, name }), region, listed(startedBy)]),
})}`
}
${
  replicated.length > 0 &&
  html`<h3>Replicated</h3>
${table({
  caption: "What has one content in several regions",
  className: "paths",
  columns: [{ title: "What" }, { title: "Regions" }],
  rows: replicated.map(({ kind, name, regions }) => [named({ kind, name }), regions.join(", ")]),
})}`
}
</section>`;
}

/** The size is chosen by a checkbox and the style sheet, so that it needs no script. */
function drawn(svg: string): Html {
  return html`<div class="picture">
<p class="size"><input type="checkbox" id="actual-size"> <label for="actual-size">Actual size</label></p>
<div class="canvas" role="region" aria-label="Picture of the topology" tabindex="0">
${trusted(svg)}</div>
</div>`;
}

function failoverRow({ from, primary, secondary, mutual }: Failover): Html[] {
  const targets = (all: Failover["primary"]): Html =>
    html`<ul class="targets">${all.map((each) => html`<li>${named(each)}</li>`)}</ul>`;
  if (mutual) return [named(from), targets(secondary), html`the other of these, which it chooses by caller`];
  return [named(from), primary.length > 0 ? targets(primary) : html`–`, targets(secondary)];
}
