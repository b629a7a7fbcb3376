import { expect, test } from "vitest";

import { csvCell, csvOf } from "../src/registers/csv";

test("a cell that would be a formula becomes text", () => {
  expect(csvCell("=1+1")).toBe("'=1+1");
  expect(csvCell(" @SUM(A1)")).toBe("' @SUM(A1)");
  expect(csvCell("+cmd")).toBe("'+cmd");
  expect(csvCell(-3)).toBe("-3");
  expect(csvCell("-3.5")).toBe("-3.5");
  expect(csvCell(null)).toBe("");
});

test("commas, quotes and line ends stay inside their cell", () => {
  expect(csvOf([['一"号", 站\n二', 1]])).toBe('\ufeff"一""号"", 站\n二",1\r\n');
});
