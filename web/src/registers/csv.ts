/** A table as CSV, for the figures behind a picture. A cell that a spreadsheet would take for a formula is made text. */

const NUMBER = /^[+-]?\d+(\.\d+)?$/;

export function csvCell(value: string | number | null): string {
  const text = value === null ? "" : String(value);
  const formula = !NUMBER.test(text) && (/^\s*[=+\-@]/.test(text) || /^[\t\r]/.test(text));
  const safe = formula ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

export const csvOf = (rows: (string | number | null)[][]): string =>
  `\ufeff${rows.map((row) => row.map(csvCell).join(",")).join("\r\n")}\r\n`;

export function saveAs(name: string, text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: "text/csv;charset=utf-8" }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 1000);
}
