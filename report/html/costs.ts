import type { CostReport } from "../data/report";
import { type Html, html } from "./html";
import { table } from "./table";
import { listed } from "./words";

const dollars = (amount: number | undefined): string =>
  amount === undefined ? "–" : amount.toLocaleString("en-GB", { minimumFractionDigits: 2, maximumFractionDigits: 2 });

/** What a month costs, every day and during a failover, by what made the resources. */
export function costs(report: CostReport, stage: string): Html {
  const { usd, failover, capabilities, stages, prices, withoutTraffic } = report;
  const adding = stages.filter(({ addsUsd }) => addsUsd !== undefined);
  return html`<section id="costs" aria-labelledby="costs-title">
<h2 id="costs-title">Costs</h2>
<p>At ${stage} a month is estimated to cost ${dollars(usd)} USD${
    failover && html`, and ${dollars(failover.usd)} USD with the traffic in ${failover.region}`
  }. Prices are of ${prices.oldest === prices.newest ? prices.oldest : `${prices.oldest} to ${prices.newest}`}, without free tiers and discounts; <code>evenkeel cost</code> has each line and what is left out.</p>
${
  withoutTraffic.length > 0 &&
  html`<p class="note">No traffic is stated for ${listed(withoutTraffic)}: only what stands is counted.</p>`
}
${
  adding.length > 0 &&
  html`<ul>${adding.map(({ stage: name, addsUsd }) => html`<li>${name} adds ${dollars(addsUsd)} USD a month.</li>`)}</ul>`
}
${table({
  caption: "US dollars a month, by what made the resources",
  className: "costs",
  columns: [
    { title: "Capability" },
    { title: "Every day", numeric: true },
    ...(failover ? [{ title: "In a failover", numeric: true }] : []),
  ],
  rows: capabilities.map(({ name, usd: quiet, failoverUsd }) => [
    name,
    dollars(quiet),
    ...(failover ? [dollars(failoverUsd)] : []),
  ]),
})}
</section>`;
}
