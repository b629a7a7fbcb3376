"""SpiffWorkflow's own runtime as a second opinion, for the subset that it runs rightly."""

import re
from collections import Counter
from io import BytesIO
from typing import Any

from SpiffWorkflow.bpmn import BpmnWorkflow
from SpiffWorkflow.bpmn.parser import BpmnParser
from SpiffWorkflow.bpmn.specs.defaults import NoneTask
from SpiffWorkflow.util.task import TaskState

_CONDITION = re.compile(r"(<conditionExpression[^>]*>)=?(.*?)(</conditionExpression>)")


class SpiffCase:
    """One case of process `p` of a diagram whose conditions are equations of FEEL, which become Python's."""

    def __init__(self, text: str, data: dict[str, Any]) -> None:
        python = _CONDITION.sub(lambda found: found[1] + found[2].replace(" = ", " == ") + found[3], text)
        parser = BpmnParser()
        parser.add_bpmn_io(BytesIO(python.encode()))
        self._workflow = BpmnWorkflow(parser.get_spec("p"), parser.get_subprocess_specs("p"))
        self._workflow.data.update(data)
        for task in self._workflow.get_tasks(state=TaskState.READY):
            task.data.update(data)
        self.completed: Counter[str] = Counter()
        self._go_on()

    @property
    def waiting(self) -> list[str]:
        """Elements with a task that waits for somebody, a name for each token."""
        ready = self._workflow.get_tasks(state=TaskState.READY, manual=True)
        return sorted(task.task_spec.bpmn_id for task in ready)

    @property
    def ended(self) -> bool:
        return bool(self._workflow.is_completed())

    def complete(self, element: str) -> None:
        ready = self._workflow.get_tasks(state=TaskState.READY, manual=True)
        task = next(task for task in ready if task.task_spec.bpmn_id == element)
        task.run()
        self._note(task)
        self._go_on()

    def _go_on(self) -> None:
        """A plain task waits for somebody there; here, as in the standard, it is done at once."""
        plain: list[Any] | None = None
        while plain is None or plain:
            self._workflow.do_engine_steps(did_complete_task=self._note)
            ready = self._workflow.get_tasks(state=TaskState.READY, manual=True)
            plain = [task for task in ready if isinstance(task.task_spec, NoneTask)]
            for task in plain:
                task.run()
                self._note(task)

    def _note(self, task: Any) -> None:
        if task.task_spec.bpmn_id is not None and task.has_state(TaskState.COMPLETED):
            self.completed[task.task_spec.bpmn_id] += 1
