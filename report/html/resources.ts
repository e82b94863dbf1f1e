import type { Report, ResourceReport, StackReport } from "../data/report";
import { type Html, html } from "./html";
import { table } from "./table";
import { counted } from "./words";

/** The resources of all stacks, with a search that the script shows. */
export function resources({ stacks, totals }: Report): Html {
  return html`<section id="resources" aria-labelledby="resources-title">
<h2 id="resources-title">Resources</h2>
<p>One Terraform state for each stack, in the order of deployment. The name is the one in AWS, where the configuration states it; the region is that of the provider.</p>
<form class="search" role="search" hidden>
<div class="field"><label for="search">Search resources</label>
<input type="search" id="search" autocomplete="off" autocapitalize="none" spellcheck="false" aria-describedby="search-help" aria-keyshortcuts="/"></div>
<div class="option"><input type="checkbox" id="holding"> <label for="holding">Only what holds data or keys</label></div>
<div class="option"><button type="button" id="toggle-all">Open all stacks</button></div>
<p id="search-help" class="more">Words of address, type, name, region or content, in any order. <kbd>/</kbd> comes here, <kbd>Esc</kbd> clears.</p>
<p class="found" role="status" data-total="${totals.resources}"></p>
</form>
${stacks.map(stack)}
</section>`;
}

function stack({ name, dependsOn, resources: all }: StackReport): Html {
  const holding = all.filter(({ holds }) => holds !== undefined).length;
  return html`<details class="stack" id="stack-${name}">
<summary><h3>${name}</h3> <span class="more"><span class="count">${counted(all.length, "resource")}</span>${
    holding > 0 && html` · ${holding} ${holding === 1 ? "holds" : "hold"} data or keys`
  }</span></summary>
${dependsOn.length > 0 && html`<p class="more">Deployed after ${dependsOn.join(", ")}.</p>`}
${table({
  caption: `Resources of ${name}`,
  className: "resources",
  columns: [{ title: "Address" }, { title: "Type" }, { title: "Name in AWS" }, { title: "Region" }, { title: "Holds" }],
  rows: all.map(resource),
})}
</details>`;
}

/** An address may be broken after its type and before each part of its name, which changes no character of it. */
function resource({ address, type, name, region, holds }: ResourceReport): Html[] {
  const parts = address.split(/(?<=\.)|(?=_)/);
  return [
    html`<code>${parts.map((part, index) => html`${index > 0 && html`<wbr>`}${part}`)}</code>`,
    html`<code>${type}</code>`,
    html`${name ?? html`<span class="none">–</span>`}`,
    html`${region ?? html`<span class="none">–</span>`}`,
    holds === undefined ? html`` : html`<span class="holds">${holds}</span>`,
  ];
}
