import type { Report } from "../data/report";
import { type Html, html } from "./html";
import { counted } from "./words";

/** What it is about, and its key figures. */
export function header(report: Report): Html {
  const { environment, description, stage, ownStage, account, homeRegion, standbyRegions } = report;
  return html`<header class="top">
<p class="overline">Evenkeel report</p>
<h1>${environment} <span class="at">at ${stage}</span></h1>
<p class="lead">${description}</p>
${
  stage !== ownStage &&
  html`<p class="note">This shows the environment as it would be at ${stage}. Its file says ${ownStage}.</p>`
}
<dl class="facts">
<div><dt>Account</dt><dd>${account}</dd></div>
<div><dt>Home region</dt><dd>${homeRegion}</dd></div>
<div><dt>Standby</dt><dd>${standbyRegions.join(", ") || "none"}</dd></div>
<div><dt>Stage</dt><dd>${stage}</dd></div>
</dl>
</header>`;
}

/** The way to each part. */
export function contents(): Html {
  const parts = [
    ["overview", "Overview"],
    ["topology", "Topology"],
    ["stages", "Stages"],
    ["recovery", "Recovery"],
    ["resources", "Resources"],
  ] as const;
  return html`<nav class="contents" aria-label="Contents"><ul>${parts.map(
    ([id, title]) => html`<li><a href="#${id}">${title}</a></li>`,
  )}</ul></nav>`;
}

/** The key figures. */
export function overview({ totals, recovery, stages }: Report): Html {
  const { resources, stacks, regions, holding } = totals;
  const promised = recovery.services.filter(({ objective }) => objective);
  const met = promised.filter((service) => service.met);
  const enabled = stages.capabilities.filter((capability) => capability.enabled);
  const figures: readonly (readonly [number | string, string, string])[] = [
    [resources.toLocaleString("en-GB"), resources === 1 ? "resource" : "resources", counted(stacks, "Terraform state")],
    [
      regions.length,
      regions.length === 1 ? "region" : "regions",
      regions.map(({ region, resources: own }) => `${region} (${own})`).join(", "),
    ],
    [
      holding,
      holding === 1 ? "resource holds data or keys" : "resources hold data or keys",
      "marked below, and protected by gates",
    ],
    [
      `${enabled.length} of ${stages.capabilities.length}`,
      "capabilities enabled",
      `the rest ${stages.next ? "comes with later stages or is left out" : "is left out"}`,
    ],
    promised.length > 0
      ? [
          `${met.length} of ${promised.length}`,
          "recovery objectives met",
          recovery.inForce ? "as configured" : `as configured, from ${recovery.since} on`,
        ]
      : ["none", "recovery objectives", "no service promises any"],
  ];
  return html`<section id="overview" aria-labelledby="overview-title">
<h2 id="overview-title">Overview</h2>
<ul class="figures">${figures.map(
    ([value, noun, more]) =>
      html`<li><span class="value">${value}</span> <span class="noun">${noun}</span> <span class="more">${more}</span></li>`,
  )}</ul>
</section>`;
}
