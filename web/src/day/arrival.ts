import type { Task } from "../api/types";
import { components } from "../form/schema";

/** Whether a task is an arrival: its form asks how one checked in, and offers the code on site. */
export function asksForCode(task: Task): boolean {
  return components(task.form).some(
    ({ key, values }) => key === "checkIn" && values?.some((one) => one.value === "QR") === true,
  );
}
