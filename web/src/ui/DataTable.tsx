import type { ReactElement, ReactNode } from "react";

import { usePhone } from "./hooks";
import "./data-table.css";

export interface Column<T> {
  key: string;
  label: string;
  cell: (row: T) => ReactNode;
  wide?: boolean;
  number?: boolean;
  /** Nothing is known here: a card on a phone leaves the line out. */
  empty?: (row: T) => boolean;
}

interface Props<T> {
  label: string;
  rows: T[];
  columns: Column<T>[];
  id?: (row: T) => string;
}

/** The same rows as a table on a desk and as cards on a phone: the first column is a card's heading. */
export function DataTable<T extends object>({ label, rows, columns, id }: Props<T>): ReactElement {
  const keyOf = (row: T, at: number): string => (id ? id(row) : "id" in row ? String(row.id) : String(at));
  return usePhone() ? (
    <ul className="cards" aria-label={label}>
      {rows.map((row, at) => (
        <li key={keyOf(row, at)}>
          <Card row={row} columns={columns} />
        </li>
      ))}
    </ul>
  ) : (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls sideways must be reachable by keyboard
    <div className="table-card data-table" role="region" aria-label={label} tabIndex={0}>
      <table>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column.key} scope="col" className={column.number ? "num" : undefined}>
                {column.label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, at) => (
            <tr key={keyOf(row, at)}>
              {columns.map((column) => (
                <td key={column.key} className={column.number ? "num" : column.wide ? "wide" : undefined}>
                  {column.cell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Card<T extends object>({ row, columns }: { row: T; columns: Column<T>[] }): ReactElement {
  const [first, ...rest] = columns;
  return (
    <article className="card data-card">
      <strong>{first?.cell(row)}</strong>
      <dl>
        {rest
          .filter((column) => !column.empty?.(row))
          .map((column) => (
            <div key={column.key}>
              <dt>{column.label}</dt>
              <dd>{column.cell(row)}</dd>
            </div>
          ))}
      </dl>
    </article>
  );
}
