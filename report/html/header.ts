import type { Report } from "../data/report";
import { type Content, type Html, html } from "./html";
import { counted } from "./words";

/** What it is about, and its key figures. */
export function header(report: Report): Html {
  const { environment, description, stage, ownStage, account, homeRegion, activeRegion, standbyRegions } = report;
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
${activeRegion !== homeRegion && html`<div><dt>Serves first</dt><dd>${activeRegion}</dd></div>`}<div><dt>Standby</dt><dd>${standbyRegions.join(", ") || "none"}</dd></div>
<div><dt>Stage</dt><dd>${stage}</dd></div>
</dl>
</header>`;
}

/** The way to each part. */
export function contents({ costs }: Report): Html {
  const parts = [
    ["overview", "Overview"],
    ["topology", "Topology"],
    ["stages", "Stages"],
    ["recovery", "Recovery"],
    ...(costs ? [["costs", "Costs"] as const] : []),
    ["resources", "Resources"],
  ] as const;
  return html`<nav class="contents" aria-label="Contents"><ul>${parts.map(
    ([id, title]) => html`<li><a href="#${id}">${title}</a></li>`,
  )}</ul></nav>`;
}

/** A key figure: the number, what it counts, and more about it. */
type Figure = readonly [value: number | string, noun: string, more: Content];

/** The key figures. */
export function overview({ totals, recovery, stages, migrations }: Report): Html {
  const figures: readonly Figure[] = [
    resourceFigure(totals),
    [
      totals.regions.length,
      totals.regions.length === 1 ? "region" : "regions",
      html`<ul class="regions">${totals.regions.map(
        ({ region, resources }) => html`<li>${region} <span class="none">(${resources})</span></li>`,
      )}</ul>`,
    ],
    [
      totals.holding,
      totals.holding === 1 ? "resource holds data or keys" : "resources hold data or keys",
      "marked in the tables of resources",
    ],
    capabilityFigure(stages),
    recoveryFigure(recovery),
    ...(migrations.length > 0 ? [migrationFigure(migrations)] : []),
  ];
  return html`<section id="overview" aria-labelledby="overview-title">
<h2 id="overview-title">Overview</h2>
<ul class="figures">${figures.map(
    ([value, noun, more]) =>
      html`<li><span class="value">${value}</span> <span class="noun">${noun}</span> <div class="more">${more}</div></li>`,
  )}</ul>
</section>`;
}

const resourceFigure = ({ resources, stacks }: Report["totals"]): Figure => [
  resources.toLocaleString("en-GB"),
  resources === 1 ? "resource" : "resources",
  `in ${counted(stacks, "Terraform state")}`,
];

function capabilityFigure({ capabilities, next }: Report["stages"]): Figure {
  const enabled = capabilities.filter((capability) => capability.enabled).length;
  const rest = next ? "the others come with later stages, or are left out" : "the others are left out";
  return [
    `${enabled} of ${capabilities.length}`,
    "capabilities",
    enabled === capabilities.length ? "all of them" : rest,
  ];
}

function migrationFigure(migrations: Report["migrations"]): Figure {
  const count = migrations.reduce((sum, each) => sum + each.count, 0);
  return [
    count,
    count === 1 ? "migration of a schema" : "migrations of schemas",
    html`<ul class="regions">${migrations.map(
      ({ database, last }) =>
        html`<li>${database}${last !== null && html` <span class="none">(up to ${last})</span>`}</li>`,
    )}</ul>`,
  ];
}

function recoveryFigure({ services, inForce, since }: Report["recovery"]): Figure {
  const promised = services.filter(({ objective }) => objective);
  if (promised.length === 0) return ["none", "recovery objectives", "no service promises any"];
  const met = promised.filter((service) => service.met);
  const when = inForce ? "as configured" : `as configured, from ${since} on`;
  return [`${met.length} of ${promised.length}`, "recovery objectives met", when];
}
