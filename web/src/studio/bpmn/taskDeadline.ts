/** A task without a deadline is one that nobody is reminded of. */
interface Node {
  id: string;
  $instanceOf: (type: string) => boolean;
  extensionElements?: { values?: { $type: string }[] };
}

const DUE = ["duban:Deadline", "zeebe:TaskSchedule"];

export default () => ({
  check(node: Node, reporter: { report: (id: string, message: string) => void }) {
    if (!node.$instanceOf("bpmn:UserTask")) return;
    const parts = node.extensionElements?.values ?? [];
    if (!parts.some(({ $type }) => DUE.includes($type))) reporter.report(node.id, "Task has no deadline");
  },
});
