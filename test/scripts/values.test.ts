import { Botocore } from "../../scripts/values/botocore";
import { dataFileText } from "../../scripts/values/data-file";
import { differencesOf } from "../../scripts/values/difference";
import { patternsLeftOut } from "../../scripts/values/patterns-left-out";
import type { DataFile, LimitsByPath } from "../../values/constraint";
import { dataFile } from "../../values/limits-of";
import { families } from "../../values/types";

const file = (types: Record<string, LimitsByPath>, version = "2015-03-31"): DataFile => ({
  licence: [],
  botocore: "1",
  cfnLint: "1",
  services: { lambda: version },
  types,
});

const api = "lambda.CreateFunction.FunctionName";

describe("The script of values", () => {
  test("says what moved in a newer model, attribute by attribute", () => {
    const old = file({
      aws_a: { name: { api, maxLength: 64, enum: ["A", "B"] }, size: { api, min: 1 }, gone: { api } },
      aws_gone: {},
    });
    const now = file(
      {
        aws_a: {
          name: { api, maxLength: 128, pattern: "a+", enum: ["B", "C"] },
          size: { api: "lambda.Other.Size", min: 1 },
        },
        aws_new: { name: { api } },
      },
      "2027-01-01",
    );
    expect(differencesOf(old, now)).toEqual([
      "lambda: API version 2015-03-31 → 2027-01-01",
      "aws_a.name: longest 64 → 128",
      "aws_a.name: pattern none → a+",
      "aws_a.name: values + C",
      "aws_a.name: values - A",
      `aws_a.size: source ${api} → lambda.Other.Size`,
      "aws_a.gone: gone from the models",
      "aws_gone: gone",
      "aws_new: new, 1 attributes",
    ]);
    expect(differencesOf(now, now)).toEqual([]);
  });

  test("writes a line for each attribute, which reads as JSON", () => {
    const data = file({ aws_a: { name: { api, maxLength: 64 } } });
    const text = dataFileText(data);
    expect(JSON.parse(text)).toEqual(data);
    expect(text).toContain(`\n      "name": {"api":"${api}","maxLength":64}\n`);
  });

  test("leaves no pattern of the data out", () => {
    const files = Object.keys(families).flatMap((family) => dataFile(family) ?? []);
    expect(files.length).toBeGreaterThan(15);
    expect(patternsLeftOut(files)).toEqual([]);
    expect(patternsLeftOut([file({ aws_a: { name: { api, pattern: "a(?=b)" } } })])).toEqual([
      expect.stringMatching(/^aws_a\.name: a\(\?=b\) \(.*\)$/),
    ]);
  });

  test("says where it looked for a package", () => {
    expect(() => new Botocore("/nowhere")).toThrow("/nowhere");
  });

  test("has said in each file which versions the data are from", () => {
    for (const family of Object.keys(families)) {
      const data = dataFile(family);
      if (!data) continue;
      expect(data.botocore).toMatch(/^\d+\.\d+/);
      expect(data.licence.join(" ")).toContain("Apache-2.0");
      expect(Object.keys(data.services).length).toBeGreaterThan(0);
    }
  });
});
