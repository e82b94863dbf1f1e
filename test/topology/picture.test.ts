import { topologySvg } from "../../topology";
import { type Box, type Layout, layOut } from "../../topology/layout";
import { fonts, nodePadding, nodeText } from "../../topology/node-text";
import { readGraph } from "../../topology/read-graph";
import { fitText, textWidth } from "../../topology/text-width";
import { escapeXml } from "../../topology/xml";
import { outputFolder, ref, resource } from "./output-folder";
import { wholeEnvironment } from "./whole-environment";

const regions = ["eu-west-1", "eu-central-1", "eu-north-1"];

const inside = (inner: Box, outer: Box): boolean =>
  inner.x >= outer.x &&
  inner.y >= outer.y &&
  inner.x + inner.width <= outer.x + outer.width &&
  inner.y + inner.height <= outer.y + outer.height;

const overlap = (a: Box, b: Box): boolean =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

function overlapping<T extends Box>(boxes: readonly T[]): [T, T][] {
  return boxes.flatMap((a, index) => boxes.slice(index + 1).flatMap((b): [T, T][] => (overlap(a, b) ? [[a, b]] : [])));
}

describe.each([1, 2, 3])("The layout of %i regions", (count) => {
  const topology = readGraph(outputFolder(wholeEnvironment(regions.slice(0, count))));
  let layout: Layout;
  beforeAll(async () => {
    layout = await layOut(topology);
  });

  test("draws every node, inside its container", () => {
    expect(layout.nodes.map(({ node }) => node.id).sort()).toEqual(topology.nodes.map(({ id }) => id).sort());
    for (const node of layout.nodes) {
      const container = layout.containers.find((each) => each.container.id === node.container);
      expect(container && inside(node, container)).toBe(true);
    }
  });

  test("draws stacks inside their regions, and all of it inside the picture", () => {
    const regionsDrawn = layout.containers.filter(({ container }) => container.kind !== "stack");
    for (const stack of layout.containers.filter(({ container }) => container.kind === "stack")) {
      expect(regionsDrawn.filter((region) => inside(stack, region))).toHaveLength(1);
    }
    const picture = { x: 0, y: 0, width: layout.width, height: layout.height };
    expect(layout.containers.every((box) => inside(box, picture))).toBe(true);
    const points = layout.edges.flatMap((edge) => edge.points.map((point) => ({ ...point, width: 0, height: 0 })));
    expect(points.every((point) => inside(point, picture))).toBe(true);
  });

  test("lets no two nodes, regions, stacks or labels of lines overlap", () => {
    expect(overlapping(layout.nodes)).toEqual([]);
    expect(overlapping(layout.containers.filter(({ container }) => container.kind === "stack"))).toEqual([]);
    expect(overlapping(layout.containers.filter(({ container }) => container.kind !== "stack"))).toEqual([]);
    const labels = layout.edges.flatMap(({ label }) => (label ? [label] : []));
    expect(overlapping([...labels, ...layout.nodes])).toEqual([]);
  });

  test("leads every line from the border of its first node to the border of its second", () => {
    const touches = (point: { x: number; y: number } | undefined, id: string): boolean => {
      const box = layout.nodes.find(({ node }) => node.id === id);
      if (!point || !box) return false;
      const grown = { x: box.x - 1, y: box.y - 1, width: box.width + 2, height: box.height + 2 };
      return inside({ ...point, width: 0, height: 0 }, grown);
    };
    for (const { edge, points } of layout.edges) {
      expect([touches(points[0], edge.from), touches(points.at(-1), edge.to)]).toEqual([true, true]);
    }
  });

  test("leads no line through a node", () => {
    const crossed = layout.edges.flatMap(({ points }) =>
      points.slice(1).flatMap((to, index) => {
        const from = points[index] ?? to;
        const line = {
          x: Math.min(from.x, to.x),
          y: Math.min(from.y, to.y),
          width: Math.abs(from.x - to.x),
          height: Math.abs(from.y - to.y),
        };
        return layout.nodes.filter((node) => overlap(line, node));
      }),
    );
    expect(crossed).toEqual([]);
  });

  test("stacks the regions in order, the leading one on top", () => {
    const tops = regions
      .slice(0, count)
      .map((region) => layout.containers.find(({ container }) => container.label === region)?.y ?? -1);
    expect(tops).toEqual([...tops].sort((left, right) => left - right));
  });

  test("keeps the texts of a node inside it", () => {
    for (const { node, width } of layout.nodes) {
      const space = width - nodePadding.left - nodePadding.right;
      const { title, label, labelSize, details } = nodeText(node, width);
      expect(textWidth(title, fonts.title)).toBeLessThanOrEqual(space - nodePadding.lock);
      expect(textWidth(label, { ...fonts.label, size: labelSize })).toBeLessThanOrEqual(space);
      expect(textWidth(details, fonts.details)).toBeLessThanOrEqual(space);
    }
  });
});

