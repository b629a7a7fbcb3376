/** What bpmnlint says of the open diagram at once, before the server has looked. Only what the server does not say. */
import { Linter } from "bpmnlint";
import fakeJoin from "bpmnlint/rules/fake-join";
import labelRequired from "bpmnlint/rules/label-required";
import noDisconnected from "bpmnlint/rules/no-disconnected";
import duplicateFlows from "bpmnlint/rules/no-duplicate-sequence-flows";
import joinFork from "bpmnlint/rules/no-gateway-join-fork";
import implicitSplit from "bpmnlint/rules/no-implicit-split";
import overlapping from "bpmnlint/rules/no-overlapping-elements";
import superfluousGateway from "bpmnlint/rules/superfluous-gateway";
import superfluousTermination from "bpmnlint/rules/superfluous-termination";

import taskDeadline from "./taskDeadline";
import type { Found } from "../problems";
import type { Moddle } from "./extensions";

const RULES: Record<string, unknown> = {
  "fake-join": fakeJoin,
  "label-required": labelRequired,
  "no-disconnected": noDisconnected,
  "no-duplicate-sequence-flows": duplicateFlows,
  "no-gateway-join-fork": joinFork,
  "no-implicit-split": implicitSplit,
  "no-overlapping-elements": overlapping,
  "superfluous-gateway": superfluousGateway,
  "superfluous-termination": superfluousTermination,
  "task-deadline": taskDeadline,
};

const names = Object.keys(RULES);

/** One for each look: some of its rules remember what they have seen. */
const linter = (): Linter =>
  new Linter({
    config: { rules: Object.fromEntries(names.map((rule) => [rule, "warn"])) },
    resolver: {
      resolveRule: (_package: string, rule: string) => RULES[rule],
      resolveConfig: () => ({}),
    },
  });

export async function lintDiagram(definitions: Moddle): Promise<Found[]> {
  const reports = await linter().lint(definitions);
  return Object.entries(reports).flatMap(([rule, list]) => list.map(({ id }) => ({ rule, element: id })));
}
