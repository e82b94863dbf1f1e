import type { CapabilityReport, NextStage, Report } from "../data/report";
import { type Html, html } from "./html";
import { table } from "./table";
import { counted } from "./words";

/** The stages, what the next one brings, and all capabilities. */
export function stages({ environment, stage, stages: { all, capabilities, next }, totals }: Report): Html {
  const reached = all.indexOf(stage);
  return html`<section id="stages" aria-labelledby="stages-title">
<h2 id="stages-title">Stages</h2>
<ol class="steps">${all.map(
    (name, index) =>
      html`<li class="${index < reached ? "past" : index === reached ? "here" : "ahead"}"${index === reached && html` aria-current="step"`}>
<span class="step">${name}</span> <span class="more">${index < reached ? "passed" : index === reached ? "here" : "ahead"} · ${bringing(name, capabilities)}</span></li>`,
  )}</ol>
${
  next
    ? nextStage(environment, next, capabilities, totals.resources)
    : html`<p>${stage} is the last stage: no promotion is left.</p>`
}
<h3>Capabilities</h3>
${table({
  caption: `What stages bring, and what ${environment} has at ${stage}`,
  className: "capabilities",
  columns: [{ title: "Capability" }, { title: "Since" }, { title: "Here" }, { title: "Brings" }],
  rows: capabilities.map((capability) => [
    html`<code>${capability.name}</code>`,
    capability.since,
    here(capability),
    html`${capability.brings}${capability.reason !== undefined && html`<br><span class="more">Exception: ${capability.reason}</span>`}`,
  ]),
})}
</section>`;
}

const bringing = (stage: string, capabilities: readonly CapabilityReport[]): string => {
  const count = capabilities.filter(({ since }) => since === stage).length;
  return `brings ${counted(count, "capability")}`;
};

const here = ({ enabled, comesNext }: CapabilityReport): Html =>
  enabled
    ? html`<span class="mark yes">yes</span>`
    : html`<span class="mark no">${comesNext ? "with the next stage" : "no"}</span>`;

function nextStage(environment: string, next: NextStage, capabilities: readonly CapabilityReport[], now: number): Html {
  const coming = capabilities.filter(({ comesNext }) => comesNext);
  return html`<h3>What ${next.stage} would bring</h3>
${
  coming.length > 0
    ? html`<dl class="brings">${coming.map(
        ({ name, brings }) => html`<div><dt><code>${name}</code></dt><dd>${brings}</dd></div>`,
      )}</dl>`
    : html`<p>No further capability: all that it brings is there, or is left out by an exception.</p>`
}
<p>From ${counted(now, "resource")} to ${next.resources.toLocaleString("en-GB")}. This compares what is synthesized. What is changed may be updated or replaced: <code>npx evenkeel rehearse ${environment}</code> plans the promotion, and checks that nothing that holds data or keys is lost.</p>
${
  next.kinds.length > 0
    ? table({
        caption: `Resources by type, now and at ${next.stage}`,
        className: "differences",
        columns: [
          { title: "Type" },
          { title: "Now", numeric: true },
          { title: "Added", numeric: true },
          { title: "Changed", numeric: true },
          { title: "Removed", numeric: true },
          { title: "Then", numeric: true },
        ],
        rows: next.kinds.map(({ type, now: at, added, changed, removed, next: then }) => [
          html`<code>${type}</code>`,
          at,
          signed("+", added),
          signed("~", changed),
          signed("−", removed),
          then,
        ]),
      })
    : html`<p>No resource differs.</p>`
}
${addresses("Removed", next.removed)}
${addresses("Changed, and holding data or keys", next.changedHolding)}`;
}

const signed = (sign: string, count: number): Html | string =>
  count === 0 ? html`<span class="none">0</span>` : `${sign}${count}`;

/** Addresses with the stack before them. */
function addresses(title: string, all: readonly string[]): Html | false {
  if (all.length === 0) return false;
  return html`<details class="addresses"><summary>${title}: ${counted(all.length, "resource")}</summary>
<ul>${all.map((address) => html`<li><code>${address}</code></li>`)}</ul></details>`;
}