describe("topologySvg", () => {
  let whole: string;
  beforeAll(async () => {
    whole = await topologySvg(outputFolder(wholeEnvironment(regions)), "big at optimization");
  });

  test("gives the same bytes for the same output, wherever it lies", async () => {
    expect(await topologySvg(outputFolder(wholeEnvironment(regions)), "big at optimization")).toBe(whole);
  });

  test("stays below 60 KB for three regions", () => {
    expect(Buffer.byteLength(whole)).toBeLessThan(60_000);
  });

  test("tells readers who cannot see it what it shows", () => {
    expect(whole).toContain('role="img" aria-labelledby="topology-title topology-description"');
    expect(whole).toContain('<title id="topology-title">big at optimization</title>');
    expect(whole).toMatch(/<desc id="topology-description">\d+ Terraform resources in 6 stacks and 4 regions/);
    expect(whole).toContain("DNS name orders.example.com fails over to HTTP API big-orders in eu-central-1.");
    expect(whole).toContain("<title>Queue big-orders-dead-letters: 1 alarm, 2 Terraform resources</title>");
  });

  test("explains in its legend only what it shows", async () => {
    for (const text of [">failover<", ">replication<", ">failed events<", ">encrypted with a KMS key<"]) {
      expect(whole).toContain(text);
    }
    const resources = { aws_sqs_queue: { q: resource("eu-west-1", "q/queue") } };
    const small = await topologySvg(outputFolder({ only: { resources } }), "small");
    expect(small).toContain(">carries messages<");
    expect(small).not.toMatch(/>(failover|replication|failed events|computes)</);
  });

  test("puts what no client calls into a box that says what starts it", async () => {
    const topology = {
      aws_cloudwatch_event_rule: { daily: { schedule_expression: "rate(1 day)" } },
      aws_cloudwatch_event_target: {
        to: { rule: ref("aws_cloudwatch_event_rule.daily.name"), arn: ref("aws_lambda_function.clean.arn") },
      },
      aws_lambda_function: { clean: resource("eu-west-1", "clean/fn", { function_name: "clean" }) },
    };
    const folder = outputFolder({ only: { resources: topology } });
    const svg = await topologySvg(folder, "x");
    expect(svg).toContain(">No client calls this:<");
    expect(svg).toContain(">started by a schedule<");
    expect(svg).toContain("No client calls Function clean in eu-west-1: it is started by a schedule.");
    const { containers, nodes } = await layOut(readGraph(folder));
    const box = containers.find(({ container }) => container.kind === "without-client");
    const clean = nodes.find(({ node }) => node.title === "Function");
    expect(box && clean && inside(clean, box)).toBe(true);
    expect(nodes.filter(({ container }) => container === box?.container.id)).toEqual([clean]);
  });

  test("escapes names and title", async () => {
    const name = `<script>alert("1")</script>&'`;
    const resources = { aws_sqs_queue: { q: resource("eu-west-1", "q/queue", { name }) } };
    const svg = await topologySvg(outputFolder({ only: { resources } }), `a < b & "c"`);
    expect(svg).toContain("a &lt; b &amp; &quot;c&quot;");
    expect(svg).toContain("&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&amp;&#39;");
    expect(svg).not.toContain("<script");
    expect(svg.replace(/&(amp|lt|gt|quot|#39);/g, "")).not.toContain("&");
  });

  test("closes every element that it opens", () => {
    const open: string[] = [];
    for (const [, end, name, rest] of whole.matchAll(/<(\/?)([a-z]+)((?:\s[^>]*)?)>/g)) {
      if (end) expect(open.pop()).toBe(name);
      else if (!rest?.endsWith("/")) open.push(name ?? "");
    }
    expect(open).toEqual([]);
  });
});

describe("escapeXml", () => {
  test("drops characters that no XML document may contain", () => {
    expect(escapeXml("a\u0000b\u0007c\ud800d\u{1f600}")).toBe("abcd\u{1f600}");
  });
});

describe("fitText", () => {
  const font = { size: 13, bold: true };

  test("leaves a text alone that fits", () => {
    expect(fitText("orders", font, 100)).toBe("orders");
  });

  test("keeps both ends of a longer one, within the width", () => {
    const fitted = fitText("orders-eu-west-1-dead-letters", font, 100);
    expect(fitted).toMatch(/^orde.*….*ters$/);
    expect(textWidth(fitted, font)).toBeLessThanOrEqual(100);
  });

  test("never takes a text for narrower than DejaVu Sans draws it", () => {
    // Advance widths in units of 1/2048 em, from the font's tables; it is among the widest that a page falls back to.
    const advances = {
      i: 569,
      m: 1995,
      w: 1675,
      M: 1767,
      W: 2025,
      "0": 1303,
      a: 1255,
      "-": 739,
      " ": 651,
      Q: 1612,
      _: 1024,
    };
    for (const [character, units] of Object.entries(advances)) {
      expect(textWidth(character.repeat(50), { size: 10 })).toBeGreaterThanOrEqual((units / 2048) * 500);
    }
  });
});

describe("topologySvg without its layout engine", () => {
  test("says which package to install", async () => {
    jest.resetModules();
    jest.doMock("elkjs/lib/elk.bundled.js", () => {
      throw Object.assign(new Error("Cannot find module"), { code: "MODULE_NOT_FOUND" });
    });
    const { topologySvg: draw } = await import("../../topology/index.js");
    const drawn = draw(
      outputFolder({ only: { resources: { aws_sqs_queue: { q: resource("eu-west-1", "q/queue") } } } }),
      "small",
    );
    await expect(drawn).rejects.toThrow("run `npm install --save-dev elkjs@0.12` and repeat the command");
    await expect(drawn).rejects.toHaveProperty("name", "MissingPackageError");
  });
});
